// The tree as bracketed text: every field of every node, nothing of its place.
#include <string>

#include "language/script/ast.h"
#include "language/script/printer.h"

namespace cadrecode::script {
namespace {

class Dumper {
 public:
  void block(const char* label, Block statements) {
    out += std::string(" (") + label;
    for (const Stmt* s : statements) out += ' ', stmt(*s);
    out += ')';
  }
  std::string out;

 private:
  void word(std::string_view text) { out += ' ', out += text; }
  void optional(const Expr* e) {
    out += ' ';
    if (e) {
      expr(*e);
    } else {
      out += '-';
    }
  }
  void list(Exprs items) {
    for (const Expr* e : items) optional(e);
  }
  void arguments(std::span<const Argument> items) {
    for (const Argument& a : items) {
      out += a.star == Star::kOne ? " *" : a.star == Star::kTwo ? " **" : " ";
      if (!a.name.empty()) out += std::string(a.name) + "=";
      expr(*a.value);
    }
  }
  void parameters(Parameters items) {
    out += " (";
    for (const ParameterNode& p : items) {
      static constexpr const char* kMarks[] = {"/", "", "*", "k:", "**"};
      out += std::string("[") + kMarks[static_cast<int>(p.kind)] + std::string(p.name);
      optional(p.annotation);
      optional(p.fallback);
      out += ']';
    }
    out += ')';
  }
  void parts(std::span<const StringPart> items) {
    for (const StringPart& p : items) {
      out += ' ';
      if (!p.value) {
        out += quote(p.text);
        continue;
      }
      out += "{", expr(*p.value);
      if (p.conversion) out += std::string("!") + p.conversion;
      if (p.has_format) out += ":", parts(p.format);
      out += '}';
    }
  }
  void chain_tail(const Expr& e);
  void expr(const Expr& e);
  void simple(const Expr& e);
  void stmt(const Stmt& s);
};

const char* chain_word(const Expr& e) {
  static constexpr const char* kBinary[] = {"+", "-", "*", "/", "//", "%", "**",
                                            "@", "&", "|", "^", "<<", ">>"};
  switch (e.kind) {
    case ExprKind::kCall:
      return "call";
    case ExprKind::kAttribute:
      return ".";
    case ExprKind::kSubscript:
      return "index";
    default:
      return kBinary[static_cast<int>(as<Binary>(e).op)];
  }
}

void Dumper::chain_tail(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kCall:
      arguments(as<CallExpr>(e).arguments);
      break;
    case ExprKind::kAttribute:
      word(as<Attribute>(e).name);
      break;
    case ExprKind::kSubscript:
      optional(as<Subscript>(e).index);
      break;
    default:
      optional(as<Binary>(e).right);
      break;
  }
  out += ')';
}

void Dumper::expr(const Expr& e) {
  std::vector<const Expr*> chain{&e};
  while (const Expr* child = chain_child(*chain.back())) chain.push_back(child);
  for (size_t i = 0; i + 1 < chain.size(); ++i)
    out += std::string("(") + chain_word(*chain[i]) + " ";
  simple(*chain.back());
  for (size_t i = chain.size() - 1; i-- > 0;) chain_tail(*chain[i]);
}

void Dumper::simple(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kName:
      out += as<Name>(e).name;
      return;
    case ExprKind::kInteger:
      out += std::to_string(as<Integer>(e).value);
      return;
    case ExprKind::kFloat:
      out += number_text(as<Float>(e).value);
      return;
    case ExprKind::kString:
      out += quote(as<String>(e).text);
      return;
    case ExprKind::kConstant: {
      static constexpr const char* kWords[] = {"None", "True", "False", "..."};
      out += kWords[static_cast<int>(as<Constant>(e).value)];
      return;
    }
    case ExprKind::kJoinedString:
      out += "(f", parts(as<JoinedString>(e).parts);
      break;
    case ExprKind::kTuple:
      out += "(tuple", list(as<TupleExpr>(e).elements);
      break;
    case ExprKind::kList:
      out += "(list", list(as<ListExpr>(e).elements);
      break;
    case ExprKind::kSet:
      out += "(set", list(as<SetExpr>(e).elements);
      break;
    case ExprKind::kDict: {
      const auto& d = as<DictExpr>(e);
      out += "(dict";
      for (size_t i = 0; i < d.keys.size(); ++i) optional(d.keys[i]), optional(d.values[i]);
      break;
    }
    case ExprKind::kUnary: {
      static constexpr const char* kWords[] = {"(neg", "(pos", "(~", "(not"};
      out += kWords[static_cast<int>(as<Unary>(e).op)], optional(as<Unary>(e).operand);
      break;
    }
    case ExprKind::kLogic:
      out += as<Logic>(e).is_and ? "(and" : "(or", list(as<Logic>(e).operands);
      break;
    case ExprKind::kCompare: {
      static constexpr const char* kWords[] = {"==", "!=", "<",      "<=", ">",
                                               ">=", "is", "is-not", "in", "not-in"};
      out += "(compare", optional(as<Compare>(e).first);
      for (const Comparison& c : as<Compare>(e).rest)
        word(kWords[static_cast<int>(c.op)]), optional(c.right);
      break;
    }
    case ExprKind::kConditional: {
      const auto& c = as<Conditional>(e);
      out += "(if", optional(c.condition), optional(c.yes), optional(c.no);
      break;
    }
    case ExprKind::kSlice: {
      const auto& s = as<SliceExpr>(e);
      out += "(slice", optional(s.start), optional(s.stop), optional(s.step);
      break;
    }
    case ExprKind::kStarred:
      out += "(star", optional(as<Starred>(e).value);
      break;
    case ExprKind::kLambda:
      out += "(lambda", parameters(as<Lambda>(e).parameters), optional(as<Lambda>(e).body);
      break;
    case ExprKind::kComprehension: {
      static constexpr const char* kWords[] = {"(list-for", "(set-for", "(dict-for", "(gen-for"};
      const auto& c = as<Comprehension>(e);
      out += kWords[static_cast<int>(c.result)], optional(c.element), optional(c.value);
      for (const Clause& clause : c.clauses) {
        out += " (for", optional(clause.target), optional(clause.iterable), list(clause.conditions);
        out += ')';
      }
      break;
    }
    case ExprKind::kNamed:
      out += "(:=", optional(as<Named>(e).target), optional(as<Named>(e).value);
      break;
    case ExprKind::kYield:
      out += as<Yield>(e).from ? "(yield-from" : "(yield", optional(as<Yield>(e).value);
      break;
    default:
      break;
  }
  out += ')';
}

