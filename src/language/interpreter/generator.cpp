// Generators: expressions and functions whose run is suspended at each value.
//
// The evaluator itself cannot be suspended. A generator keeps its own stack of
// what is going on (blocks, loops) and runs the statements that contain a yield
// itself; all others go to the evaluator whole.
#include "language/interpreter/evaluator.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {

using namespace script;

namespace {

const Type& generator_type() {
  static const Type& type = define_type("generator").raises_attribute_error();
  return type;
}

class GeneratorExpression : public Iterator {
 public:
  GeneratorExpression(const Comprehension& e, Ref<Iterator> first, Ref<Frame> frame)
      : e_(e), frame_(std::move(frame)) {
    iterators_.push_back(std::move(first));
  }
  const Type& type() const override { return generator_type(); }

  bool next(Value& out, Interpreter& interpreter) override {
    if (running_) throw_value_error("generator already executing");
    Evaluator evaluator(interpreter);
    interpreter.check_stack();
    running_ = true;
    struct Guard {
      bool& flag;
      ~Guard() { flag = false; }
    } guard{running_};
    while (!iterators_.empty()) {
      const Clause& clause = e_.clauses[iterators_.size() - 1];
      Value item;
      if (!iterators_.back()->next(item, interpreter)) {
        iterators_.pop_back();
        continue;
      }
      interpreter.charge();
      evaluator.assign(*clause.target, std::move(item), *frame_);
      bool wanted = true;
      for (const Expr* c : clause.conditions) wanted = wanted && evaluator.condition(*c, *frame_);
      if (!wanted) continue;
      if (iterators_.size() == e_.clauses.size()) {
        out = evaluator.eval(*e_.element, *frame_);
        return true;
      }
      const Expr& deeper = *e_.clauses[iterators_.size()].iterable;
      const Value iterable = evaluator.eval(deeper, *frame_);
      evaluator.at(deeper.range);
      iterators_.push_back(interpreter::iterate(iterable, interpreter));
    }
    return false;
  }
  void clear_references() override {
    iterators_.clear();
    frame_ = nullptr;
  }

 private:
  const Comprehension& e_;
  Ref<Frame> frame_;
  std::vector<Ref<Iterator>> iterators_;
  bool running_ = false;
};

class GeneratorFunction : public Iterator {
 public:
  GeneratorFunction(Function& function, Ref<Frame> frame) : frame_(std::move(frame)) {
    stack_.push_back({function.body, 0, nullptr, {}, nullptr});
  }
  const Type& type() const override { return generator_type(); }

  bool next(Value& out, Interpreter& interpreter) override {
    if (running_) throw_value_error("generator already executing");
    Evaluator evaluator(interpreter);
    interpreter.check_stack();
    running_ = true;
    struct Guard {
      GeneratorFunction& self;
      bool finished = true;
      ~Guard() {
        self.running_ = false;
        if (finished) self.stack_.clear();  // ended, or left by an exception
      }
    } guard{*this};
    while (!stack_.empty()) {
      if (step(out, evaluator)) {
        guard.finished = false;
        return true;
      }
    }
    return false;
  }
  void clear_references() override {
    stack_.clear();
    frame_ = nullptr;
  }

 private:
  // A block being run, or a loop (or `yield from`) on top of its body.
  struct Activity {
    Block block;
    size_t index;
    const Stmt* loop;         // kFor, kWhile; kExpression: delegating
    Ref<Iterator> iterator;   // of a for, or of `yield from`
    const Expr* assign_none;  // target waiting for what `yield` gives: None
  };

  void push(Block block) {
    if (!block.empty()) stack_.push_back({block, 0, nullptr, {}, nullptr});
  }
  // True when a value was yielded into `out`.
  bool step(Value& out, Evaluator& evaluator);
  bool loop_step(Value& out, Evaluator& evaluator);
  bool yield_step(const Yield& y, Value& out, Evaluator& evaluator);
  void leave(Flow flow);
  bool suspended_statement(const Stmt& s, Value& out, Evaluator& evaluator);

