// The syntax tree of a program.
//
// Nodes are plain, immutable once parsed, and live in their Program's arena;
// pointers and views into it are good as long as the Program. Every node knows
// its range in the text. An optional child is null. Left-deep chains
// (a.b().c().d(), a + b + c) may be thousands of nodes deep, everything else is
// limited to kMaxNesting levels (lexer.h): walkers follow chains by a loop, see
// chain_child().
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "language/script/source.h"

namespace cadrecode::script {

// Memory for nodes: handed out piece by piece, freed together.
class Arena {
 public:
  template <class T>
  T* make() {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T))) T();
  }
  template <class T>
  std::span<T> copy(const std::vector<T>& items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    auto* first = static_cast<T*>(allocate(sizeof(T) * items.size()));
    std::memcpy(static_cast<void*>(first), items.data(), sizeof(T) * items.size());
    return {first, items.size()};
  }
  std::string_view copy(std::string_view text);

 private:
  void* allocate(size_t bytes);
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  size_t left_ = 0;
};

// --- Expressions ---

enum class ExprKind : uint8_t {
  kName,
  kInteger,
  kFloat,
  kString,
  kJoinedString,
  kConstant,
  kTuple,
  kList,
  kSet,
  kDict,
  kUnary,
  kBinary,
  kLogic,
  kCompare,
  kConditional,
  kCall,
  kAttribute,
  kSubscript,
  kSlice,
  kStarred,
  kLambda,
  kComprehension,
  kNamed,
  kYield,
};

struct Expr {
  ExprKind kind;
  Range range;
};
using Exprs = std::span<Expr*>;

template <ExprKind K>
struct ExprOf : Expr {
  static constexpr ExprKind kKind = K;
};

struct Name : ExprOf<ExprKind::kName> {
  std::string_view name;
  uint32_t id;  // 0, 1, … over all names of the program (for side tables)
};
struct Integer : ExprOf<ExprKind::kInteger> {
  int64_t value;
};
struct Float : ExprOf<ExprKind::kFloat> {
  double value;
};
struct String : ExprOf<ExprKind::kString> {
  std::string_view text;  // escapes done
  uint32_t id;            // 0, 1, … over all string literals of the program
};
// A piece of an f-string: literal text, or a value with conversion and format.
struct StringPart {
  std::string_view text;  // when value is null
  Expr* value;
  char conversion;  // 'r', 's', 'a' or 0
  bool has_format;
  std::span<StringPart> format;  // after the ":", itself literal text and values
};
struct JoinedString : ExprOf<ExprKind::kJoinedString> {
  std::span<StringPart> parts;
};
enum class ConstantKind : uint8_t { kNone, kTrue, kFalse, kEllipsis };
struct Constant : ExprOf<ExprKind::kConstant> {
  ConstantKind value;
};
struct TupleExpr : ExprOf<ExprKind::kTuple> {
  Exprs elements;
};
struct ListExpr : ExprOf<ExprKind::kList> {
  Exprs elements;
};
struct SetExpr : ExprOf<ExprKind::kSet> {
  Exprs elements;
};
struct DictExpr : ExprOf<ExprKind::kDict> {
  Exprs keys;  // null where the value is unpacked: {**other}
  Exprs values;
};
enum class UnaryOperator : uint8_t { kNegative, kPositive, kInvert, kNot };
struct Unary : ExprOf<ExprKind::kUnary> {
  UnaryOperator op;
  Expr* operand;
};
// In the order of interpreter::BinaryOp.
enum class BinaryOperator : uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kFloorDivide,
  kModulo,
  kPower,
  kMatrixMultiply,
  kAnd,
  kOr,
  kXor,
  kShiftLeft,
  kShiftRight,
};
struct Binary : ExprOf<ExprKind::kBinary> {
  BinaryOperator op;
  Range op_range;
  Expr* left;
  Expr* right;
};
struct Logic : ExprOf<ExprKind::kLogic> {
  bool is_and;  // else `or`
  Exprs operands;
};
enum class CompareOperator : uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIs,
  kIsNot,
  kIn,
  kNotIn,
};
struct Comparison {
  CompareOperator op;
  Expr* right;
};
struct Compare : ExprOf<ExprKind::kCompare> {
  Expr* first;
  std::span<Comparison> rest;
};
struct Conditional : ExprOf<ExprKind::kConditional> {
  Expr *condition, *yes, *no;
};
enum class Star : uint8_t { kNone, kOne, kTwo };
struct Argument {
  std::string_view name;  // empty: positional
  Star star;              // *value, **value
  Expr* value;
  Range range;
};
struct CallExpr : ExprOf<ExprKind::kCall> {
  Expr* callee;
  std::span<Argument> arguments;
};
struct Attribute : ExprOf<ExprKind::kAttribute> {
  Expr* object;
  std::string_view name;
  Range name_range;
};
struct Subscript : ExprOf<ExprKind::kSubscript> {
  Expr* object;
  Expr* index;
};
struct SliceExpr : ExprOf<ExprKind::kSlice> {
  Expr *start, *stop, *step;  // each may be null
};
struct Starred : ExprOf<ExprKind::kStarred> {
  Expr* value;
};
enum class ParameterKind : uint8_t { kPositionalOnly, kPlain, kRest, kKeywordOnly, kKeywords };
struct ParameterNode {
  std::string_view name;
  ParameterKind kind;
  Expr* fallback;    // null: required
  Expr* annotation;  // may be null
  Range range;
};
using Parameters = std::span<ParameterNode>;
struct Lambda : ExprOf<ExprKind::kLambda> {
  Parameters parameters;
  Expr* body;
  uint32_t scope;  // 0, 1, … over all scopes of the program
};
struct Clause {  // for target in iterable if … if …
  Expr* target;
  Expr* iterable;
  Exprs conditions;
};
enum class ComprehensionKind : uint8_t { kList, kSet, kDict, kGenerator };
struct Comprehension : ExprOf<ExprKind::kComprehension> {
  ComprehensionKind result;
  Expr* element;  // the key of a dict
  Expr* value;    // kDict only
  std::span<Clause> clauses;
  uint32_t scope;
};
struct Named : ExprOf<ExprKind::kNamed> {  // target := value
  Name* target;
  Expr* value;
};
struct Yield : ExprOf<ExprKind::kYield> {
  bool from;
  Expr* value;  // null: yields None
};

