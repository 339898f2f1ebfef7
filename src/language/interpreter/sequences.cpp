// str, tuple, list, range and slice as objects: length, items, slices,
// concatenation, repetition. Their methods are in *_methods.cpp.
#include <algorithm>
#include <limits>

#include "language/interpreter/containers.h"
#include "language/interpreter/format.h"
#include "language/interpreter/heap.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"
#include "language/script/printer.h"

namespace cadrecode::interpreter {
namespace {

constexpr size_t kObjectBytes = 64;  // an object's own size, about

size_t count_code_points(const std::string& text) {
  size_t n = 0;
  for (char c : text) n += (c & 0xC0) != 0x80;
  return n;
}

// How often a sequence of `length` elements of `bytes` each is repeated; the
// result is refused before it is made.
size_t repetitions(const Value& count, size_t length, size_t bytes, Interpreter& interpreter) {
  const auto n = static_cast<uint64_t>(std::max<int64_t>(0, count.as_int()));
  if (length == 0 || n == 0) return 0;
  if (n > std::numeric_limits<uint32_t>::max() ||
      n * length > std::numeric_limits<uint64_t>::max() / bytes / 2) {
    interpreter.charge_memory(std::numeric_limits<size_t>::max() / 2);
  }
  interpreter.charge_memory(n * length * bytes);
  interpreter.charge(n * length * bytes / 64);
  return n;
}

std::vector<Value> repeated(const std::vector<Value>& items, const Value& count,
                            Interpreter& interpreter) {
  const size_t n = repetitions(count, items.size(), sizeof(Value), interpreter);
  std::vector<Value> out;
  out.reserve(n * items.size());
  for (size_t i = 0; i < n; ++i) out.insert(out.end(), items.begin(), items.end());
  return out;
}

std::vector<Value> joined(const std::vector<Value>& a, const std::vector<Value>& b,
                          Interpreter& interpreter) {
  interpreter.charge_memory((a.size() + b.size()) * sizeof(Value));
  interpreter.charge((a.size() + b.size()) / 8);
  std::vector<Value> out;
  out.reserve(a.size() + b.size());
  out.insert(out.end(), a.begin(), a.end());
  out.insert(out.end(), b.begin(), b.end());
  return out;
}

std::vector<Value> sliced(const std::vector<Value>& items, const Slice& slice,
                          Interpreter& interpreter) {
  std::vector<Value> out;
  const std::vector<size_t> positions = slice_positions(slice, items.size());
  interpreter.charge(positions.size() / 8);
  out.reserve(positions.size());
  for (size_t i : positions) out.push_back(items[i]);
  return out;
}

// "[…]" where an object contains itself.
class ReprGuard {
 public:
  explicit ReprGuard(const Object* object) : object_(object) {
    inside_ = std::find(active().begin(), active().end(), object) != active().end();
    if (!inside_) active().push_back(object);
  }
  ~ReprGuard() {
    if (!inside_) active().pop_back();
  }
  bool inside() const { return inside_; }

 private:
  static std::vector<const Object*>& active() {
    thread_local std::vector<const Object*> objects;
    return objects;
  }
  const Object* object_;
  bool inside_;
};

std::string repr_items(const Object* owner, const std::vector<Value>& items, const char* open,
                       const char* close, Interpreter& interpreter) {
  const ReprGuard guard(owner);
  std::string out = open;
  if (guard.inside()) return out + "..." + close;
  for (size_t i = 0; i < items.size(); ++i) {
    interpreter.charge();
    if (i > 0) out += ", ";
    const Value item = items[i];
    out += repr(item, interpreter);
    interpreter.charge_memory(out.size());
  }
  return out + close;
}

// Steps through a tuple, or a list that may change meanwhile.
template <class Sequence>
class SequenceIterator : public Iterator {
 public:
  explicit SequenceIterator(Sequence* sequence) : sequence_(sequence) {}
  bool next(Value& out, Interpreter&) override {
    if (!sequence_ || next_ >= sequence_->items().size()) {
      sequence_ = nullptr;
      return false;
    }
    out = sequence_->items()[next_++];
    return true;
  }

 private:
  Ref<Sequence> sequence_;
  size_t next_ = 0;
};

class StrIterator : public Iterator {
 public:
  explicit StrIterator(Str* text) : text_(text) {}
  bool next(Value& out, Interpreter&) override {
    const std::string& bytes = text_->text();
    if (next_ >= bytes.size()) return false;
    size_t end = next_ + 1;
    while (end < bytes.size() && (bytes[end] & 0xC0) == 0x80) ++end;
    out = Value(bytes.substr(next_, end - next_));
    next_ = end;
    return true;
  }

