#include "language/script/ast.h"

#include <algorithm>

namespace cadrecode::script {

void* Arena::allocate(size_t bytes) {
  constexpr size_t kAlign = alignof(std::max_align_t);
  constexpr size_t kBlock = 32 << 10;
  bytes = (bytes + kAlign - 1) / kAlign * kAlign;
  if (bytes > left_) {
    const size_t size = std::max(bytes, blocks_.empty() ? kBlock / 4 : kBlock);
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
  }
  void* memory = next_;
  next_ += bytes;
  left_ -= bytes;
  return memory;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  auto* bytes = static_cast<char*>(allocate(text.size()));
  std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

const Expr* chain_child(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kCall:
      return as<CallExpr>(expr).callee;
    case ExprKind::kAttribute:
      return as<Attribute>(expr).object;
    case ExprKind::kSubscript:
      return as<Subscript>(expr).object;
    case ExprKind::kBinary:
      return as<Binary>(expr).left;
    default:
      return nullptr;
  }
}

}  // namespace cadrecode::script
