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

 private:
  std::vector<Value> items_;
};

// Objects that can refer to themselves, directly or not. Counting alone never
// frees such a ring, so the interpreter keeps them on a chain and empties those
// that are left when it ends.
class Container : public Object {
 public:
  virtual void clear_references() = 0;

 protected:
  explicit Container(Kind kind);
  ~Container() override;

 private:
  friend class Heap;
  Container* previous_ = nullptr;
  Container* next_ = nullptr;
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
  bool erase(const Value& key, Interpreter& interpreter);
  size_t size() const { return live_; }
  void clear();
  // All slots in order; skip entries whose key is unset.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  size_t position(const Value& key, size_t hash, Interpreter& interpreter) const;
  void rebuild(size_t buckets);
  void charge();
  std::vector<Entry> entries_;
  std::vector<uint32_t> index_;  // bucket -> entry + 1, 0 empty; size a power of two
  size_t live_ = 0;
  size_t charged_ = 0;
};

class Dict : public Container {
 public:
  Dict() : Container(Kind::kDict) {}
  Table table;

  const Type& type() const override { return dict_type(); }
  void clear_references() override { table.clear(); }
};

class Set : public Container {
 public:
  explicit Set(bool frozen = false) : Container(Kind::kSet), frozen(frozen) {}
  Table table;
  bool frozen;

  const Type& type() const override;
  void clear_references() override { table.clear(); }
};

class Slice : public Object {
 public:
  Slice(Value start, Value stop, Value step)
      : start(std::move(start)), stop(std::move(stop)), step(std::move(step)) {}
  Value start, stop, step;
  const Type& type() const override;
};

class Range : public Object {
 public:
  Range(int64_t start, int64_t stop, int64_t step) : start(start), stop(stop), step(step) {}
  int64_t start, stop, step;
  int64_t count() const;
  const Type& type() const override;
};

inline Str& Value::as_str() const { return static_cast<Str&>(object()); }
inline Tuple& Value::as_tuple() const { return static_cast<Tuple&>(object()); }
inline List& Value::as_list() const { return static_cast<List&>(object()); }
inline Dict& Value::as_dict() const { return static_cast<Dict&>(object()); }
inline Set& Value::as_set() const { return static_cast<Set&>(object()); }
inline const std::string& Value::str() const { return as_str().text(); }

// A position inside a sequence of `length`, Python's rules for negative ones;
// IndexError "<what> index out of range".
size_t sequence_index(const Value& index, size_t length, std::string_view what);
// The positions a slice takes from a sequence of `length`.
std::vector<size_t> slice_positions(const Slice& slice, size_t length);

}  // namespace cadrecode::interpreter
