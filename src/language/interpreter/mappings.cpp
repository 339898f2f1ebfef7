// dict, its views, and set as objects. Their methods are in *_methods.cpp.
#include "language/interpreter/containers.h"
#include "language/interpreter/interpreter.h"
#include "language/interpreter/operators.h"

namespace cadrecode::interpreter {
namespace {

// Steps through a table; a table that changes its size meanwhile is an error.
template <class Owner>
class TableIterator : public Iterator {
 public:
  TableIterator(Owner* owner, DictView::Sort sort)
      : owner_(owner), sort_(sort), size_(owner->table.size()) {}
  bool next(Value& out, Interpreter&) override {
    if (!owner_) return false;
    Table& table = owner_->table;
    if (table.size() != size_) {
      throw_exception(
          exception_type("RuntimeError"),
          std::string(owner_->is_dict ? "dictionary" : "Set") + " changed size during iteration");
    }
    const auto& entries = table.entries();
    while (next_ < entries.size() && entries[next_].key.is_unset()) ++next_;
    if (next_ >= entries.size()) {
      owner_ = nullptr;
      return false;
    }
    const Table::Entry& entry = entries[next_++];
    out = sort_ == DictView::kKeys     ? entry.key
          : sort_ == DictView::kValues ? entry.value
                                       : make_tuple({entry.key, entry.value});
    return true;
  }

 private:
  Ref<Owner> owner_;
  DictView::Sort sort_;
  size_t size_;
  size_t next_ = 0;
};

std::string join_repr(const Table& table, bool pairs, Interpreter& interpreter) {
  std::string out;
  // By position: repr may run code that changes the table.
  for (size_t i = 0; i < table.entries().size(); ++i) {
    const Table::Entry entry = table.entries()[i];
    if (entry.key.is_unset()) continue;
    interpreter.charge();
    if (!out.empty()) out += ", ";
    out += repr(entry.key, interpreter);
    if (pairs) out += ": " + repr(entry.value, interpreter);
    interpreter.charge_memory(out.size());
  }
  return out;
}

bool subset(const Table& a, Set& b, Interpreter& interpreter) {
  // By position and copy: a comparison may change either table.
  for (size_t i = 0; i < a.entries().size(); ++i) {
    const Value key = a.entries()[i].key;
    if (!key.is_unset() && !b.table.find(key, interpreter)) return false;
  }
  return true;
}

}  // namespace

// --- dict ---

std::string Dict::repr(Interpreter& interpreter) {
  if (printing_) return "{...}";
  printing_ = true;
  struct Reset {
    bool& flag;
    ~Reset() { flag = false; }
  } reset{printing_};
  return "{" + join_repr(table, true, interpreter) + "}";
}

Ref<Iterator> Dict::iterate(Interpreter&) {
  return make<TableIterator<Dict>>(this, DictView::kKeys);
}
size_t Dict::hash(Interpreter&) { throw_type_error("unhashable type: 'dict'"); }
bool Dict::contains(const Value& element, Interpreter& interpreter) {
  return table.find(element, interpreter) != nullptr;
}

Value Dict::item(const Value& index, Interpreter& interpreter) {
  if (const Value* value = table.find(index, interpreter)) return *value;
  if (!factory.is_unset() && !factory.is_none()) {
    const Value value = interpreter.call(factory, {});
    table.insert(index, value, interpreter);
    return value;
  }
  throw_key_error(index, interpreter);
}

void Dict::set_item(const Value& index, const Value& value, Interpreter& interpreter) {
  table.insert(index, value, interpreter);
}

void Dict::delete_item(const Value& index, Interpreter& interpreter) {
  if (!table.erase(index, interpreter)) throw_key_error(index, interpreter);
}

Value Dict::compare(CompareOp op, const Value& other, Interpreter& interpreter) {
  if (!other.is_dict() || op > CompareOp::kNotEqual) return {};
  Dict& that = other.as_dict();
  bool same = table.size() == that.table.size();
  for (size_t i = 0; same && i < table.entries().size(); ++i) {
    const Table::Entry entry = table.entries()[i];
    if (entry.key.is_unset()) continue;
    const Value* value = that.table.find(entry.key, interpreter);
    same = value && equal(entry.value, Value(*value), interpreter);
  }
  return same == (op == CompareOp::kEqual);
}

Value Dict::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (op != BinaryOp::kOr || reflected || !other.is_dict()) return {};
  Ref<Dict> result = make<Dict>();
  for (const Table* source : {&table, &other.as_dict().table}) {
    for (size_t i = 0; i < source->entries().size(); ++i) {
      const Table::Entry entry = source->entries()[i];
      if (!entry.key.is_unset()) result->table.insert(entry.key, entry.value, interpreter);
    }
  }
  return result;
}

