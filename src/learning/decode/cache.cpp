#include "learning/decode/cache.h"

namespace cadrecode::decode {

void Sequence::grow(size_t count) {
  if (count == 0) return;
  if (length_ % kPagePositions && pages_.back().use_count() > 1)
    pages_.back() = std::make_shared<Page>(*pages_.back());
  length_ += count;
  while (pages_.size() * kPagePositions < length_)
    pages_.push_back(std::make_shared<Page>(shape_.page_floats()));
}

}  // namespace cadrecode::decode
