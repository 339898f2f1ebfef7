// The tree walk, and the state of a running program; private to this room.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "language/interpreter/function.h"
#include "language/interpreter/heap.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/mersenne.h"
#include "language/interpreter/resolver.h"
#include "language/script/ast.h"

namespace cadrecode::interpreter {

// A vector whose first N elements need no allocation.
template <class T, size_t N>
class SmallVector {
 public:
  void push_back(T item) {
    if (more_.empty() && size_ < N) {
      inline_[size_++] = std::move(item);
      return;
    }
    if (more_.empty()) {
      more_.reserve(4 * N);
      for (T& i : inline_) more_.push_back(std::move(i));
    }
    more_.push_back(std::move(item));
    ++size_;
  }
  size_t size() const { return size_; }
  T& operator[](size_t i) { return more_.empty() ? inline_[i] : more_[i]; }
  std::span<const T> span() const { return {more_.empty() ? inline_.data() : more_.data(), size_}; }

 private:
  std::array<T, N> inline_{};
  std::vector<T> more_;
  size_t size_ = 0;
};

// The evaluated arguments of a call.
struct ArgumentList {
  SmallVector<Value, 6> positional;
  SmallVector<Keyword, 4> keywords;
  std::vector<Value> holders;  // keep the names of ** keywords alive
  Call call() const { return {positional.span(), keywords.span()}; }
};

struct Interpreter::State {
  explicit State(size_t memory) : heap(memory) {}
  Heap heap;
  const script::Program* program = nullptr;
  Resolution resolution;
  std::vector<Value> literals;  // string constants, made when first used
  Ref<Frame> globals;
  std::vector<Value> builtins;     // by global slot
  std::vector<uint64_t> bound_at;  // per global slot: which binding was its last
  uint64_t bindings = 0;
  std::unordered_map<std::string, const Module*> modules;
  std::unordered_map<std::string, Value> extra_builtins;
  std::map<std::pair<const Type*, std::string>, Value> extensions;
  uint32_t where = 0;  // byte of the program being evaluated
  int depth = 0;       // nested calls of program functions
  struct Handled {
    Value exception;
    uint32_t where;
  };
  std::vector<Handled> handling;                     // exceptions whose handlers are running
  std::unique_ptr<Mersenne> random;                  // the random module's, once it is used
  std::unordered_set<const script::Stmt*> yielding;  // statements that contain a yield
};

enum class Flow : uint8_t { kNormal, kBreak, kContinue, kReturn };

struct Evaluator {
  explicit Evaluator(Interpreter& interpreter) : in(interpreter), st(*interpreter.state_) {}

  // --- Expressions (eval_expression.cpp) ---
  Value eval(const script::Expr& e, Frame& f);
  Value chain(const script::Expr& e, Frame& f);
  Value name(const script::Name& n, Frame& f);
  Value* variable(const Binding& b, Frame& f);
  Value logic(const script::Logic& e, Frame& f);
  Value comparison(const script::Compare& e, Frame& f);
  Value compare_once(script::CompareOperator op, const Value& a, const Value& b);
  Value display(script::Exprs items, Frame& f, Kind kind);
  std::vector<Value> display_items(script::Exprs items, Frame& f);
  Value dict(const script::DictExpr& e, Frame& f);
  Value joined(const script::JoinedString& e, Frame& f);
  void join_parts(std::span<const script::StringPart> parts, Frame& f, std::string& out);
  Value comprehension(const script::Comprehension& e, Frame& f);
  Value lambda(const script::Lambda& e, Frame& f);
  Value slice(const script::SliceExpr& e, Frame& f);
  Value string(const script::String& e);
  bool condition(const script::Expr& e, Frame& f) {
    const Value v = eval(e, f);
    return v.is_bool() ? v.as_bool() : truth(v, in);
  }
  void at(script::Range range) {
    st.where = range.begin;
    if (in.beacon_) in.beacon_->at(range.begin);
  }

  // --- Calls (eval_call.cpp) ---
  Value call(const Value& callee, const script::CallExpr& e, Frame& f);
  Value call_method(const Value& object, const script::Attribute& a, const script::CallExpr& e,
                    Frame& f);
  void arguments(const script::CallExpr& e, Frame& f, ArgumentList& list);
  void add_starred(const script::Argument& a, const Value& value, ArgumentList& list);
  Value call_function(Function& function, const Call& call);
  void bind_parameters(Function& function, const Call& call, Frame& frame);
  Value make_super(Frame& f);
  Value local_names(Frame& f);
  Ref<Function> make_function(std::string name, script::Parameters parameters, uint32_t scope,
                              Frame& f);

  // --- Statements (eval_statement.cpp) ---
  Flow exec(script::Block block, Frame& f);
  Flow exec(const script::Stmt& s, Frame& f);
  Flow exec_for(const script::For& s, Frame& f);
  Flow exec_while(const script::While& s, Frame& f);
  Flow exec_if(const script::If& s, Frame& f);
  Flow exec_try(const script::Try& s, Frame& f);
  Flow exec_handlers(const script::Try& s, Frame& f);
  bool matches(const script::Handler& h, const Value& exception, Frame& f);
  void exec_raise(const script::Raise& s, Frame& f);
  void exec_assert(const script::Assert& s, Frame& f);
  void exec_delete(const script::Expr& target, Frame& f);
  void exec_augmented(const script::Augmented& s, Frame& f);
  void exec_import(const script::Import& s, Frame& f);
  void exec_import_from(const script::ImportFrom& s, Frame& f);
  void exec_function(const script::FunctionStmt& s, Frame& f);
  void exec_class(const script::ClassStmt& s, Frame& f);
  Value decorate(Value value, script::Exprs decorators, Frame& f);
  void assign(const script::Expr& target, Value value, Frame& f);
  void unpack(script::Exprs targets, const Value& value, Frame& f);
  void store(const script::Name& n, Value value, Frame& f);
  const Module& find_module(std::string_view name);

  [[noreturn]] void throw_exception_value(const Value& exception, uint32_t where);
  // An Error as the exception object a handler sees; unset when no program may
  // catch it.
  Value catchable(const Error& error);

  Interpreter& in;
  Interpreter::State& st;
  Value result;  // of the return statement being executed
};

Ref<Iterator> make_generator(Function& function, Ref<Frame> frame);
Ref<Iterator> make_generator(const script::Comprehension& e, Ref<Iterator> first, Ref<Frame> frame);
// Statements of a generator's body that contain a yield; a yield anywhere but
// as a statement or the right side of an assignment is refused.
void mark_yields(script::Block body, Interpreter::State& state);

// What globals() gives: a snapshot with the host's own names in it, so that
// `if "show_object" in globals():` works; changing it changes nothing.
Value global_names(Interpreter& interpreter);

// The builtin functions, types and exceptions by name; null when absent.
const Value* find_builtin(std::string_view name);
// The modules of the language itself (math, random, …); null when absent.
const Module* find_language_module(std::string_view name);

}  // namespace cadrecode::interpreter
