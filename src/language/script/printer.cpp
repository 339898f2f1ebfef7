#include "language/script/printer.h"

#include <cmath>
#include <cstdio>

namespace cadrecode::script {
namespace {

// How tightly an expression binds; a child that binds less than its place
// requires gets parentheses.
enum Rank : int {
  kAny = 0,
  kLambdaRank = 2,
  kConditionalRank = 3,
  kOrRank = 4,
  kAndRank = 5,
  kNotRank = 6,
  kCompareRank = 7,
  kBitOr = 8,
  kBitXor = 9,
  kBitAnd = 10,
  kShift = 11,
  kSum = 12,
  kProduct = 13,
  kUnaryRank = 14,
  kPowerRank = 15,
  kAtom = 16,
};

int rank(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kOr:
      return kBitOr;
    case BinaryOperator::kXor:
      return kBitXor;
    case BinaryOperator::kAnd:
      return kBitAnd;
    case BinaryOperator::kShiftLeft:
    case BinaryOperator::kShiftRight:
      return kShift;
    case BinaryOperator::kAdd:
    case BinaryOperator::kSubtract:
      return kSum;
    case BinaryOperator::kPower:
      return kPowerRank;
    default:
      return kProduct;
  }
}

int rank(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kLambda:
      return kLambdaRank;
    case ExprKind::kConditional:
      return kConditionalRank;
    case ExprKind::kLogic:
      return as<Logic>(e).is_and ? kAndRank : kOrRank;
    case ExprKind::kCompare:
      return kCompareRank;
    case ExprKind::kUnary:
      return as<Unary>(e).op == UnaryOperator::kNot ? kNotRank : kUnaryRank;
    case ExprKind::kBinary:
      return rank(as<Binary>(e).op);
    default:
      return kAtom;  // tuples, yields and := bring their own parentheses
  }
}

const char* spelling(BinaryOperator op) {
  static constexpr const char* kWords[] = {"+", "-", "*", "/", "//", "%", "**",
                                           "@", "&", "|", "^", "<<", ">>"};
  return kWords[static_cast<int>(op)];
}

const char* spelling(CompareOperator op) {
  static constexpr const char* kWords[] = {"==", "!=", "<",      "<=", ">",
                                           ">=", "is", "is not", "in", "not in"};
  return kWords[static_cast<int>(op)];
}

// What the child of a chain must bind at least as tightly as.
int chain_requirement(const Expr& parent) {
  if (parent.kind != ExprKind::kBinary) return kAtom;
  const BinaryOperator op = as<Binary>(parent).op;
  return op == BinaryOperator::kPower ? kAtom : rank(op);
}

class Printer {
 public:
  std::string out;

  void block(Block statements);
  void expr(const Expr& e, int minimum);

 private:
  template <class Items, class F>
  void comma_separated(const Items& items, F&& each) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out += ", ";
      first = false;
      each(item);
    }
  }
  void list(Exprs items) {
    comma_separated(items, [&](const Expr* e) { expr(*e, kLambdaRank); });
  }
  void tuple(Exprs items, bool parentheses);
  void bare_tuple(const Expr& e);
  void subscript_index(const Expr& e);
  bool chain_child_parenthesized(const Expr& parent, const Expr& child) const;
  void chain_tail(const Expr& e);
  void simple(const Expr& e);
  void arguments(std::span<const Argument> items);
  void parameters(Parameters items);
  void comprehension(const Comprehension& c);
  void joined_string(const JoinedString& s);
  void parts(std::span<const StringPart> items, bool in_format);
  void escaped(std::string_view text, char quote_char, bool field_text, bool in_format);
  void quoted(std::string_view text);

  void line() {
    out += '\n';
    out.append(static_cast<size_t>(indent_) * 4, ' ');
  }
  void suite(Block statements);
  void otherwise(const char* word, Block statements);
  void stmt(const Stmt& s);
  void definition(const Stmt& s);
  void import_names(std::span<const ImportName> names);
  void names(const char* word, std::span<const std::string_view> names);

  int indent_ = 0;
  int string_depth_ = 0;
};

void Printer::tuple(Exprs items, bool parentheses) {
  if (parentheses || items.empty()) out += '(';
  list(items);
  if (items.size() == 1) out += ',';
  if (parentheses || items.empty()) out += ')';
}

