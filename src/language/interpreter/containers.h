// The containers of the language: str, tuple, list, dict, set, range, slice.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "language/interpreter/object.h"

namespace cadrecode::interpreter {

// Immutable text, UTF-8 inside; length and indices count code points.
class Str : public Object {
 public:
  explicit Str(std::string text);
  ~Str() override;
  const std::string& text() const { return text_; }
  size_t code_points() const { return code_points_; }
  bool ascii() const { return code_points_ == text_.size(); }

  const Type& type() const override { return str_type(); }
  std::string repr(Interpreter& interpreter) override;
  std::string str(Interpreter&) override { return text_; }
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return !text_.empty(); }
  size_t hash(Interpreter& interpreter) override;
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(code_points_); }
  bool has_length() const override { return true; }
  Value item(const Value& index, Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;

  // The bytes of code point `i`; precondition i <= code_points().
  size_t offset_of(size_t i) const;

 private:
  std::string text_;
  size_t code_points_;
};

class Tuple : public Object {
 public:
  explicit Tuple(std::vector<Value> items);
  ~Tuple() override;
  const std::vector<Value>& items() const { return items_; }

  const Type& type() const override { return tuple_type(); }
  std::string repr(Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return !items_.empty(); }
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(items_.size()); }
  bool has_length() const override { return true; }
  Value item(const Value& index, Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;

 private:
  std::vector<Value> items_;
};

class List : public Container {
 public:
  explicit List(std::vector<Value> items);
  ~List() override;
  const std::vector<Value>& items() const { return items_; }
  // For changes: call charge() afterwards when the list may have grown.
  std::vector<Value>& edit() { return items_; }
  void charge();

  const Type& type() const override { return list_type(); }
  std::string repr(Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return !items_.empty(); }
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(items_.size()); }
  bool has_length() const override { return true; }
  Value item(const Value& index, Interpreter& interpreter) override;
  size_t hash(Interpreter& interpreter) override;
  void set_item(const Value& index, const Value& value, Interpreter& interpreter) override;
  void delete_item(const Value& index, Interpreter& interpreter) override;
  void clear_references() override { items_.clear(); }

 private:
  std::vector<Value> items_;
  size_t charged_ = 0;
};

// Insertion-ordered hash table; also what a set is made of (values unset).
class Table {
 public:
  struct Entry {
    size_t hash;
    Value key;  // unset: deleted
    Value value;
  };
  ~Table();
  Value* find(const Value& key, Interpreter& interpreter);
  Value* find(std::string_view key);  // str keys only
  // True when the key is new.
  bool insert(const Value& key, Value value, Interpreter& interpreter);
  void insert(std::string_view key, Value value);  // str keys only
  bool erase(const Value& key, Interpreter& interpreter);
  bool erase_text(std::string_view key);
  size_t size() const { return live_; }
  void clear();
  // All slots in order; skip entries whose key is unset.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  static constexpr size_t kAbsent = ~size_t{0};
  template <class Equal>
  size_t position(size_t hash, Equal&& equal) const;
  bool may_be(size_t entry, size_t hash) const {
    return entry < entries_.size() && entries_[entry].hash == hash &&
           !entries_[entry].key.is_unset();
  }
  void append(size_t hash, Value key, Value value);
  void remove(size_t entry);
  void rebuild();
  void charge();
  std::vector<Entry> entries_;
  std::vector<uint32_t> index_;  // bucket -> entry + 1, 0 empty; size a power of two
  size_t live_ = 0;
  size_t charged_ = 0;
};

class Dict : public Container {
 public:
  Dict() : Container(Kind::kDict) {}
  static constexpr bool is_dict = true;
  Table table;
  Value factory;  // collections.defaultdict: makes the value of a missing key

  const Type& type() const override { return dict_type(); }
  std::string repr(Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return table.size() > 0; }
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(table.size()); }
  bool has_length() const override { return true; }
  size_t hash(Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
  void set_item(const Value& index, const Value& value, Interpreter& interpreter) override;
  void delete_item(const Value& index, Interpreter& interpreter) override;
  void clear_references() override {
    table.clear();
    factory = Value();
  }

 private:
  bool printing_ = false;
};

class Set : public Container {
 public:
  explicit Set(bool frozen = false) : Container(Kind::kSet), frozen(frozen) {}
  static constexpr bool is_dict = false;
  Table table;
  bool frozen;

  const Type& type() const override;
  std::string repr(Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return table.size() > 0; }
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(table.size()); }
  bool has_length() const override { return true; }
  size_t hash(Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;
  void clear_references() override { table.clear(); }
};

class Slice : public Object {
 public:
  Slice(Value start, Value stop, Value step)
      : start(std::move(start)), stop(std::move(stop)), step(std::move(step)) {}
  Value start, stop, step;
  const Type& type() const override;
  std::string repr(Interpreter& interpreter) override;
};

class Range : public Object {
 public:
  Range(int64_t start, int64_t stop, int64_t step) : start(start), stop(stop), step(step) {}
  int64_t start, stop, step;
  int64_t count() const;
  const Type& type() const override;
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override;
  std::string repr(Interpreter& interpreter) override;
  bool truth(Interpreter&) override { return count() > 0; }
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return count(); }
  bool has_length() const override { return true; }
  size_t hash(Interpreter& interpreter) override;
  Value item(const Value& index, Interpreter& interpreter) override;
  bool contains(const Value& element, Interpreter& interpreter) override;
};

// What dict.keys(), .values() and .items() give: a view that follows the dict.
class DictView : public Object {
 public:
  enum Sort { kKeys, kValues, kItems };
  DictView(Ref<Dict> dict, Sort sort) : dict_(std::move(dict)), sort_(sort) {}
  const Type& type() const override;
  std::string repr(Interpreter& interpreter) override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) override;
  Value compare(CompareOp op, const Value& other, Interpreter& interpreter) override;
  Ref<Iterator> iterate(Interpreter& interpreter) override;
  int64_t length(Interpreter&) override { return static_cast<int64_t>(dict_->table.size()); }
  bool has_length() const override { return true; }
  bool contains(const Value& element, Interpreter& interpreter) override;

 private:
  Ref<Dict> dict_;
  Sort sort_;
};

inline Str& Value::as_str() const { return static_cast<Str&>(object()); }
inline Tuple& Value::as_tuple() const { return static_cast<Tuple&>(object()); }
inline List& Value::as_list() const { return static_cast<List&>(object()); }
inline Dict& Value::as_dict() const { return static_cast<Dict&>(object()); }
inline Set& Value::as_set() const { return static_cast<Set&>(object()); }
inline const std::string& Value::str() const { return as_str().text(); }

Value make_set(const std::vector<Value>& items, Interpreter& interpreter, bool frozen = false);

// A position inside a sequence of `length`, Python's rules for negative ones;
// IndexError "<what> index out of range".
size_t sequence_index(const Value& index, size_t length, std::string_view what);
// The positions a slice takes from a sequence of `length`.
std::vector<size_t> slice_positions(const Slice& slice, size_t length);

}  // namespace cadrecode::interpreter
