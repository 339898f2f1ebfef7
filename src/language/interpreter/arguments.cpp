#include "language/interpreter/arguments.h"

#include <algorithm>

#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"
#include "language/script/parser.h"

namespace cadrecode::interpreter {
namespace {

Value literal(const script::Expr& expr) {
  using namespace script;
  const auto sequence = [](Exprs items) {
    std::vector<Value> values;
    for (const Expr* item : items) values.push_back(literal(*item));
    Value tuple = make_tuple(std::move(values));
    tuple.object().make_immortal();
    return tuple;
  };
  switch (expr.kind) {
    case ExprKind::kConstant: {
      const ConstantKind kind = as<Constant>(expr).value;
      if (kind == ConstantKind::kNone) return Value::none();
      return kind == ConstantKind::kTrue;
    }
    case ExprKind::kInteger:
      return as<Integer>(expr).value;
    case ExprKind::kFloat:
      return as<Float>(expr).value;
    case ExprKind::kString: {
      Value text{std::string(as<String>(expr).text)};
      text.object().make_immortal();
      return text;
    }
    case ExprKind::kTuple:
      return sequence(as<TupleExpr>(expr).elements);
    case ExprKind::kList:
      return sequence(as<ListExpr>(expr).elements);
    case ExprKind::kUnary: {
      const Value value = literal(*as<Unary>(expr).operand);
      return value.is_int() ? Value(-value.as_int()) : Value(-value.as_double());
    }
    default:
      throw Error(ErrorKind::kInternal, "a default in a signature is not a literal");
  }
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    out += "'" + names[i] + "'";
  }
  return out;
}

}  // namespace

Signature::Signature(std::string_view function, std::string_view text) : function_(function) {
  const auto program = script::parse("lambda " + std::string(text) + ": 0", function_);
  const auto& statement = script::as<script::ExpressionStmt>(*program->body[0]);
  for (const script::ParameterNode& p : script::as<script::Lambda>(*statement.value).parameters) {
    if (p.kind == script::ParameterKind::kRest) {
      has_rest_ = true;
    } else if (p.kind == script::ParameterKind::kKeywords) {
      has_keywords_ = true;
    } else {
      const bool keyword_only = p.kind == script::ParameterKind::kKeywordOnly;
      parameters_.push_back(
          {std::string(p.name), p.fallback ? literal(*p.fallback) : Value(), keyword_only});
      if (!keyword_only) ++positional_count_;
    }
  }
  if (parameters_.size() > 64)
    throw Error(ErrorKind::kInternal, function_ + " has more than 64 parameters");
}