// Where Python needs no parentheses around a tuple.
void Printer::bare_tuple(const Expr& e) {
  if (const auto* t = get_if<TupleExpr>(&e)) {
    tuple(t->elements, false);
  } else {
    expr(e, kAny);
  }
}

bool Printer::chain_child_parenthesized(const Expr& parent, const Expr& child) const {
  if (parent.kind == ExprKind::kAttribute && child.kind == ExprKind::kInteger) return true;
  return rank(child) < chain_requirement(parent);
}

void Printer::expr(const Expr& e, int minimum) {
  const bool parentheses = rank(e) < minimum;
  if (parentheses) out += '(';
  std::vector<const Expr*> chain{&e};
  while (const Expr* child = chain_child(*chain.back())) chain.push_back(child);
  for (size_t i = 0; i + 1 < chain.size(); ++i) {
    if (chain_child_parenthesized(*chain[i], *chain[i + 1])) out += '(';
  }
  simple(*chain.back());
  for (size_t i = chain.size() - 1; i-- > 0;) {
    if (chain_child_parenthesized(*chain[i], *chain[i + 1])) out += ')';
    chain_tail(*chain[i]);
  }
  if (parentheses) out += ')';
}

// What a chain adds to its child.
void Printer::chain_tail(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kCall:
      arguments(as<CallExpr>(e).arguments);
      return;
    case ExprKind::kAttribute:
      out += '.';
      out += as<Attribute>(e).name;
      return;
    case ExprKind::kSubscript:
      out += '[';
      subscript_index(*as<Subscript>(e).index);
      out += ']';
      return;
    default:
      break;
  }
  const auto& binary = as<Binary>(e);
  const bool power = binary.op == BinaryOperator::kPower;
  out += std::string(" ") + spelling(binary.op) + " ";
  expr(*binary.right, power ? kUnaryRank : rank(binary.op) + 1);
}

void Printer::subscript_index(const Expr& e) {
  const auto* t = get_if<TupleExpr>(&e);
  if (t && !t->elements.empty()) {
    tuple(t->elements, false);
  } else {
    expr(e, kAny);
  }
}

void Printer::simple(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kName:
      out += as<Name>(e).name;
      break;
    case ExprKind::kInteger:
      out += std::to_string(as<Integer>(e).value);
      break;
    case ExprKind::kFloat: {
      const double value = as<Float>(e).value;
      out += std::isinf(value) ? "1e999" : number_text(value);
      break;
    }
    case ExprKind::kString:
      quoted(as<String>(e).text);
      break;
    case ExprKind::kJoinedString:
      joined_string(as<JoinedString>(e));
      break;
    case ExprKind::kConstant: {
      static constexpr const char* kWords[] = {"None", "True", "False", "..."};
      out += kWords[static_cast<int>(as<Constant>(e).value)];
      break;
    }
    case ExprKind::kTuple:
      tuple(as<TupleExpr>(e).elements, true);
      break;
    case ExprKind::kList:
      out += '[', list(as<ListExpr>(e).elements), out += ']';
      break;
    case ExprKind::kSet:
      out += '{', list(as<SetExpr>(e).elements), out += '}';
      break;
    case ExprKind::kDict: {
      const auto& d = as<DictExpr>(e);
      out += '{';
      for (size_t i = 0; i < d.keys.size(); ++i) {
        if (i > 0) out += ", ";
        if (d.keys[i]) {
          expr(*d.keys[i], kLambdaRank);
          out += ": ";
          expr(*d.values[i], kLambdaRank);
        } else {
          out += "**";
          expr(*d.values[i], kBitOr);
        }
      }
      out += '}';
      break;
    }
    case ExprKind::kUnary: {
      static constexpr const char* kWords[] = {"-", "+", "~", "not "};
      const auto& u = as<Unary>(e);
      out += kWords[static_cast<int>(u.op)];
      expr(*u.operand, u.op == UnaryOperator::kNot ? kNotRank : kUnaryRank);
      break;
    }
    case ExprKind::kLogic: {
      const auto& l = as<Logic>(e);
      for (size_t i = 0; i < l.operands.size(); ++i) {
        if (i > 0) out += l.is_and ? " and " : " or ";
        expr(*l.operands[i], l.is_and ? kNotRank : kAndRank);
      }
      break;
    }
    case ExprKind::kCompare: {
      expr(*as<Compare>(e).first, kBitOr);
      for (const Comparison& c : as<Compare>(e).rest) {
        out += std::string(" ") + spelling(c.op) + " ";
        expr(*c.right, kBitOr);
      }
      break;
    }
    case ExprKind::kConditional: {
      const auto& c = as<Conditional>(e);
      expr(*c.yes, kOrRank);
      out += " if ";
      expr(*c.condition, kOrRank);
      out += " else ";
      expr(*c.no, kLambdaRank);
      break;
    }
    case ExprKind::kSlice: {
      const auto& s = as<SliceExpr>(e);
      if (s.start) expr(*s.start, kLambdaRank);
      out += ':';
      if (s.stop) expr(*s.stop, kLambdaRank);
      if (s.step) out += ':', expr(*s.step, kLambdaRank);
      break;
    }
    case ExprKind::kStarred:
      out += '*', expr(*as<Starred>(e).value, kBitOr);
      break;
    case ExprKind::kLambda: {
      const auto& l = as<Lambda>(e);
      out += l.parameters.empty() ? "lambda" : "lambda ";
      parameters(l.parameters);
      out += ": ";
      expr(*l.body, kLambdaRank);
      break;
    }
    case ExprKind::kComprehension:
      comprehension(as<Comprehension>(e));
      break;
    case ExprKind::kNamed: {
      const auto& n = as<Named>(e);
      out += "(" + std::string(n.target->name) + " := ";
      expr(*n.value, kLambdaRank);
      out += ')';
      break;
    }
    case ExprKind::kYield: {
      const auto& y = as<Yield>(e);
      out += y.from ? "(yield from" : "(yield";
      if (y.value) out += ' ', expr(*y.value, kLambdaRank);
      out += ')';
      break;
    }
    default:
      break;  // chains are expr()'s
  }
}