  Ref<Frame> frame_;
  std::vector<Activity> stack_;
  bool running_ = false;
};

// break, continue, return out of the statements on the stack.
void GeneratorFunction::leave(Flow flow) {
  if (flow == Flow::kReturn) {
    stack_.clear();
    return;
  }
  while (!stack_.empty() && !stack_.back().loop) stack_.pop_back();
  if (flow == Flow::kBreak && !stack_.empty()) stack_.pop_back();
}

bool GeneratorFunction::loop_step(Value& out, Evaluator& evaluator) {
  Activity& top = stack_.back();
  evaluator.in.charge();
  if (top.loop->kind == StmtKind::kExpression || top.loop->kind == StmtKind::kAssign) {
    if (top.iterator->next(out, evaluator.in)) return true;
    stack_.pop_back();
    return false;
  }
  if (const auto* loop = get_if<For>(top.loop)) {
    evaluator.at(loop->iterable->range);
    Value item;
    const bool more = top.iterator->next(item, evaluator.in);
    if (!more) stack_.pop_back();
    if (more) evaluator.assign(*loop->target, std::move(item), *frame_);
    push(more ? loop->body : loop->otherwise);
    return false;
  }
  const auto& loop = as<While>(*top.loop);
  const bool more = evaluator.condition(*loop.condition, *frame_);
  if (!more) stack_.pop_back();
  push(more ? loop.body : loop.otherwise);
  return false;
}

bool GeneratorFunction::yield_step(const Yield& y, Value& out, Evaluator& evaluator) {
  if (!y.from) {
    out = y.value ? evaluator.eval(*y.value, *frame_) : Value::none();
    return true;
  }
  const Value iterable = evaluator.eval(*y.value, *frame_);
  evaluator.at(y.value->range);
  static constexpr ExpressionStmt kDelegating{{StmtKind::kExpression, {}}, nullptr};
  stack_.push_back({{}, 0, &kDelegating, interpreter::iterate(iterable, evaluator.in), nullptr});
  return false;
}

bool GeneratorFunction::suspended_statement(const Stmt& s, Value& out, Evaluator& evaluator) {
  evaluator.in.charge();
  evaluator.at(s.range);
  switch (s.kind) {
    case StmtKind::kExpression:
      return yield_step(as<Yield>(*as<ExpressionStmt>(s).value), out, evaluator);
    case StmtKind::kAssign:
      stack_.back().assign_none = as<Assign>(s).targets[0];
      return yield_step(as<Yield>(*as<Assign>(s).value), out, evaluator);
    case StmtKind::kIf: {
      for (const Branch& b : as<If>(s).branches) {
        if (!evaluator.condition(*b.condition, *frame_)) continue;
        push(b.body);
        return false;
      }
      push(as<If>(s).otherwise);
      return false;
    }
    case StmtKind::kFor: {
      const Value iterable = evaluator.eval(*as<For>(s).iterable, *frame_);
      evaluator.at(as<For>(s).iterable->range);
      stack_.push_back({{}, 0, &s, interpreter::iterate(iterable, evaluator.in), nullptr});
      return false;
    }
    default:
      stack_.push_back({{}, 0, &s, {}, nullptr});
      return false;
  }
}

bool GeneratorFunction::step(Value& out, Evaluator& evaluator) {
  Activity& top = stack_.back();
  if (top.loop) return loop_step(out, evaluator);
  if (top.assign_none)
    evaluator.assign(*std::exchange(top.assign_none, nullptr), Value::none(), *frame_);
  if (top.index >= top.block.size()) {
    stack_.pop_back();
    return false;
  }
  const Stmt& s = *top.block[top.index++];
  if (evaluator.st.yielding.contains(&s)) return suspended_statement(s, out, evaluator);
  const Flow flow = evaluator.exec(s, *frame_);
  if (flow != Flow::kNormal) leave(flow);
  return false;
}

bool mark(const Stmt& s, Interpreter::State& state);

bool mark_block(Block body, Interpreter::State& state) {
  bool any = false;
  for (const Stmt* s : body) any = mark(*s, state) || any;
  return any;
}

// Whether a statement contains a yield that a generator can suspend at.
bool mark(const Stmt& s, Interpreter::State& state) {
  bool yields = false;
  switch (s.kind) {
    case StmtKind::kExpression:
      yields = as<ExpressionStmt>(s).value->kind == ExprKind::kYield;
      break;
    case StmtKind::kAssign: {
      const auto& a = as<Assign>(s);
      yields = a.value->kind == ExprKind::kYield && a.targets.size() == 1;
      break;
    }
    case StmtKind::kIf:
      for (const Branch& b : as<If>(s).branches) yields = mark_block(b.body, state) || yields;
      yields = mark_block(as<If>(s).otherwise, state) || yields;
      break;
    case StmtKind::kFor:
      yields = mark_block(as<For>(s).body, state);
      yields = mark_block(as<For>(s).otherwise, state) || yields;
      break;
    case StmtKind::kWhile:
      yields = mark_block(as<While>(s).body, state);
      yields = mark_block(as<While>(s).otherwise, state) || yields;
      break;
    case StmtKind::kTry: {
      const auto& t = as<Try>(s);
      yields = mark_block(t.body, state);
      for (const Handler& h : t.handlers) yields = mark_block(h.body, state) || yields;
      yields = mark_block(t.otherwise, state) || yields;
      yields = mark_block(t.finally, state) || yields;
      if (yields) {
        throw Error(ErrorKind::kUnsupported, "yield inside try is not supported",
                    state.program->place(s.range));
      }
      break;
    }
    default:
      break;
  }
  if (yields) state.yielding.insert(&s);
  return yields;
}

}  // namespace

Ref<Iterator> make_generator(const Comprehension& e, Ref<Iterator> first, Ref<Frame> frame) {
  return make<GeneratorExpression>(e, std::move(first), std::move(frame));
}

Ref<Iterator> make_generator(Function& function, Ref<Frame> frame) {
  return make<GeneratorFunction>(function, std::move(frame));
}

void mark_yields(Block body, Interpreter::State& state) { mark_block(body, state); }

}  // namespace cadrecode::interpreter
