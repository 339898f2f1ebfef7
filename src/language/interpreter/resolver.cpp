#include "language/interpreter/resolver.h"

#include <optional>
#include <string>

#include "base/error.h"
#include "language/script/children.h"

namespace cadrecode::interpreter {
namespace {

using namespace script;

// Names to slots: a scan while few, a hash table beyond.
class NameTable {
 public:
  std::optional<uint32_t> find(std::string_view name) const {
    if (names.size() <= 8) {
      for (uint32_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return i;
      }
      return std::nullopt;
    }
    const auto it = index_.find(name);
    return it == index_.end() ? std::nullopt : std::optional(it->second);
  }
  uint32_t add(std::string_view name) {
    if (const auto slot = find(name)) return *slot;
    names.push_back(name);
    if (names.size() == 9) {
      for (uint32_t i = 0; i < names.size(); ++i) index_[names[i]] = i;
    } else if (names.size() > 9) {
      index_[name] = static_cast<uint32_t>(names.size() - 1);
    }
    return static_cast<uint32_t>(names.size() - 1);
  }
  std::vector<std::string_view> names;

 private:
  std::unordered_map<std::string_view, uint32_t> index_;
};

enum class ScopeKind { kModule, kFunction, kClass, kComprehension };

struct Scope {
  ScopeKind kind;
  Scope* parent;
  NameTable bound;
  NameTable global_declared, nonlocal_declared;
};

class Resolver {
 public:
  explicit Resolver(const Program& program) : program_(program) {
    result_.names.resize(program.name_count);
    result_.scopes.resize(program.scope_count);
  }

  Resolution run() {
    Scope module{ScopeKind::kModule, nullptr, {}, {}, {}};
    module_ = &module;
    bind_block(program_.body, module);
    block(program_.body, module);
    result_.globals = std::move(module.bound.names);
    return std::move(result_);
  }

 private:
  // --- What a scope binds ---
  void bind(std::string_view name, Scope& scope) {
    if (scope.global_declared.find(name)) {
      module_->bound.add(name);
    } else if (!scope.nonlocal_declared.find(name)) {
      scope.bound.add(name);
    }
  }
  void bind_target(const Expr& target, Scope& scope);
  void bind_named(const Expr* expr, Scope& scope);
  void bind_block(Block statements, Scope& scope) {
    for (const Stmt* s : statements) declarations(*s, scope);
    for (const Stmt* s : statements) bind_stmt(*s, scope);
  }
  void declarations(const Stmt& s, Scope& scope);
  void bind_stmt(const Stmt& s, Scope& scope);

  // --- What names mean ---
  Binding find(std::string_view name, Scope& scope);
  void name(const Name& n, Scope& scope) { result_.names[n.id] = find(n.name, scope); }
  void block(Block statements, Scope& scope) {
    for (const Stmt* s : statements) stmt(*s, scope);
  }
  void stmt(const Stmt& s, Scope& scope);
  void expr(const Expr* e, Scope& scope);
  void exprs(Exprs items, Scope& scope) {
    for (const Expr* e : items) expr(e, scope);
  }
  void simple(const Expr& e, Scope& scope);
  void parts(std::span<const StringPart> items, Scope& scope) {
    for (const StringPart& p : items) {
      if (p.value) expr(p.value, scope), parts(p.format, scope);
    }
  }
  void arguments(std::span<const Argument> items, Scope& scope) {
    for (const Argument& a : items) expr(a.value, scope);
  }
  void fallbacks(Parameters items, Scope& scope) {
    for (const ParameterNode& p : items) expr(p.fallback, scope);
  }
  void comprehension(const Comprehension& c, Scope& scope);
  void finish(uint32_t number, Scope& scope) {
    result_.scopes[number].names = std::move(scope.bound.names);
  }