 private:
  Ref<Str> text_;
  size_t next_ = 0;
};

class RangeIterator : public Iterator {
 public:
  RangeIterator(int64_t start, int64_t step, int64_t count)
      : value_(start), step_(step), left_(count) {}
  bool next(Value& out, Interpreter&) override {
    if (left_ == 0) return false;
    out = value_;
    if (--left_ > 0) value_ += step_;
    return true;
  }

 private:
  int64_t value_, step_, left_;
};

}  // namespace

size_t sequence_index(const Value& index, size_t length, std::string_view what) {
  if (!index.is_integral()) {
    throw_type_error(std::string(what) + " indices must be integers or slices, not " +
                     type_name(index));
  }
  int64_t i = index.as_int();
  if (i < 0) i += static_cast<int64_t>(length);
  if (i < 0 || i >= static_cast<int64_t>(length))
    throw_index_error(std::string(what) + " index out of range");
  return static_cast<size_t>(i);
}

std::vector<size_t> slice_positions(const Slice& slice, size_t length) {
  const auto integer = [](const Value& v, int64_t fallback) {
    if (v.is_none() || v.is_unset()) return fallback;
    if (!v.is_integral())
      throw_type_error("slice indices must be integers or None or have an __index__ method");
    return v.as_int();
  };
  const auto n = static_cast<int64_t>(length);
  const int64_t step = integer(slice.step, 1);
  if (step == 0) throw_value_error("slice step cannot be zero");
  const auto clamp = [&](int64_t i) {
    if (i < 0) i = i < -n ? -1 : i + n;
    if (i < 0) return step < 0 ? int64_t{-1} : int64_t{0};
    return i >= n ? (step < 0 ? n - 1 : n) : i;
  };
  const bool no_start = slice.start.is_none() || slice.start.is_unset();
  const bool no_stop = slice.stop.is_none() || slice.stop.is_unset();
  int64_t i = no_start ? (step < 0 ? n - 1 : 0) : clamp(integer(slice.start, 0));
  const int64_t stop = no_stop ? (step < 0 ? -1 : n) : clamp(integer(slice.stop, 0));
  std::vector<size_t> positions;
  if (step > 0 && i < stop) positions.reserve(static_cast<size_t>((stop - i - 1) / step + 1));
  while (step > 0 ? i < stop : i > stop) {
    positions.push_back(static_cast<size_t>(i));
    if (__builtin_add_overflow(i, step, &i)) break;
  }
  return positions;
}

// --- str ---

Str::Str(std::string text)
    : Object(Kind::kStr), text_(std::move(text)), code_points_(count_code_points(text_)) {
  heap_add(text_.size() + kObjectBytes);
}
Str::~Str() { heap_remove(text_.size() + kObjectBytes); }

size_t Str::offset_of(size_t i) const {
  if (ascii()) return i;
  size_t offset = 0;
  for (; i > 0; --i) {
    ++offset;
    while (offset < text_.size() && (text_[offset] & 0xC0) == 0x80) ++offset;
  }
  return offset;
}

std::string Str::repr(Interpreter&) { return script::quote(text_); }
size_t Str::hash(Interpreter&) { return std::hash<std::string_view>()(text_); }
Ref<Iterator> Str::iterate(Interpreter&) { return make<StrIterator>(this); }

Value Str::item(const Value& index, Interpreter& interpreter) {
  if (const auto* slice = index.as<Slice>()) {
    const std::vector<size_t> positions = slice_positions(*slice, code_points_);
    interpreter.charge(positions.size() / 16);
    std::string out;
    if (ascii()) {
      for (size_t i : positions) out += text_[i];
      return out;
    }
    std::vector<size_t> offsets;
    for (size_t i = 0; i < text_.size(); ++i) {
      if ((text_[i] & 0xC0) != 0x80) offsets.push_back(i);
    }
    offsets.push_back(text_.size());
    for (size_t i : positions) out.append(text_, offsets[i], offsets[i + 1] - offsets[i]);
    return out;
  }
  if (!index.is_integral())
    throw_type_error("string indices must be integers, not '" + type_name(index) + "'");
  const size_t i = sequence_index(index, code_points_, "string");
  const size_t begin = offset_of(i);
  size_t end = begin + 1;
  while (end < text_.size() && (text_[end] & 0xC0) == 0x80) ++end;
  return text_.substr(begin, end - begin);
}

bool Str::contains(const Value& element, Interpreter&) {
  if (!element.is_str()) {
    throw_type_error("'in <string>' requires string as left operand, not " + type_name(element));
  }
  return text_.find(element.str()) != std::string::npos;
}

Value Str::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (op == BinaryOp::kAdd && !reflected && other.is_str()) {
    interpreter.charge_memory(text_.size() + other.str().size());
    interpreter.charge((text_.size() + other.str().size()) / 64);
    return text_ + other.str();
  }
  if (op == BinaryOp::kMultiply && other.is_integral()) {
    const size_t n = repetitions(other, text_.size(), 1, interpreter);
    std::string out;
    out.reserve(n * text_.size());
    for (size_t i = 0; i < n; ++i) out += text_;
    return out;
  }
  if (op == BinaryOp::kModulo && !reflected) return format_percent(text_, other, interpreter);
  return {};
}

