// Bookkeeping of what a running program holds: bytes alive, and the chain of
// containers that must be emptied at its end (containers.h, Container).
#pragma once

#include <cstddef>

namespace cadrecode::interpreter {

class Container;

class Heap {
 public:
  explicit Heap(size_t limit) : limit_(limit) {}
  ~Heap();
  Heap(const Heap&) = delete;

  // The heap new objects of this thread belong to; null outside a program.
  static Heap* current();

  // Makes a heap current for a scope.
  class Scope {
   public:
    explicit Scope(Heap* heap);
    ~Scope();

   private:
    Heap* previous_;
  };

  // Throws Error(limit) when `bytes` more would exceed the limit.
  void require(size_t bytes) const;
  void add(size_t bytes) {
    require(bytes);
    live_ += bytes;
  }
  void remove(size_t bytes) { live_ -= bytes < live_ ? bytes : live_; }
  size_t live() const { return live_; }

  void link(Container& container);
  void unlink(Container& container);
  // Breaks every ring of references by emptying all containers.
  void empty_containers();

 private:
  size_t limit_;
  size_t live_ = 0;
  Container* first_ = nullptr;
};

// Charges the current heap, if there is one.
void heap_add(size_t bytes);
void heap_remove(size_t bytes);

}  // namespace cadrecode::interpreter
