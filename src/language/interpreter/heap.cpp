#include "language/interpreter/heap.h"

#include <string>

#include "language/interpreter/containers.h"

namespace cadrecode::interpreter {
namespace {
thread_local Heap* current_heap = nullptr;
}

Heap* Heap::current() { return current_heap; }

Heap::Scope::Scope(Heap* heap) : previous_(current_heap) { current_heap = heap; }
Heap::Scope::~Scope() { current_heap = previous_; }

Heap::~Heap() { empty_containers(); }

void Heap::require(size_t bytes) const {
  if (bytes <= limit_ && live_ <= limit_ - bytes) return;
  throw Error(ErrorKind::kLimit, "the program needs more memory than its limit of " +
                                     std::to_string(limit_ >> 20) + " MiB");
}

void Heap::link(Container& container) {
  container.heap_ = this;
  container.next_ = first_;
  if (first_) first_->previous_ = &container;
  first_ = &container;
}

void Heap::unlink(Container& container) {
  if (container.previous_) container.previous_->next_ = container.next_;
  if (container.next_) container.next_->previous_ = container.previous_;
  if (first_ == &container) first_ = container.next_;
  container.previous_ = container.next_ = nullptr;
  container.heap_ = nullptr;
}

void Heap::empty_containers() {
  while (first_) {
    const Ref<Container> keep(first_);
    unlink(*keep);
    keep->clear_references();
  }
}

void heap_add(size_t bytes) {
  if (current_heap) current_heap->add(bytes);
}
void heap_remove(size_t bytes) {
  if (current_heap) current_heap->remove(bytes);
}

Container::Container(Kind kind) : Object(kind) {
  if (current_heap) current_heap->link(*this);
}
Container::~Container() {
  if (heap_) heap_->unlink(*this);
}

}  // namespace cadrecode::interpreter