// --- tuple ---

Tuple::Tuple(std::vector<Value> items) : Object(Kind::kTuple), items_(std::move(items)) {
  heap_add(items_.size() * sizeof(Value) + kObjectBytes);
}
Tuple::~Tuple() { heap_remove(items_.size() * sizeof(Value) + kObjectBytes); }

std::string Tuple::repr(Interpreter& interpreter) {
  return repr_items(this, items_, "(", items_.size() == 1 ? ",)" : ")", interpreter);
}

Ref<Iterator> Tuple::iterate(Interpreter&) { return make<SequenceIterator<Tuple>>(this); }

Value Tuple::item(const Value& index, Interpreter& interpreter) {
  if (const auto* slice = index.as<Slice>()) return make_tuple(sliced(items_, *slice, interpreter));
  return items_[sequence_index(index, items_.size(), "tuple")];
}

size_t Tuple::hash(Interpreter& interpreter) {
  interpreter.check_stack();
  size_t h = 0x345678;
  for (const Value& item : items_) h = (h ^ interpreter::hash(item, interpreter)) * 1000003 + 97531;
  return h;
}

Value Tuple::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (op == BinaryOp::kAdd && !reflected && other.is_tuple()) {
    return make_tuple(joined(items_, other.as_tuple().items(), interpreter));
  }
  if (op == BinaryOp::kMultiply && other.is_integral())
    return make_tuple(repeated(items_, other, interpreter));
  return {};
}

// --- list ---

List::List(std::vector<Value> items) : Container(Kind::kList), items_(std::move(items)) {
  charge();
}
List::~List() { heap_remove(charged_); }

void List::charge() {
  const size_t bytes = items_.capacity() * sizeof(Value) + kObjectBytes;
  if (bytes <= charged_) return;
  heap_add(bytes - charged_);
  charged_ = bytes;
}

std::string List::repr(Interpreter& interpreter) {
  return repr_items(this, items_, "[", "]", interpreter);
}
Ref<Iterator> List::iterate(Interpreter&) { return make<SequenceIterator<List>>(this); }
size_t List::hash(Interpreter&) { throw_type_error("unhashable type: 'list'"); }

Value List::item(const Value& index, Interpreter& interpreter) {
  if (const auto* slice = index.as<Slice>()) return make_list(sliced(items_, *slice, interpreter));
  return items_[sequence_index(index, items_.size(), "list")];
}

void List::set_item(const Value& index, const Value& value, Interpreter& interpreter) {
  const auto* slice = index.as<Slice>();
  if (!slice) {
    if (!index.is_integral()) sequence_index(index, items_.size(), "list");
    const int64_t n = static_cast<int64_t>(items_.size()), i = index.as_int();
    if (i >= n || i < -n) throw_index_error("list assignment index out of range");
    items_[sequence_index(index, items_.size(), "list")] = value;
    return;
  }
  const std::vector<Value> values = elements(value, interpreter);
  const std::vector<size_t> positions = slice_positions(*slice, items_.size());
  const bool plain = slice->step.is_none() || slice->step.is_unset() ||
                     (slice->step.is_int() && slice->step.as_int() == 1);
  if (!plain) {
    if (values.size() != positions.size()) {
      throw_value_error("attempt to assign sequence of size " + std::to_string(values.size()) +
                        " to extended slice of size " + std::to_string(positions.size()));
    }
    for (size_t i = 0; i < positions.size(); ++i) items_[positions[i]] = values[i];
    return;
  }
  // An empty slice inserts where it starts.
  Slice from_start(slice->start, Value::none(), Value::none());
  const std::vector<size_t> tail = slice_positions(from_start, items_.size());
  const size_t begin = positions.empty() ? items_.size() - tail.size() : positions.front();
  interpreter.charge_memory(values.size() * sizeof(Value));
  std::vector<Value> result(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(begin));
  result.insert(result.end(), values.begin(), values.end());
  result.insert(result.end(),
                items_.begin() + static_cast<std::ptrdiff_t>(begin + positions.size()),
                items_.end());
  std::swap(items_, result);
  charge();
}

