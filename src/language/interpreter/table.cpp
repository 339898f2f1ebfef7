// The insertion-ordered hash table behind dict and set.
#include "language/interpreter/containers.h"
#include "language/interpreter/heap.h"
#include "language/interpreter/interpreter.h"

namespace cadrecode::interpreter {
namespace {
constexpr size_t kLinear = 8;  // up to here a table is searched without an index
}

Table::~Table() { heap_remove(charged_); }

// The entry with this hash for which equal(key) holds. The comparison may run
// code of the program, so nothing is kept across it but positions.
template <class Equal>
size_t Table::position(size_t hash, Equal&& equal) const {
  if (index_.empty()) {
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (!may_be(i, hash) || !equal(entries_[i].key)) continue;
      return may_be(i, hash) ? i : kAbsent;
    }
    return kAbsent;
  }
  for (size_t bucket = hash * 0x9E3779B97F4A7C15ULL >> 20;; ++bucket) {
    if (index_.empty()) return kAbsent;
    const uint32_t entry = index_[bucket & (index_.size() - 1)];
    if (entry == 0) return kAbsent;
    const size_t i = entry - 1;
    if (may_be(i, hash) && equal(entries_[i].key)) return may_be(i, hash) ? i : kAbsent;
  }
}

// Drops deleted entries and makes an index with room to grow.
void Table::rebuild() {
  std::erase_if(entries_, [](const Entry& e) { return e.key.is_unset(); });
  index_.clear();
  if (entries_.size() < kLinear) return;
  size_t buckets = 32;
  while (buckets < entries_.size() * 3) buckets *= 2;
  index_.assign(buckets, 0);
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t bucket = entries_[i].hash * 0x9E3779B97F4A7C15ULL >> 20;
    while (index_[bucket & (buckets - 1)] != 0) ++bucket;
    index_[bucket & (buckets - 1)] = static_cast<uint32_t>(i + 1);
  }
}

void Table::charge() {
  const size_t bytes = entries_.capacity() * sizeof(Entry) + index_.capacity() * sizeof(uint32_t);
  if (bytes > charged_) {
    heap_add(bytes - charged_);
    charged_ = bytes;
  }
}

void Table::append(size_t hash, Value key, Value value) {
  const bool full =
      index_.empty() ? entries_.size() >= kLinear : (entries_.size() + 1) * 3 > index_.size() * 2;
  if (entries_.size() == entries_.capacity()) heap_add(0);
  entries_.push_back({hash, std::move(key), std::move(value)});
  ++live_;
  if (full) {
    rebuild();
  } else if (!index_.empty()) {
    size_t bucket = hash * 0x9E3779B97F4A7C15ULL >> 20;
    while (index_[bucket & (index_.size() - 1)] != 0) ++bucket;
    index_[bucket & (index_.size() - 1)] = static_cast<uint32_t>(entries_.size());
  }
  charge();
}

namespace {

auto equal_to(const Value& key, Interpreter& interpreter) {
  return [&key, &interpreter](const Value& candidate) {
    if (candidate.same(key)) return true;
    if (candidate.is_str() && key.is_str()) return candidate.str() == key.str();
    const Value keep = candidate;
    return equal(keep, key, interpreter);
  };
}

size_t text_hash(std::string_view text) { return std::hash<std::string_view>()(text); }

auto text_equal(std::string_view key) {
  return [key](const Value& candidate) { return candidate.is_str() && candidate.str() == key; };
}

}  // namespace

Value* Table::find(const Value& key, Interpreter& interpreter) {
  const size_t h = hash(key, interpreter);
  const size_t i = position(h, equal_to(key, interpreter));
  return i == kAbsent ? nullptr : &entries_[i].value;
}

Value* Table::find(std::string_view key) {
  const size_t i = position(text_hash(key), text_equal(key));
  return i == kAbsent ? nullptr : &entries_[i].value;
}

bool Table::insert(const Value& key, Value value, Interpreter& interpreter) {
  const size_t h = hash(key, interpreter);
  const size_t i = position(h, equal_to(key, interpreter));
  if (i != kAbsent) {
    entries_[i].value = std::move(value);
    return false;
  }
  append(h, key, std::move(value));
  return true;
}

void Table::insert(std::string_view key, Value value) {
  const size_t h = text_hash(key);
  const size_t i = position(h, text_equal(key));
  if (i != kAbsent) {
    entries_[i].value = std::move(value);
  } else {
    append(h, Value(key), std::move(value));
  }
}

void Table::remove(size_t i) {
  const Entry removed = std::move(entries_[i]);  // freed only once the table is in order
  entries_[i].key = Value();
  entries_[i].value = Value();
  --live_;
  if (live_ == 0) {
    entries_.clear();
    index_.clear();
  } else if (entries_.size() > 4 * live_ + kLinear) {
    rebuild();
  }
}

bool Table::erase(const Value& key, Interpreter& interpreter) {
  const size_t h = hash(key, interpreter);
  const size_t i = position(h, equal_to(key, interpreter));
  if (i != kAbsent) remove(i);
  return i != kAbsent;
}

bool Table::erase_text(std::string_view key) {
  const size_t i = position(text_hash(key), text_equal(key));
  if (i != kAbsent) remove(i);
  return i != kAbsent;
}

void Table::clear() {
  std::vector<Entry> dropped = std::move(entries_);
  entries_.clear();
  index_.clear();
  live_ = 0;
  heap_remove(std::exchange(charged_, 0));
}

}  // namespace cadrecode::interpreter