// --- Statements ---

enum class StmtKind : uint8_t {
  kExpression,
  kAssign,
  kAugmented,
  kAnnotated,
  kReturn,
  kIf,
  kFor,
  kWhile,
  kFunction,
  kClass,
  kImport,
  kImportFrom,
  kTry,
  kRaise,
  kPass,
  kBreak,
  kContinue,
  kAssert,
  kDelete,
  kGlobal,
  kNonlocal,
};

struct Stmt {
  StmtKind kind;
  Range range;
};
using Block = std::span<Stmt*>;

template <StmtKind K>
struct StmtOf : Stmt {
  static constexpr StmtKind kKind = K;
};

struct ExpressionStmt : StmtOf<StmtKind::kExpression> {
  Expr* value;
};
struct Assign : StmtOf<StmtKind::kAssign> {
  Exprs targets;  // a = b = value: two
  Expr* value;
};
struct Augmented : StmtOf<StmtKind::kAugmented> {
  BinaryOperator op;
  Expr* target;
  Expr* value;
};
struct Annotated : StmtOf<StmtKind::kAnnotated> {
  Expr* target;
  Expr* annotation;
  Expr* value;         // may be null
  bool parenthesized;  // (name): int — then not a simple name
};
struct Return : StmtOf<StmtKind::kReturn> {
  Expr* value;  // may be null
};
struct Branch {
  Expr* condition;
  Block body;
};
struct If : StmtOf<StmtKind::kIf> {
  std::span<Branch> branches;  // if, elif, elif, …
  Block otherwise;
};
struct For : StmtOf<StmtKind::kFor> {
  Expr* target;
  Expr* iterable;
  Block body, otherwise;
};
struct While : StmtOf<StmtKind::kWhile> {
  Expr* condition;
  Block body, otherwise;
};
struct FunctionStmt : StmtOf<StmtKind::kFunction> {
  std::string_view name;
  Name* target;  // the name being bound
  Parameters parameters;
  Expr* returns;  // may be null
  Exprs decorators;
  Block body;
  uint32_t scope;
  bool is_generator;
};
struct ClassStmt : StmtOf<StmtKind::kClass> {
  std::string_view name;
  Name* target;
  std::span<Argument> bases;
  Exprs decorators;
  Block body;
  uint32_t scope;
};
struct ImportName {
  std::string_view module;  // import a.b.c; in from-imports, the name taken
  Name* alias;              // null: none
  Name* target;             // the name being bound; null for "*"
  Range range;
};
struct Import : StmtOf<StmtKind::kImport> {
  std::span<ImportName> names;
};
struct ImportFrom : StmtOf<StmtKind::kImportFrom> {
  std::string_view module;
  Range module_range;
  std::span<ImportName> names;  // one with module "*": all
};
struct Handler {
  Expr* type;    // null: any
  Name* target;  // null: none
  Block body;
  Range range;
};
struct Try : StmtOf<StmtKind::kTry> {
  Block body;
  std::span<Handler> handlers;
  Block otherwise, finally;
};
struct Raise : StmtOf<StmtKind::kRaise> {
  Expr* value;  // null: again
  Expr* cause;  // may be null
};
struct Pass : StmtOf<StmtKind::kPass> {};
struct Break : StmtOf<StmtKind::kBreak> {};
struct Continue : StmtOf<StmtKind::kContinue> {};
struct Assert : StmtOf<StmtKind::kAssert> {
  Expr* condition;
  Expr* message;  // may be null
};
struct Delete : StmtOf<StmtKind::kDelete> {
  Exprs targets;
};
struct Global : StmtOf<StmtKind::kGlobal> {
  std::span<std::string_view> names;
};
struct Nonlocal : StmtOf<StmtKind::kNonlocal> {
  std::span<std::string_view> names;
};

struct Program {
  Source source;
  Arena arena;
  Block body;
  uint32_t name_count = 0;
  uint32_t scope_count = 0;
  uint32_t literal_count = 0;
  bool has_named = false;  // uses := anywhere

  Place place(Range range) const { return source.place(range.begin); }
};

// The node as type T. as<T> requires that it is one; get_if gives null else.
template <class T>
const T& as(const Expr& expr) {
  return static_cast<const T&>(expr);
}
template <class T>
const T& as(const Stmt& stmt) {
  return static_cast<const T&>(stmt);
}
template <class T>
const T* get_if(const Expr* expr) {
  return expr && expr->kind == T::kKind ? static_cast<const T*>(expr) : nullptr;
}
template <class T>
const T* get_if(const Stmt* stmt) {
  return stmt && stmt->kind == T::kKind ? static_cast<const T*>(stmt) : nullptr;
}

// The child through which chains grow: the callee of a call, the object of an
// attribute or subscript, the left side of a binary; null for other nodes.
const Expr* chain_child(const Expr& expr);

// The tree as text, one bracketed form per node, without places: equal trees
// give equal text. For tests and messages.
std::string dump(const Program& program);

}  // namespace cadrecode::script