// --- views ---

const Type& DictView::type() const {
  static const Type& keys = define_type("dict_keys").raises_attribute_error();
  static const Type& values = define_type("dict_values").raises_attribute_error();
  static const Type& items = define_type("dict_items").raises_attribute_error();
  return sort_ == kKeys ? keys : sort_ == kValues ? values : items;
}

std::string DictView::repr(Interpreter& interpreter) {
  return type().name() + "(" +
         interpreter::repr(make_list(elements(Value(this), interpreter)), interpreter) + ")";
}

Ref<Iterator> DictView::iterate(Interpreter&) {
  return make<TableIterator<Dict>>(dict_.get(), sort_);
}

bool DictView::contains(const Value& element, Interpreter& interpreter) {
  if (sort_ == kKeys) return dict_->table.find(element, interpreter) != nullptr;
  return Object::contains(element, interpreter);
}

// Keys and items behave as sets.
Value DictView::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (sort_ == kValues) return {};
  const Value mine = make_set(elements(Value(this), interpreter), interpreter);
  const Value theirs =
      other.kind() == Kind::kSet ? other : make_set(elements(other, interpreter), interpreter);
  return mine.object().binary(op, theirs, reflected, interpreter);
}

Value DictView::compare(CompareOp op, const Value& other, Interpreter& interpreter) {
  const auto* view = other.as<DictView>();
  if (sort_ == kValues || (!view && other.kind() != Kind::kSet)) return {};
  const Value mine = make_set(elements(Value(this), interpreter), interpreter);
  const Value theirs = view ? make_set(elements(other, interpreter), interpreter) : other;
  return mine.object().compare(op, theirs, interpreter);
}

// --- set ---

Value make_set(const std::vector<Value>& items, Interpreter& interpreter, bool frozen) {
  Ref<Set> set = make<Set>(frozen);
  for (const Value& item : items) set->table.insert(item, Value(), interpreter);
  return set;
}

std::string Set::repr(Interpreter& interpreter) {
  if (table.size() == 0) return frozen ? "frozenset()" : "set()";
  const std::string items = "{" + join_repr(table, false, interpreter) + "}";
  return frozen ? "frozenset(" + items + ")" : items;
}

Ref<Iterator> Set::iterate(Interpreter&) { return make<TableIterator<Set>>(this, DictView::kKeys); }

size_t Set::hash(Interpreter&) {
  if (!frozen) throw_type_error("unhashable type: 'set'");
  size_t h = table.size();
  for (const Table::Entry& entry : table.entries()) {
    if (!entry.key.is_unset()) h ^= entry.hash * 0x9E3779B97F4A7C15ULL;
  }
  return h;
}

bool Set::contains(const Value& element, Interpreter& interpreter) {
  return table.find(element, interpreter) != nullptr;
}

Value Set::compare(CompareOp op, const Value& other, Interpreter& interpreter) {
  if (other.kind() != Kind::kSet) return {};
  Set& that = other.as_set();
  const size_t mine = table.size(), theirs = that.table.size();
  switch (op) {
    case CompareOp::kEqual:
      return mine == theirs && subset(table, that, interpreter);
    case CompareOp::kNotEqual:
      return mine != theirs || !subset(table, that, interpreter);
    case CompareOp::kLess:
      return mine < theirs && subset(table, that, interpreter);
    case CompareOp::kLessEqual:
      return mine <= theirs && subset(table, that, interpreter);
    case CompareOp::kGreater:
      return mine > theirs && subset(that.table, *this, interpreter);
    default:
      return mine >= theirs && subset(that.table, *this, interpreter);
  }
}

Value Set::binary(BinaryOp op, const Value& other, bool reflected, Interpreter& interpreter) {
  if (reflected || other.kind() != Kind::kSet) return {};
  Set& that = other.as_set();
  Ref<Set> result = make<Set>(frozen);
  const auto take = [&](const Table& from, Set* unless, bool wanted) {
    for (size_t i = 0; i < from.entries().size(); ++i) {
      const Value key = from.entries()[i].key;
      if (key.is_unset()) continue;
      interpreter.charge();
      const bool found = unless && unless->table.find(key, interpreter);
      if (found == wanted) result->table.insert(key, Value(), interpreter);
    }
  };
  switch (op) {
    case BinaryOp::kOr:
      take(table, nullptr, false), take(that.table, nullptr, false);
      break;
    case BinaryOp::kAnd:
      take(table, &that, true);
      break;
    case BinaryOp::kSubtract:
      take(table, &that, false);
      break;
    case BinaryOp::kXor:
      take(table, &that, false), take(that.table, this, false);
      break;
    default:
      return {};
  }
  return result;
}

}  // namespace cadrecode::interpreter