void List::delete_item(const Value& index, Interpreter&) {
  const auto* slice = index.as<Slice>();
  if (!slice) {
    const size_t i = sequence_index(index, items_.size(), "list");
    const Value removed = items_[i];
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
  std::vector<size_t> positions = slice_positions(*slice, items_.size());
  std::sort(positions.begin(), positions.end());
  std::vector<Value> kept;
  size_t next = 0;
  for (size_t i = 0; i < items_.size(); ++i) {
    if (next < positions.size() && positions[next] == i) {
      ++next;
    } else {
      kept.push_back(items_[i]);
    }
  }
  std::swap(items_, kept);
}

Value List::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (op == BinaryOp::kAdd && !reflected && other.is_list()) {
    return make_list(joined(items_, other.as_list().items(), interpreter));
  }
  if (op == BinaryOp::kAdd && !reflected && other.is_tuple()) {
    throw_type_error("can only concatenate list (not \"tuple\") to list");
  }
  if (op == BinaryOp::kMultiply && other.is_integral())
    return make_list(repeated(items_, other, interpreter));
  return {};
}

// --- range, slice ---

int64_t Range::count() const {
  if (step > 0 ? start >= stop : start <= stop) return 0;
  const uint64_t distance = step > 0 ? static_cast<uint64_t>(stop) - static_cast<uint64_t>(start)
                                     : static_cast<uint64_t>(start) - static_cast<uint64_t>(stop);
  const uint64_t stride =
      step > 0 ? static_cast<uint64_t>(step) : uint64_t{0} - static_cast<uint64_t>(step);
  const uint64_t n = (distance - 1) / stride + 1;
  if (n > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) throw_integer_overflow();
  return static_cast<int64_t>(n);
}

const Type& Slice::type() const {
  static const Type& type = define_type("slice").raises_attribute_error();
  return type;
}

std::string Slice::repr(Interpreter& interpreter) {
  return "slice(" + interpreter::repr(start, interpreter) + ", " +
         interpreter::repr(stop, interpreter) + ", " + interpreter::repr(step, interpreter) + ")";
}

std::string Range::repr(Interpreter&) {
  std::string out = "range(" + std::to_string(start) + ", " + std::to_string(stop);
  return out + (step == 1 ? ")" : ", " + std::to_string(step) + ")");
}

Ref<Iterator> Range::iterate(Interpreter&) { return make<RangeIterator>(start, step, count()); }

size_t Range::hash(Interpreter&) {
  return static_cast<size_t>(start * 31 + step) * 1000003U + static_cast<size_t>(count());
}

Value Range::item(const Value& index, Interpreter&) {
  if (const auto* slice = index.as<Slice>()) {
    // Positions of a long range are not listed: only the ends are needed.
    const auto n = static_cast<size_t>(count());
    if (n > 1'000'000)
      throw Error(ErrorKind::kLimit,
                  "slicing a range of more than a million numbers is not supported");
    const std::vector<size_t> positions = slice_positions(*slice, n);
    const int64_t stride = slice->step.is_int() ? slice->step.as_int() * step : step;
    if (positions.empty()) return make<Range>(start, start, stride);
    const int64_t first = start + static_cast<int64_t>(positions.front()) * step;
    return make<Range>(first, first + static_cast<int64_t>(positions.size()) * stride, stride);
  }
  const size_t i = sequence_index(index, static_cast<size_t>(count()), "range object");
  return start + static_cast<int64_t>(i) * step;
}

bool Range::contains(const Value& element, Interpreter& interpreter) {
  if (!element.is_number()) return false;
  if (element.is_float()) {
    const double d = element.as_double();
    if (!(d == static_cast<double>(static_cast<int64_t>(d)))) return false;
    return contains(Value(static_cast<int64_t>(d)), interpreter);
  }
  const int64_t i = element.as_int();
  if (step > 0 ? (i < start || i >= stop) : (i > start || i <= stop)) return false;
  return (i - start) % step == 0;
}

Value Range::compare(CompareOp op, const Value& other, Interpreter&) {
  const auto* range = other.as<Range>();
  if (!range || op > CompareOp::kNotEqual) return {};
  const int64_t n = count();
  const bool same =
      n == range->count() && (n == 0 || (start == range->start && (n == 1 || step == range->step)));
  return same == (op == CompareOp::kEqual);
}

}  // namespace cadrecode::interpreter