int Signature::index_of(std::string_view name) const {
  for (size_t i = 0; i < parameters_.size(); ++i) {
    if (parameters_[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

Arguments::Arguments(const Signature& signature, const Call& call) : signature_(&signature) {
  const auto& parameters = signature.parameters();
  const size_t taken = std::min(call.positional.size(), signature.positional_count());
  if (parameters.size() > kInline) more_.resize(parameters.size() - kInline);
  for (size_t i = 0; i < taken; ++i) {
    slot(i) = call.positional[i];
    given_ |= uint64_t{1} << i;
  }
  if (call.positional.size() > taken) {
    if (!signature.has_rest()) {
      throw_type_error(signature.function() + "() takes at most " + std::to_string(taken) +
                       " positional argument" + (taken == 1 ? "" : "s") + " but " +
                       std::to_string(call.positional.size()) + " were given");
    }
    rest_.assign(call.positional.begin() + static_cast<std::ptrdiff_t>(taken),
                 call.positional.end());
  }
  for (const Keyword& keyword : call.keywords) {
    const int i = signature.index_of(keyword.name);
    if (i < 0) {
      if (!signature.has_keywords()) {
        throw_type_error(signature.function() + "() got an unexpected keyword argument '" +
                         std::string(keyword.name) + "'");
      }
      keywords_.emplace_back(std::string(keyword.name), keyword.value);
      continue;
    }
    if (given_ & uint64_t{1} << i) {
      throw_type_error(signature.function() + "() got multiple values for argument '" +
                       std::string(keyword.name) + "'");
    }
    given_ |= uint64_t{1} << i;
    slot(static_cast<size_t>(i)) = keyword.value;
  }
  std::vector<std::string> missing;
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (given_ & uint64_t{1} << i) continue;
    if (parameters[i].fallback.is_unset()) missing.push_back(parameters[i].name);
    slot(i) = parameters[i].fallback;
  }
  if (!missing.empty()) {
    throw_type_error(signature.function() + "() missing " + std::to_string(missing.size()) +
                     " required argument" + (missing.size() == 1 ? "" : "s") + ": " +
                     quoted_list(missing));
  }
}

const Value& Arguments::at(std::string_view name) const {
  const int i = signature_->index_of(name);
  if (i < 0)
    throw Error(ErrorKind::kInternal,
                signature_->function() + " has no parameter " + std::string(name));
  return slot(static_cast<size_t>(i));
}

const Value& Arguments::operator[](std::string_view name) const { return at(name); }

bool Arguments::given(std::string_view name) const {
  const int i = signature_->index_of(name);
  return i >= 0 && (given_ & uint64_t{1} << i) != 0;
}

bool Arguments::is_none(std::string_view name) const { return at(name).is_none(); }

void Arguments::fail(std::string_view name, std::string_view expected) const {
  throw_type_error(signature_->function() + "() argument '" + std::string(name) + "' must be " +
                   std::string(expected) + ", not '" + type_name(at(name)) + "'");
}

double Arguments::number(std::string_view name) const {
  const Value& value = at(name);
  if (!value.is_number()) fail(name, "a number");
  return value.as_double();
}

int64_t Arguments::integer(std::string_view name) const {
  const Value& value = at(name);
  if (!value.is_integral()) fail(name, "an integer");
  return value.as_int();
}

bool Arguments::boolean(std::string_view name, Interpreter& interpreter) const {
  return truth(at(name), interpreter);
}

bool Arguments::boolean(std::string_view name) const {
  const Value& value = at(name);
  switch (value.kind()) {
    case Kind::kUnset:
    case Kind::kNone:
      return false;
    case Kind::kBool:
    case Kind::kInt:
      return value.as_int() != 0;
    case Kind::kFloat:
      return value.as_double() != 0;
    case Kind::kStr:
      return !value.str().empty();
    case Kind::kTuple:
      return !value.as_tuple().items().empty();
    case Kind::kList:
      return !value.as_list().items().empty();
    case Kind::kDict:
      return value.as_dict().table.size() > 0;
    case Kind::kSet:
      return value.as_set().table.size() > 0;
    default:
      return true;
  }
}

const std::string& Arguments::string(std::string_view name) const {
  const Value& value = at(name);
  if (!value.is_str()) fail(name, "a string");
  return value.str();
}

std::vector<Value> Arguments::items(std::string_view name, Interpreter& interpreter) const {
  const Value& value = at(name);
  if (!value.is_object()) fail(name, "iterable");
  return elements(value, interpreter);
}

std::vector<double> Arguments::numbers(std::string_view name, size_t count) const {
  const Value& value = at(name);
  const std::string expected =
      count == 0 ? "a list of numbers" : "a tuple of " + std::to_string(count) + " numbers";
  if (!value.is_tuple() && !value.is_list()) fail(name, expected);
  const std::vector<Value>& items =
      value.is_tuple() ? value.as_tuple().items() : value.as_list().items();
  if (count != 0 && items.size() != count) fail(name, expected);
  std::vector<double> numbers;
  numbers.reserve(items.size());
  for (const Value& item : items) {
    if (!item.is_number()) fail(name, expected);
    numbers.push_back(item.as_double());
  }
  return numbers;
}

const Value& Arguments::callable(std::string_view name) const {
  const Value& value = at(name);
  if (!is_callable(value)) fail(name, "callable");
  return value;
}

std::optional<double> Arguments::optional_number(std::string_view name) const {
  if (is_none(name)) return std::nullopt;
  return number(name);
}
std::optional<int64_t> Arguments::optional_integer(std::string_view name) const {
  if (is_none(name)) return std::nullopt;
  return integer(name);
}
std::optional<std::string> Arguments::optional_string(std::string_view name) const {
  if (is_none(name)) return std::nullopt;
  return string(name);
}

}  // namespace cadrecode::interpreter