void Dumper::stmt(const Stmt& s) {
  const auto names = [&](std::span<const ImportName> items) {
    for (const ImportName& n : items) {
      word(n.module);
      if (n.alias) out += ">" + std::string(n.alias->name);
    }
  };
  switch (s.kind) {
    case StmtKind::kExpression:
      out += "(do", optional(as<ExpressionStmt>(s).value);
      break;
    case StmtKind::kAssign:
      out += "(=", list(as<Assign>(s).targets), optional(as<Assign>(s).value);
      break;
    case StmtKind::kAugmented: {
      const auto& a = as<Augmented>(s);
      out += "(aug" + std::to_string(static_cast<int>(a.op)), optional(a.target), optional(a.value);
      break;
    }
    case StmtKind::kAnnotated: {
      const auto& a = as<Annotated>(s);
      out += a.parenthesized ? "(:()" : "(:", optional(a.target), optional(a.annotation),
          optional(a.value);
      break;
    }
    case StmtKind::kReturn:
      out += "(return", optional(as<Return>(s).value);
      break;
    case StmtKind::kIf:
      out += "(if";
      for (const Branch& b : as<If>(s).branches) optional(b.condition), block("then", b.body);
      block("else", as<If>(s).otherwise);
      break;
    case StmtKind::kFor: {
      const auto& f = as<For>(s);
      out += "(for", optional(f.target), optional(f.iterable), block("do", f.body),
          block("else", f.otherwise);
      break;
    }
    case StmtKind::kWhile: {
      const auto& w = as<While>(s);
      out += "(while", optional(w.condition), block("do", w.body), block("else", w.otherwise);
      break;
    }
    case StmtKind::kFunction: {
      const auto& f = as<FunctionStmt>(s);
      out += f.is_generator ? "(generator" : "(def", word(f.name), list(f.decorators);
      parameters(f.parameters), optional(f.returns), block("do", f.body);
      break;
    }
    case StmtKind::kClass: {
      const auto& c = as<ClassStmt>(s);
      out += "(class", word(c.name), list(c.decorators), arguments(c.bases), block("do", c.body);
      break;
    }
    case StmtKind::kImport:
      out += "(import", names(as<Import>(s).names);
      break;
    case StmtKind::kImportFrom:
      out += "(from", word(as<ImportFrom>(s).module), names(as<ImportFrom>(s).names);
      break;
    case StmtKind::kTry: {
      const auto& t = as<Try>(s);
      out += "(try", block("do", t.body);
      for (const Handler& h : t.handlers) {
        out += " (except", optional(h.type), optional(h.target), block("do", h.body);
        out += ')';
      }
      block("else", t.otherwise), block("finally", t.finally);
      break;
    }
    case StmtKind::kRaise:
      out += "(raise", optional(as<Raise>(s).value), optional(as<Raise>(s).cause);
      break;
    case StmtKind::kPass:
      out += "(pass";
      break;
    case StmtKind::kBreak:
      out += "(break";
      break;
    case StmtKind::kContinue:
      out += "(continue";
      break;
    case StmtKind::kAssert:
      out += "(assert", optional(as<Assert>(s).condition), optional(as<Assert>(s).message);
      break;
    case StmtKind::kDelete:
      out += "(del", list(as<Delete>(s).targets);
      break;
    case StmtKind::kGlobal:
      out += "(global";
      for (auto n : as<Global>(s).names) word(n);
      break;
    case StmtKind::kNonlocal:
      out += "(nonlocal";
      for (auto n : as<Nonlocal>(s).names) word(n);
      break;
  }
  out += ')';
}

}  // namespace

std::string dump(const Program& program) {
  Dumper dumper;
  dumper.block("program", program.body);
  return dumper.out.substr(1);
}

}  // namespace cadrecode::script
