#include "learning/infer/grammar.h"

#include <algorithm>

namespace cadrecode::infer {
namespace {

// Masks kept: 19 kB each for a vocabulary of 150,000.
constexpr size_t kMostMasks = 4096;

class GrammarFilter : public decode::TokenFilter {
 public:
  explicit GrammarFilter(std::shared_ptr<Grammar> grammar) : grammar_(std::move(grammar)) {}

  std::unique_ptr<decode::TokenFilter> clone() const override {
    return std::make_unique<GrammarFilter>(*this);
  }
  std::span<const uint64_t> allowed() override {
    mask_ = grammar_->mask(state_);
    return *mask_;
  }
  void advance(int32_t token) override { state_.accept(grammar_->bytes(token)); }

 private:
  std::shared_ptr<Grammar> grammar_;
  acceptor::Acceptor state_;
  std::shared_ptr<const Grammar::Mask> mask_;
};

}  // namespace

Grammar::Grammar(const tokenizer::Tokenizer& tokenizer, std::vector<int32_t> end_tokens,
                 size_t vocabulary)
    : end_tokens_(std::move(end_tokens)), bytes_(vocabulary), nodes_(1) {
  for (size_t id = 0; id < std::min(vocabulary, tokenizer.size()); ++id) {
    const int32_t token = static_cast<int32_t>(id);
    if (tokenizer.is_special(token)) continue;
    bytes_[id] = std::string(tokenizer.bytes(token));
    if (!bytes_[id].empty()) insert(token);
  }
}

void Grammar::insert(int32_t token) {
  uint32_t at = 0;
  for (char c : bytes(token)) {
    const uint8_t byte = static_cast<uint8_t>(c);
    uint32_t child = nodes_[at].first_child;
    while (child && nodes_[child].byte != byte) child = nodes_[child].next;
    if (!child) {
      child = static_cast<uint32_t>(nodes_.size());
      nodes_.push_back({byte, {}, 0, nodes_[at].first_child});
      nodes_[at].first_child = child;
    }
    at = child;
  }
  nodes_[at].tokens.push_back(token);
}

void Grammar::walk(uint32_t node, const acceptor::Acceptor& state, Mask& mask) const {
  for (uint32_t child = nodes_[node].first_child; child; child = nodes_[child].next) {
    acceptor::Acceptor next = state;
    if (!next.step(nodes_[child].byte)) continue;
    for (int32_t token : nodes_[child].tokens)
      mask[static_cast<size_t>(token) / 64] |= uint64_t{1} << (token % 64);
    walk(child, next, mask);
  }
}

std::shared_ptr<const Grammar::Mask> Grammar::mask(const acceptor::Acceptor& state) {
  std::string key = state.key();
  const auto known = masks_.find(key);
  if (known != masks_.end()) return known->second;
  auto mask = std::make_shared<Mask>((bytes_.size() + 63) / 64);
  walk(0, state, *mask);
  if (state.complete()) {
    for (int32_t token : end_tokens_) {
      if (token >= 0 && static_cast<size_t>(token) < bytes_.size())
        (*mask)[static_cast<size_t>(token) / 64] |= uint64_t{1} << (token % 64);
    }
  }
  if (masks_.size() >= kMostMasks) masks_.clear();
  ++made_;
  masks_.emplace(std::move(key), mask);
  return mask;
}

std::unique_ptr<decode::TokenFilter> Grammar::filter() {
  return std::make_unique<GrammarFilter>(shared_from_this());
}

}  // namespace cadrecode::infer
