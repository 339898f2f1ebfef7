#include "learning/tokenizer/bpe.h"

#include <fmt/format.h>

#include <limits>
#include <queue>

#include "base/error.h"

namespace cadrecode::tokenizer {
namespace {

// Up to here scanning all pairs after each merge beats keeping a queue.
constexpr size_t kShortWord = 48;

}  // namespace

Bpe::Bpe(std::unordered_map<std::string, int32_t> vocabulary,
         const std::vector<std::pair<std::string, std::string>>& merges, bool ignore_merges)
    : vocabulary_(std::move(vocabulary)), ignore_merges_(ignore_merges) {
  for (int b = 0; b < 256; ++b) of_byte_[b] = id(std::string(1, static_cast<char>(b)));
  merges_.reserve(merges.size());
  for (size_t rank = 0; rank < merges.size(); ++rank) {
    const auto& [left, right] = merges[rank];
    int32_t a = id(left), b = id(right), result = id(left + right);
    if (a < 0 || b < 0 || result < 0) {
      throw Error(ErrorKind::kInput,
                  fmt::format("merge number {} uses a token that is not in the vocabulary", rank));
    }
    // A pair listed twice has its last rank, as in `tokenizers`.
    merges_.insert_or_assign(key(a, b), Merge{static_cast<int32_t>(rank), result});
  }
}

int32_t Bpe::id(const std::string& token) const {
  auto found = vocabulary_.find(token);
  return found == vocabulary_.end() ? -1 : found->second;
}

const Bpe::Merge* Bpe::find(int32_t left, int32_t right) const {
  auto found = merges_.find(key(left, right));
  return found == merges_.end() ? nullptr : &found->second;
}

void Bpe::encode(std::string_view word, std::vector<int32_t>& ids) const {
  if (ignore_merges_) {
    if (int32_t whole = id(std::string(word)); whole >= 0) {
      ids.push_back(whole);
      return;
    }
  }
  std::vector<int32_t> symbols;
  symbols.reserve(word.size());
  for (char c : word) {
    int32_t token = of_byte_[static_cast<unsigned char>(c)];
    if (token < 0) {
      throw Error(ErrorKind::kInput, fmt::format("the vocabulary has no token for byte 0x{:02x}",
                                                 static_cast<unsigned char>(c)));
    }
    symbols.push_back(token);
  }
  if (symbols.size() <= kShortWord) {
    merge_short(symbols);
  } else {
    merge_long(symbols);
  }
  ids.insert(ids.end(), symbols.begin(), symbols.end());
}

void Bpe::merge_short(std::vector<int32_t>& word) const {
  while (word.size() > 1) {
    const Merge* best = nullptr;
    size_t at = 0;
    for (size_t i = 0; i + 1 < word.size(); ++i) {
      const Merge* merge = find(word[i], word[i + 1]);
      if (merge && (!best || merge->rank < best->rank)) best = merge, at = i;
    }
    if (!best) return;
    word[at] = best->result;
    word.erase(word.begin() + static_cast<long>(at) + 1);
  }
}

// The same with a queue of candidate merges over a linked list: n log n.
void Bpe::merge_long(std::vector<int32_t>& word) const {
  struct Candidate {
    int32_t rank;
    uint32_t at;
    int32_t left, right;  // as they were; a changed pair makes the entry stale
    bool operator>(const Candidate& o) const { return rank != o.rank ? rank > o.rank : at > o.at; }
  };
  constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  const uint32_t n = static_cast<uint32_t>(word.size());
  std::vector<uint32_t> next(n), previous(n);
  for (uint32_t i = 0; i < n; ++i)
    next[i] = i + 1 < n ? i + 1 : kNone, previous[i] = i ? i - 1 : kNone;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  auto offer = [&](uint32_t at) {
    if (at == kNone || next[at] == kNone) return;
    if (const Merge* m = find(word[at], word[next[at]]))
      queue.push({m->rank, at, word[at], word[next[at]]});
  };
  for (uint32_t i = 0; i < n; ++i) offer(i);
  while (!queue.empty()) {
    Candidate c = queue.top();
    queue.pop();
    uint32_t right = next[c.at];
    if (word[c.at] != c.left || right == kNone || word[right] != c.right) continue;
    word[c.at] = find(c.left, c.right)->result;
    word[right] = -1;
    next[c.at] = next[right];
    if (next[right] != kNone) previous[next[right]] = c.at;
    offer(previous[c.at]);
    offer(c.at);
  }
  std::erase(word, -1);
}

}  // namespace cadrecode::tokenizer
