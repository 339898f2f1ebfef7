#include "language/script/printer_impl.h"

namespace cadrecode::script {

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

}  // namespace cadrecode::script