void Printer::arguments(std::span<const Argument> items) {
  const auto* only = items.size() == 1 && items[0].name.empty() && items[0].star == Star::kNone
                         ? get_if<Comprehension>(items[0].value)
                         : nullptr;
  if (only && only->result == ComprehensionKind::kGenerator) {
    comprehension(*only);  // its parentheses are the call's
    return;
  }
  out += '(';
  comma_separated(items, [&](const Argument& a) {
    out += a.star == Star::kOne ? "*" : a.star == Star::kTwo ? "**" : "";
    if (!a.name.empty()) out += std::string(a.name) + "=";
    expr(*a.value, kLambdaRank);
  });
  out += ')';
}

void Printer::parameters(Parameters items) {
  bool star = false;
  for (size_t i = 0; i < items.size(); ++i) {
    const ParameterNode& p = items[i];
    if (i > 0) out += ", ";
    if (p.kind == ParameterKind::kKeywordOnly && !star) out += "*, ", star = true;
    if (p.kind == ParameterKind::kRest) out += '*', star = true;
    if (p.kind == ParameterKind::kKeywords) out += "**";
    out += p.name;
    if (p.annotation) out += ": ", expr(*p.annotation, kLambdaRank);
    if (p.fallback) out += p.annotation ? " = " : "=", expr(*p.fallback, kLambdaRank);
    const bool last_positional_only = p.kind == ParameterKind::kPositionalOnly &&
                                      (i + 1 == items.size() || items[i + 1].kind != p.kind);
    if (last_positional_only) out += ", /";
  }
}

void Printer::comprehension(const Comprehension& c) {
  static constexpr const char kOpen[] = {'[', '{', '{', '('};
  static constexpr const char kClose[] = {']', '}', '}', ')'};
  out += kOpen[static_cast<int>(c.result)];
  expr(*c.element, kLambdaRank);
  if (c.value) out += ": ", expr(*c.value, kLambdaRank);
  for (const Clause& clause : c.clauses) {
    out += " for ";
    bare_tuple(*clause.target);
    out += " in ";
    expr(*clause.iterable, kOrRank);
    for (const Expr* condition : clause.conditions) {
      out += " if ";
      expr(*condition, kOrRank);
    }
  }
  out += kClose[static_cast<int>(c.result)];
}

// f-strings use ' outside and " inside, so that older Pythons read them, too.
void Printer::joined_string(const JoinedString& s) {
  const char mark = string_depth_ % 2 == 0 ? '\'' : '"';
  out += std::string("f") + mark;
  parts(s.parts, false);
  out += mark;
}

