// Keys and values of the positions a sequence has seen.
//
// Memory comes in pages of 16 positions that sequences share: samples of one
// input hold the pages of their common prefix once, and a page is copied only
// when a sequence writes into one that others hold too.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "learning/decode/kernels.h"

namespace cadrecode::decode {

struct CacheShape {
  size_t layers = 0, heads = 0, head_dim = 0;  // key/value heads
  size_t head_floats() const { return head_dim * kPagePositions; }
  size_t page_floats() const { return layers * heads * 2 * head_floats(); }
};

class Sequence {
 public:
  explicit Sequence(CacheShape shape) : shape_(shape) {}

  // Copies share all pages.
  Sequence(const Sequence&) = default;
  Sequence& operator=(const Sequence&) = default;
  Sequence(Sequence&&) = default;
  Sequence& operator=(Sequence&&) = default;

  size_t length() const { return length_; }

  // Makes room for `count` more positions that only this sequence holds.
  void grow(size_t count);

  // Of one page, layer and head: keys [head_dim][16], values [16][head_dim].
  float* keys(size_t page, size_t layer, size_t head) {
    return pages_[page]->data() + offset(layer, head);
  }
  float* values(size_t page, size_t layer, size_t head) {
    return keys(page, layer, head) + shape_.head_floats();
  }

 private:
  using Page = std::vector<float>;
  size_t offset(size_t layer, size_t head) const {
    return (layer * shape_.heads + head) * 2 * shape_.head_floats();
  }

  CacheShape shape_;
  size_t length_ = 0;
  std::vector<std::shared_ptr<Page>> pages_;
};

}  // namespace cadrecode::decode