  const Program& program_;
  Resolution result_;
  Scope* module_ = nullptr;
};

void Resolver::bind_target(const Expr& target, Scope& scope) {
  switch (target.kind) {
    case ExprKind::kName:
      bind(as<Name>(target).name, scope);
      break;
    case ExprKind::kTuple:
      for (const Expr* e : as<TupleExpr>(target).elements) bind_target(*e, scope);
      break;
    case ExprKind::kList:
      for (const Expr* e : as<ListExpr>(target).elements) bind_target(*e, scope);
      break;
    case ExprKind::kStarred:
      bind_target(*as<Starred>(target).value, scope);
      break;
    default:
      break;
  }
}

// Binds the targets of := in an expression; those inside a comprehension
// belong to the scope around it, those in a lambda do not concern us.
void Resolver::bind_named(const Expr* e, Scope& scope) {
  if (!e || !program_.has_named) return;
  std::vector<const Expr*> todo{e};
  while (!todo.empty()) {
    const Expr& next = *todo.back();
    todo.pop_back();
    if (const auto* named = get_if<Named>(&next)) bind(named->target->name, scope);
    if (const auto* joined = get_if<JoinedString>(&next)) {
      for (const StringPart& p : joined->parts) {
        if (p.value) todo.push_back(p.value);
      }
    }
    visit_children(next, [&](const Expr& child) { todo.push_back(&child); });
  }
}

void Resolver::declarations(const Stmt& s, Scope& scope) {
  const auto inside = [&](Block body) {
    for (const Stmt* child : body) declarations(*child, scope);
  };
  switch (s.kind) {
    case StmtKind::kGlobal:
      for (std::string_view n : as<Global>(s).names) {
        scope.global_declared.add(n);
        module_->bound.add(n);
      }
      break;
    case StmtKind::kNonlocal:
      for (std::string_view n : as<Nonlocal>(s).names) {
        bool found = false;
        for (Scope* outer = scope.parent; outer && !found; outer = outer->parent) {
          found = outer->kind == ScopeKind::kFunction && outer->bound.find(n).has_value();
        }
        if (!found) {
          throw Error(ErrorKind::kSyntax, "no binding for nonlocal '" + std::string(n) + "' found",
                      program_.place(s.range));
        }
        scope.nonlocal_declared.add(n);
      }
      break;
    case StmtKind::kIf:
      for (const Branch& b : as<If>(s).branches) inside(b.body);
      inside(as<If>(s).otherwise);
      break;
    case StmtKind::kFor:
      inside(as<For>(s).body), inside(as<For>(s).otherwise);
      break;
    case StmtKind::kWhile:
      inside(as<While>(s).body), inside(as<While>(s).otherwise);
      break;
    case StmtKind::kTry:
      inside(as<Try>(s).body);
      for (const Handler& h : as<Try>(s).handlers) inside(h.body);
      inside(as<Try>(s).otherwise), inside(as<Try>(s).finally);
      break;
    default:
      break;
  }
}

void Resolver::bind_stmt(const Stmt& s, Scope& scope) {
  const auto inside = [&](Block body) {
    for (const Stmt* child : body) bind_stmt(*child, scope);
  };
  switch (s.kind) {
    case StmtKind::kExpression:
      bind_named(as<ExpressionStmt>(s).value, scope);
      break;
    case StmtKind::kAssign:
      for (const Expr* target : as<Assign>(s).targets)
        bind_target(*target, scope), bind_named(target, scope);
      bind_named(as<Assign>(s).value, scope);
      break;
    case StmtKind::kAugmented:
      bind_target(*as<Augmented>(s).target, scope);
      bind_named(as<Augmented>(s).value, scope);
      break;
    case StmtKind::kAnnotated:
      bind_target(*as<Annotated>(s).target, scope);
      bind_named(as<Annotated>(s).value, scope);
      break;
    case StmtKind::kReturn:
      bind_named(as<Return>(s).value, scope);
      break;
    case StmtKind::kIf:
      for (const Branch& b : as<If>(s).branches) bind_named(b.condition, scope), inside(b.body);
      inside(as<If>(s).otherwise);
      break;
    case StmtKind::kFor:
      bind_target(*as<For>(s).target, scope);
      bind_named(as<For>(s).iterable, scope);
      inside(as<For>(s).body), inside(as<For>(s).otherwise);
      break;
    case StmtKind::kWhile:
      bind_named(as<While>(s).condition, scope);
      inside(as<While>(s).body), inside(as<While>(s).otherwise);
      break;
    case StmtKind::kFunction:
      bind(as<FunctionStmt>(s).name, scope);
      break;
    case StmtKind::kClass:
      bind(as<ClassStmt>(s).name, scope);
      break;
    case StmtKind::kImport:
      for (const ImportName& n : as<Import>(s).names) bind(n.target->name, scope);
      break;
    case StmtKind::kImportFrom:
      for (const ImportName& n : as<ImportFrom>(s).names) {
        if (n.target) bind(n.target->name, scope);
      }
      break;
    case StmtKind::kTry:
      inside(as<Try>(s).body);
      for (const Handler& h : as<Try>(s).handlers) {
        if (h.target) bind(h.target->name, scope);
        inside(h.body);
      }
      inside(as<Try>(s).otherwise), inside(as<Try>(s).finally);
      break;
    case StmtKind::kAssert:
      bind_named(as<Assert>(s).condition, scope);
      break;
    case StmtKind::kDelete:
      for (const Expr* target : as<Delete>(s).targets) bind_target(*target, scope);
      break;
    default:
      break;
  }
}

Binding Resolver::find(std::string_view name, Scope& scope) {
  uint16_t hops = 0;
  for (Scope* s = &scope; s != module_; s = s->parent) {
    // The names of a class are seen by its own body only.
    if (s->kind == ScopeKind::kClass && s != &scope) continue;
    if (s->global_declared.find(name)) break;
    if (const auto slot = s->bound.find(name)) {
      if (s->kind == ScopeKind::kClass)
        return {Binding::kClass, 0, *slot, module_->bound.add(name)};
      return {Binding::kLocal, hops, *slot, 0};
    }
    ++hops;
  }
  return {Binding::kGlobal, 0, module_->bound.add(name), 0};
}

void Resolver::stmt(const Stmt& s, Scope& scope) {
  switch (s.kind) {
    case StmtKind::kExpression:
      expr(as<ExpressionStmt>(s).value, scope);
      break;
    case StmtKind::kAssign:
      exprs(as<Assign>(s).targets, scope), expr(as<Assign>(s).value, scope);
      break;
    case StmtKind::kAugmented:
      expr(as<Augmented>(s).target, scope), expr(as<Augmented>(s).value, scope);
      break;
    case StmtKind::kAnnotated:
      expr(as<Annotated>(s).target, scope), expr(as<Annotated>(s).value, scope);
      break;
    case StmtKind::kReturn:
      expr(as<Return>(s).value, scope);
      break;
    case StmtKind::kIf:
      for (const Branch& b : as<If>(s).branches) expr(b.condition, scope), block(b.body, scope);
      block(as<If>(s).otherwise, scope);
      break;
    case StmtKind::kFor:
      expr(as<For>(s).target, scope), expr(as<For>(s).iterable, scope);
      block(as<For>(s).body, scope), block(as<For>(s).otherwise, scope);
      break;
    case StmtKind::kWhile:
      expr(as<While>(s).condition, scope);
      block(as<While>(s).body, scope), block(as<While>(s).otherwise, scope);
      break;
    case StmtKind::kFunction: {
      const auto& f = as<FunctionStmt>(s);
      name(*f.target, scope);
      exprs(f.decorators, scope), fallbacks(f.parameters, scope);
      Scope inner{ScopeKind::kFunction, &scope, {}, {}, {}};
      for (const ParameterNode& p : f.parameters) inner.bound.add(p.name);
      bind_block(f.body, inner);
      block(f.body, inner);
      finish(f.scope, inner);
      break;
    }
    case StmtKind::kClass: {
      const auto& c = as<ClassStmt>(s);
      name(*c.target, scope);
      exprs(c.decorators, scope), arguments(c.bases, scope);
      Scope inner{ScopeKind::kClass, &scope, {}, {}, {}};
      bind_block(c.body, inner);
      block(c.body, inner);
      finish(c.scope, inner);
      break;
    }
    case StmtKind::kImport:
      for (const ImportName& n : as<Import>(s).names) name(*n.target, scope);
      break;
    case StmtKind::kImportFrom:
      for (const ImportName& n : as<ImportFrom>(s).names) {
        if (n.target) name(*n.target, scope);
      }
      break;
    case StmtKind::kTry:
      block(as<Try>(s).body, scope);
      for (const Handler& h : as<Try>(s).handlers) {
        expr(h.type, scope);
        if (h.target) name(*h.target, scope);
        block(h.body, scope);
      }
      block(as<Try>(s).otherwise, scope), block(as<Try>(s).finally, scope);
      break;
    case StmtKind::kRaise:
      expr(as<Raise>(s).value, scope), expr(as<Raise>(s).cause, scope);
      break;
    case StmtKind::kAssert:
      expr(as<Assert>(s).condition, scope), expr(as<Assert>(s).message, scope);
      break;
    case StmtKind::kDelete:
      exprs(as<Delete>(s).targets, scope);
      break;
    default:
      break;
  }
}

void Resolver::expr(const Expr* e, Scope& scope) {
  while (e) {  // chains by a loop
    const Expr* child = chain_child(*e);
    switch (e->kind) {
      case ExprKind::kCall:
        arguments(as<CallExpr>(*e).arguments, scope);
        break;
      case ExprKind::kAttribute:
        break;
      case ExprKind::kSubscript:
        expr(as<Subscript>(*e).index, scope);
        break;
      case ExprKind::kBinary:
        expr(as<Binary>(*e).right, scope);
        break;
      default:
        simple(*e, scope);
        break;
    }
    e = child;
  }
}

void Resolver::simple(const Expr& e, Scope& scope) {
  switch (e.kind) {
    case ExprKind::kName:
      name(as<Name>(e), scope);
      break;
    case ExprKind::kNamed:
      name(*as<Named>(e).target, scope);
      expr(as<Named>(e).value, scope);
      break;
    case ExprKind::kJoinedString:
      parts(as<JoinedString>(e).parts, scope);
      break;
    case ExprKind::kLambda: {
      const auto& l = as<Lambda>(e);
      fallbacks(l.parameters, scope);
      Scope inner{ScopeKind::kFunction, &scope, {}, {}, {}};
      for (const ParameterNode& p : l.parameters) inner.bound.add(p.name);
      bind_named(l.body, inner);
      expr(l.body, inner);
      finish(l.scope, inner);
      break;
    }
    case ExprKind::kComprehension:
      comprehension(as<Comprehension>(e), scope);
      break;
    default:
      visit_children(e, [&](const Expr& child) { expr(&child, scope); });
      break;
  }
}

void Resolver::comprehension(const Comprehension& c, Scope& scope) {
  Scope inner{ScopeKind::kComprehension, &scope, {}, {}, {}};
  for (const Clause& clause : c.clauses) bind_target(*clause.target, inner);
  for (size_t i = 0; i < c.clauses.size(); ++i) {
    expr(c.clauses[i].iterable, i == 0 ? scope : inner);
    expr(c.clauses[i].target, inner);
    exprs(c.clauses[i].conditions, inner);
  }
  expr(c.element, inner);
  expr(c.value, inner);
  finish(c.scope, inner);
}

}  // namespace

Resolution resolve(const Program& program) { return Resolver(program).run(); }

}  // namespace cadrecode::interpreter