void Printer::parts(std::span<const StringPart> items, bool in_format) {
  const char mark = string_depth_ % 2 == 0 ? '\'' : '"';
  for (const StringPart& p : items) {
    if (!p.value) {
      escaped(p.text, mark, true, in_format);
      continue;
    }
    ++string_depth_;
    out += '{';
    const size_t start = out.size();
    expr(*p.value, kOrRank);
    if (out[start] == '{') out.insert(start, " ");
    if (out.back() == '}') out += ' ';
    if (p.conversion) out += std::string("!") + p.conversion;
    --string_depth_;
    if (p.has_format) out += ':', parts(p.format, true);
    out += '}';
  }
}

void Printer::quoted(std::string_view text) {
  if (string_depth_ == 0) {
    out += quote(text);
    return;
  }
  const char mark = string_depth_ % 2 == 0 ? '\'' : '"';
  out += mark;
  escaped(text, mark, false, false);
  out += mark;
}

// Characters that cannot be seen are written as escapes.
bool invisible(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFFF0 && c <= 0xFFFB);
}

void append_escape(uint32_t c, std::string& out) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer,
                c < 0x100     ? "\\x%02x"
                : c < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
                c);
  out += buffer;
}

// One character of `text` at `i`, which moves on.
uint32_t next_code_point(std::string_view text, size_t& i) {
  const auto c = static_cast<unsigned char>(text[i++]);
  const int extra = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
  uint32_t code = extra == 0 ? c : c & (0x3F >> extra);
  for (int k = 0; k < extra && i < text.size(); ++k)
    code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3F);
  return code;
}

void append_escaped(std::string_view text, char mark, std::string& out) {
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const uint32_t c = next_code_point(text, i);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\\' || c == static_cast<unsigned char>(mark)) {
      out += '\\', out += text[begin];
    } else if (invisible(c)) {
      append_escape(c, out);
    } else {
      out += text.substr(begin, i - begin);
    }
  }
}

void Printer::escaped(std::string_view text, char mark, bool field_text, bool in_format) {
  size_t begin = 0;
  for (size_t i = 0; field_text && i < text.size(); ++i) {
    const char c = text[i];
    const bool brace = c == '{' || c == '}';
    if (!brace && !(in_format && c == mark)) continue;
    append_escaped(text.substr(begin, i - begin), mark, out);
    if (in_format) {
      append_escape(static_cast<unsigned char>(c), out);
    } else {
      out += c, out += c;
    }
    begin = i + 1;
  }
  append_escaped(text.substr(begin), mark, out);
}

// --- Statements ---

void Printer::suite(Block statements) {
  out += ':';
  ++indent_;
  for (const Stmt* s : statements) {
    line();
    stmt(*s);
  }
  --indent_;
}

void Printer::otherwise(const char* word, Block statements) {
  if (statements.empty()) return;
  line();
  out += word;
  suite(statements);
}

void Printer::block(Block statements) {
  const auto is_definition = [](const Stmt* s) {
    return s->kind == StmtKind::kFunction || s->kind == StmtKind::kClass;
  };
  for (size_t i = 0; i < statements.size(); ++i) {
    if (i > 0 && (is_definition(statements[i]) || is_definition(statements[i - 1]))) out += '\n';
    stmt(*statements[i]);
    out += '\n';
  }
}

void Printer::import_names(std::span<const ImportName> names) {
  comma_separated(names, [&](const ImportName& n) {
    out += n.module;
    if (n.alias) out += " as " + std::string(n.alias->name);
  });
}

void Printer::names(const char* word, std::span<const std::string_view> names) {
  out += word;
  comma_separated(names, [&](std::string_view n) { out += n; });
}

void Printer::definition(const Stmt& s) {
  const bool is_class = s.kind == StmtKind::kClass;
  for (const Expr* d : is_class ? as<ClassStmt>(s).decorators : as<FunctionStmt>(s).decorators) {
    out += '@';
    expr(*d, kAny);
    line();
  }
  if (is_class) {
    const auto& c = as<ClassStmt>(s);
    out += "class " + std::string(c.name);
    if (!c.bases.empty()) arguments(c.bases);
    suite(c.body);
    return;
  }
  const auto& f = as<FunctionStmt>(s);
  out += "def " + std::string(f.name) + "(";
  parameters(f.parameters);
  out += ')';
  if (f.returns) out += " -> ", expr(*f.returns, kLambdaRank);
  suite(f.body);
}

