#include "language/dialect/recognise.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/part/curve.h"
#include "geometry/part/loop.h"
#include "geometry/prism/solid.h"
#include "language/dialect/bind.h"
#include "language/dialect/values.h"
#include "language/script/parser.h"

namespace cadrecode::dialect {

using namespace script;  // the tree's node types

void refuse(std::string reason, Refusal kind) { throw Refused{kind, std::move(reason)}; }

Evaluator::Evaluator(const Program& program) : program_(program) { names_.reserve(8); }

const Value* Evaluator::find(std::string_view name) const {
  for (const auto& [bound, value] : names_) {
    if (bound == name) return &value;
  }
  return nullptr;
}

void Evaluator::put(std::string_view name, Value value) {
  for (size_t i = 0; i < globals_; ++i) {
    if (names_[i].first == name) refuse("a name in a function that hides one outside");
  }
  std::erase_if(names_, [&](const auto& n) { return n.first == name; });
  names_.emplace_back(name, std::move(value));
}

namespace {

// Whether some boolean before the last leaves nothing: CadQuery then goes back
// to the solid before it, which is not what the steps say. (Where the last one leaves
// nothing it is a part, though no valid one.)
bool goes_on_from_nothing(const part::Part& part) {
  part::Part so_far;
  double largest_join = 0, all_cuts = 0;
  bool intersects = false;
  for (size_t i = 0; i + 1 < part.steps.size(); ++i) {
    const part::Step& step = part.steps[i];
    so_far.steps.push_back(step);
    const part::Extrusion& e = step.extrusion;
    const double volume = part::area(e.profile) * (e.end - e.start);
    if (step.operation == part::Operation::kJoin) {
      largest_join = std::max(largest_join, volume);
      continue;
    }
    all_cuts += step.operation == part::Operation::kCut ? volume : 0;
    intersects |= step.operation == part::Operation::kIntersect;
    const bool may_be_all = intersects || all_cuts >= largest_join * (1 - 1e-9);
    if (may_be_all && prism::volume(prism::Solid(so_far)) <= 1e-12 * largest_join) return true;
  }
  return false;
}

}  // namespace

part::Part Evaluator::run() {
  try {
    for (const Stmt* stmt : program_.body) {
      where_ = stmt->range;
      execute(*stmt);
    }
    const WorkPtr w = result();
    if (w->stack != Work::Stack::kSolid || !w->body || w->body->empty()) {
      refuse("the result is no solid");
    }
    part::Part part{*w->body};
    for (const part::Step& s : part.steps) {
      const Box3 box = part::bounds(s.extrusion);
      const Vec3 far = box.hi - box.lo + Vec3{1, 1, 1};
      const bool sane = norm(box.lo) < kLargest && norm(box.hi) < kLargest && norm(far) < kLargest;
      if (!sane) refuse("coordinates beyond 1e7");
    }
    if (goes_on_from_nothing(part))
      refuse("a boolean that leaves nothing, and a program that goes on");
    return part;
  } catch (Refused& r) {
    if (r.range.end == 0) r.range = where_;
    throw;
  }
}

void Evaluator::execute(const Stmt& stmt) {
  switch (stmt.kind) {
    case StmtKind::kImport:
      return import(as<Import>(stmt));
    case StmtKind::kImportFrom:
      return import_from(as<ImportFrom>(stmt));
    case StmtKind::kPass:
      return;
    case StmtKind::kAssign: {
      const auto& a = as<Assign>(stmt);
      const Value value = evaluate(*a.value);
      for (const Expr* target : a.targets) assign(*target, value);
      return;
    }
    case StmtKind::kAnnotated: {
      const auto& a = as<Annotated>(stmt);
      if (a.value) assign(*a.target, evaluate(*a.value));
      return;
    }
    case StmtKind::kExpression: {
      const auto& e = as<ExpressionStmt>(stmt);
      if (e.value->kind == ExprKind::kString) return;  // a docstring
      evaluate(*e.value);
      return;
    }
    case StmtKind::kFunction:
      return define(as<FunctionStmt>(stmt));
    default:
      refuse("statements other than assignments, imports and plain functions");
  }
}

void Evaluator::assign(const Expr& target, Value value) {
  if (const auto* name = script::get_if<Name>(&target)) {
    put(name->name, std::move(value));
    return;
  }
  const auto* tuple = script::get_if<TupleExpr>(&target);
  const Items* items = value.get_if<Items>();
  if (!tuple || !items || (*items)->size() != tuple->elements.size()) {
    refuse("an assignment to something other than a name");
  }
  for (size_t i = 0; i < tuple->elements.size(); ++i) assign(*tuple->elements[i], (**items)[i]);
}

void Evaluator::import(const Import& import) {
  for (const ImportName& n : import.names) {
    if (n.module == "cadquery") {
      put(n.target->name, Module::kCadquery);
    } else if (n.module == "math") {
      put(n.target->name, Module::kMath);
    } else {
      refuse("import " + std::string(n.module));
    }
  }
}

void Evaluator::import_from(const ImportFrom& import) {
  if (import.module != "cadquery") refuse("import from " + std::string(import.module));
  for (const ImportName& n : import.names) {
    if (n.alias) refuse("an import under another name");
  }
}

WorkPtr Evaluator::result() const {
  for (const char* wanted : {"r", "result", "solid", "shape", "model", "part"}) {
    const Value* v = find(wanted);
    if (!v) continue;
    if (const WorkPtr* w = v->get_if<WorkPtr>()) return *w;
    refuse(std::string("'") + wanted + "' is no workplane");
  }
  for (auto n = names_.rbegin(); n != names_.rend(); ++n) {
    if (const WorkPtr* w = n->second.get_if<WorkPtr>()) return *w;
  }
  refuse("no result");
}

// ---- expressions ------------------------------------------------------------

Value Evaluator::evaluate(const Expr& e) {
  switch (e.kind) {
    case ExprKind::kInteger:
      return static_cast<double>(as<Integer>(e).value);
    case ExprKind::kFloat:
      return as<Float>(e).value;
    case ExprKind::kString:
      return as<String>(e).text;
    case ExprKind::kConstant: {
      const ConstantKind k = as<Constant>(e).value;
      if (k == ConstantKind::kTrue || k == ConstantKind::kFalse) return k == ConstantKind::kTrue;
      refuse("the value None");
    }
    case ExprKind::kName: {
      const auto& name = as<Name>(e);
      const Value* v = find(name.name);
      if (!v) refuse("the name '" + std::string(name.name) + "'");
      return *v;
    }
    case ExprKind::kTuple:
    case ExprKind::kList: {
      const Exprs elements =
          e.kind == ExprKind::kTuple ? as<TupleExpr>(e).elements : as<ListExpr>(e).elements;
      auto items = std::make_shared<std::vector<Value>>();
      items->reserve(elements.size());
      for (const Expr* x : elements) items->push_back(evaluate(*x));
      return Items(std::move(items));
    }
    case ExprKind::kUnary: {
      const auto& u = as<Unary>(e);
      if (u.op == UnaryOperator::kNegative) return -number(*u.operand);
      if (u.op == UnaryOperator::kPositive) return number(*u.operand);
      refuse("an operator other than arithmetic");
    }
    case ExprKind::kCall:
    case ExprKind::kAttribute:
    case ExprKind::kBinary:
      return evaluate_chain(e);
    default:
      refuse("an expression of this kind");
  }
}

// Calls, attributes and binary operators grow to the left; followed by a loop.
Value Evaluator::evaluate_chain(const Expr& e) {
  std::vector<const Expr*> path;
  const Expr* at = &e;
  while (at->kind == ExprKind::kCall || at->kind == ExprKind::kAttribute ||
         at->kind == ExprKind::kBinary) {
    path.push_back(at);
    at = chain_child(*at);
  }
  size_t i = path.size();
  Value value;
  if (const auto* name = script::get_if<Name>(at); name && !find(name->name)) {
    const auto* call = i > 0 ? script::get_if<CallExpr>(path[i - 1]) : nullptr;
    if (!call) refuse("the name '" + std::string(name->name) + "'");
    where_ = call->range;
    // the last one of that name
    const auto f = std::find_if(functions_.rbegin(), functions_.rend(),
                                [&](const FunctionStmt* d) { return d->name == name->name; });
    value = f == functions_.rend() ? call_name(name->name, *call) : call_function(**f, *call);
    --i;
  } else {
    value = evaluate(*at);
  }
  while (i > 0) {
    const Expr& x = *path[--i];
    where_ = x.range;
    if (x.kind == ExprKind::kBinary) {
      const auto& b = as<Binary>(x);
      value = binary(b, std::move(value), evaluate(*b.right));
      continue;
    }
    if (x.kind != ExprKind::kAttribute) refuse("a call of something other than a method");
    const std::string_view name = as<Attribute>(x).name;
    const auto* call = i > 0 ? script::get_if<CallExpr>(path[i - 1]) : nullptr;
    if (!call) {
      value = attribute(value, name);
      continue;
    }
    --i;
    if (const Module* m = value.get_if<Module>()) {
      value = call_module(*m, name, *call);
    } else if (WorkPtr* w = std::get_if<WorkPtr>(static_cast<Value::variant*>(&value))) {
      value = call_workplane(std::move(*w), name, *call);
    } else if (const SketchPtr* s = value.get_if<SketchPtr>()) {
      value = call_sketch(SketchPtr(*s), name, *call);
    } else {
      refuse("the method '" + std::string(name) + "' of this value");
    }
  }
  return value;
}

Value Evaluator::attribute(const Value& object, std::string_view name) {
  const Module* m = object.get_if<Module>();
  if (m && *m == Module::kMath && name == "pi") return part::kPi;
  refuse("the attribute '" + std::string(name) + "'");
}

Value Evaluator::binary(const Binary& e, Value left, Value right) {
  if (WorkPtr* w = std::get_if<WorkPtr>(static_cast<Value::variant*>(&left))) {
    switch (e.op) {
      case BinaryOperator::kAdd:
        return boolean(std::move(*w), right, part::Operation::kJoin);
      case BinaryOperator::kSubtract:
        return boolean(std::move(*w), right, part::Operation::kCut);
      case BinaryOperator::kMultiply:
        return boolean(std::move(*w), right, part::Operation::kIntersect);
      default:
        refuse("this operator between workplanes");
    }
  }
  const double a = number(left), b = number(right);
  switch (e.op) {
    case BinaryOperator::kAdd:
      return a + b;
    case BinaryOperator::kSubtract:
      return a - b;
    case BinaryOperator::kMultiply:
      return a * b;
    case BinaryOperator::kDivide:
      if (b == 0) refuse("a division by zero", Refusal::kValue);
      return a / b;
    default:
      refuse("an operator other than + - * /");
  }
}

Value Evaluator::call_module(Module module, std::string_view name, const CallExpr& call) {
  if (module == Module::kCadquery) return call_name(name, call);
  const auto args = bind(call, {"x"}, 1);
  const double x = number(*args[0]);
  if (name == "radians") return x * (part::kPi / 180);
  if (name == "sqrt" && x >= 0) return std::sqrt(x);
  if (name == "sin") return std::sin(x);
  if (name == "cos") return std::cos(x);
  if (name == "tan") return std::tan(x);
  refuse("math." + std::string(name));
}

Value Evaluator::call_name(std::string_view name, const CallExpr& call) {
  if (name == "Workplane") return new_workplane(call);
  if (name == "Plane") return new_plane(call);
  if (name == "Vector") {
    const auto args = bind(call, {"x", "y", "z"}, 2);
    auto items = std::make_shared<std::vector<Value>>();
    for (const auto* a : args.at) items->push_back(number_or(a, 0));
    return items;
  }
  refuse("'" + std::string(name) + "'");
}

double Evaluator::number(const Expr& e) {
  if (e.kind == ExprKind::kInteger) return static_cast<double>(as<Integer>(e).value);
  if (e.kind == ExprKind::kFloat) return as<Float>(e).value;
  if (e.kind == ExprKind::kUnary && as<Unary>(e).op == UnaryOperator::kNegative) {
    return -number(*as<Unary>(e).operand);
  }
  return number(evaluate(e));
}

double Evaluator::number(const Value& v) {
  const double* d = v.get_if<double>();
  if (!d || !std::isfinite(*d)) refuse("a value that is no finite number", Refusal::kValue);
  return *d;
}

bool Evaluator::truth(const Expr& e) {
  const Value v = evaluate(e);
  if (const bool* b = v.get_if<bool>()) return *b;
  refuse("a flag that is neither True nor False");
}

Vec2 Evaluator::point2(const Expr& e) {
  if (e.kind == ExprKind::kTuple && as<TupleExpr>(e).elements.size() == 2) {
    const Exprs xy = as<TupleExpr>(e).elements;
    return {number(*xy[0]), number(*xy[1])};
  }
  return point2(evaluate(e));
}

Vec2 Evaluator::point2(const Value& v) {
  const Items* items = v.get_if<Items>();
  if (!items || (*items)->size() < 2 || (*items)->size() > 3) refuse("a point that is no pair");
  if ((*items)->size() == 3 && number((**items)[2]) != 0) refuse("a point off its plane");
  return {number((**items)[0]), number((**items)[1])};
}

Vec3 Evaluator::point3(const Expr& e) {
  const Value v = evaluate(e);
  const Items* items = v.get_if<Items>();
  if (!items || (*items)->size() < 2 || (*items)->size() > 3) refuse("a point that is no triple");
  return {number((**items)[0]), number((**items)[1]),
          (*items)->size() == 3 ? number((**items)[2]) : 0};
}

std::vector<Vec2> Evaluator::points2(const Expr& e) {
  std::vector<Vec2> out;
  if (e.kind == ExprKind::kList || e.kind == ExprKind::kTuple) {
    const Exprs elements =
        e.kind == ExprKind::kTuple ? as<TupleExpr>(e).elements : as<ListExpr>(e).elements;
    out.reserve(elements.size());
    for (const Expr* x : elements) out.push_back(point2(*x));
    return out;
  }
  const Value v = evaluate(e);
  const Items* items = v.get_if<Items>();
  if (!items) refuse("a list of points that is none");
  for (const Value& p : **items) out.push_back(point2(p));
  return out;
}

// ---- the room's door ----------------------------------------------------------

Recognition recognise(const Program& program) {
  Recognition out;
  try {
    out.part = Evaluator(program).run();
  } catch (const Refused& r) {
    out.refusal = r.kind, out.reason = r.reason, out.range = r.range;
  } catch (const Error& e) {
    out.refusal = e.kind() == ErrorKind::kGeometry ? Refusal::kProfile : Refusal::kValue;
    out.reason = e.what();
  }
  return out;
}

Recognition recognise(const std::string& text) { return recognise(*parse(text)); }

}  // namespace cadrecode::dialect