void Printer::stmt(const Stmt& s) {
  switch (s.kind) {
    case StmtKind::kExpression:
      expr(*as<ExpressionStmt>(s).value, kAny);
      break;
    case StmtKind::kAssign:
      for (const Expr* target : as<Assign>(s).targets) bare_tuple(*target), out += " = ";
      bare_tuple(*as<Assign>(s).value);
      break;
    case StmtKind::kAugmented: {
      const auto& a = as<Augmented>(s);
      expr(*a.target, kAtom);
      out += std::string(" ") + spelling(a.op) + "= ";
      bare_tuple(*a.value);
      break;
    }
    case StmtKind::kAnnotated: {
      const auto& a = as<Annotated>(s);
      if (a.parenthesized) out += '(';
      expr(*a.target, kAtom);
      out += a.parenthesized ? "): " : ": ";
      expr(*a.annotation, kLambdaRank);
      if (a.value) out += " = ", bare_tuple(*a.value);
      break;
    }
    case StmtKind::kReturn:
      out += "return";
      if (as<Return>(s).value) out += ' ', bare_tuple(*as<Return>(s).value);
      break;
    case StmtKind::kIf: {
      const auto& i = as<If>(s);
      for (size_t k = 0; k < i.branches.size(); ++k) {
        if (k > 0) line();
        out += k == 0 ? "if " : "elif ";
        expr(*i.branches[k].condition, kAny);
        suite(i.branches[k].body);
      }
      otherwise("else", i.otherwise);
      break;
    }
    case StmtKind::kFor: {
      const auto& f = as<For>(s);
      out += "for ";
      bare_tuple(*f.target);
      out += " in ";
      bare_tuple(*f.iterable);
      suite(f.body);
      otherwise("else", f.otherwise);
      break;
    }
    case StmtKind::kWhile:
      out += "while ";
      expr(*as<While>(s).condition, kAny);
      suite(as<While>(s).body);
      otherwise("else", as<While>(s).otherwise);
      break;
    case StmtKind::kFunction:
    case StmtKind::kClass:
      definition(s);
      break;
    case StmtKind::kImport:
      out += "import ", import_names(as<Import>(s).names);
      break;
    case StmtKind::kImportFrom:
      out += "from " + std::string(as<ImportFrom>(s).module) + " import ";
      import_names(as<ImportFrom>(s).names);
      break;
    case StmtKind::kTry: {
      const auto& t = as<Try>(s);
      out += "try";
      suite(t.body);
      for (const Handler& h : t.handlers) {
        line();
        out += "except";
        if (h.type) out += ' ', expr(*h.type, kLambdaRank);
        if (h.target) out += " as " + std::string(h.target->name);
        suite(h.body);
      }
      otherwise("else", t.otherwise);
      otherwise("finally", t.finally);
      break;
    }
    case StmtKind::kRaise: {
      const auto& r = as<Raise>(s);
      out += "raise";
      if (r.value) out += ' ', expr(*r.value, kLambdaRank);
      if (r.cause) out += " from ", expr(*r.cause, kLambdaRank);
      break;
    }
    case StmtKind::kPass:
      out += "pass";
      break;
    case StmtKind::kBreak:
      out += "break";
      break;
    case StmtKind::kContinue:
      out += "continue";
      break;
    case StmtKind::kAssert:
      out += "assert ";
      expr(*as<Assert>(s).condition, kLambdaRank);
      if (as<Assert>(s).message) out += ", ", expr(*as<Assert>(s).message, kLambdaRank);
      break;
    case StmtKind::kDelete:
      out += "del ";
      comma_separated(as<Delete>(s).targets, [&](const Expr* e) { expr(*e, kAtom); });
      break;
    case StmtKind::kGlobal:
      names("global ", as<Global>(s).names);
      break;
    case StmtKind::kNonlocal:
      names("nonlocal ", as<Nonlocal>(s).names);
      break;
  }
}

}  // namespace

std::string print(const Program& program) {
  Printer printer;
  printer.block(program.body);
  return printer.out;
}

std::string print(const Expr& expr) {
  Printer printer;
  printer.expr(expr, kAny);
  return printer.out;
}

std::string quote(std::string_view text) {
  const bool doubled =
      text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  const char mark = doubled ? '"' : '\'';
  std::string out(1, mark);
  append_escaped(text, mark, out);
  out += mark;
  return out;
}

}  // namespace cadrecode::script
