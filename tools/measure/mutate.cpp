#include "mutate.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include "base/random.h"

namespace cadrecode::measure {
namespace {

struct Span {
  size_t begin, end;
};

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

// Number literals outside quotes, with the sign that belongs to them.
std::vector<Span> numbers(const std::string& s) {
  std::vector<Span> found;
  bool quoted = false;
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\'') quoted = !quoted;
    if (quoted || !std::isdigit(static_cast<unsigned char>(s[i]))) continue;
    size_t end = i;
    while (end < s.size() && (std::isdigit(static_cast<unsigned char>(s[end])) || s[end] == '.'))
      ++end;
    if (i == 0 || !in_word(s[i - 1])) {
      const bool negative =
          i > 1 && s[i - 1] == '-' && (s[i - 2] == '(' || s[i - 2] == ',' || s[i - 2] == '=');
      found.push_back({negative ? i - 1 : i, end});
    }
    while (end < s.size() && in_word(s[end])) ++end;
    i = end - 1;
  }
  return found;
}

// The end of the bracketed text that opens at s[open], or npos.
size_t closing(const std::string& s, size_t open) {
  int depth = 0;
  for (size_t i = open; i < s.size(); ++i) {
    if (s[i] == '(') ++depth;
    if (s[i] == ')' && --depth == 0) return i + 1;
  }
  return std::string::npos;
}

// What draws, places or combines; the rest of a program's skeleton stays, so that
// most mutants run.
bool editable(const std::string& name) {
  static const char* const kNames[] = {"segment", "arc", "circle",    "rect", "push",    "face",
                                       "union",   "cut", "intersect", "box",  "cylinder"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](const char* n) { return name == n; });
}

// Editable method calls ".name(…)", wherever they are.
std::vector<Span> calls(const std::string& s) {
  std::vector<Span> found;
  for (size_t i = s.find('\n') + 1; i < s.size(); ++i) {
    if (s[i] != '.' || i + 1 >= s.size() || !std::isalpha(static_cast<unsigned char>(s[i + 1])))
      continue;
    size_t open = i + 1;
    while (open < s.size() && in_word(s[open]) && s[open] != '.') ++open;
    if (open >= s.size() || s[open] != '(') continue;
    if (!editable(s.substr(i + 1, open - i - 1))) continue;
    const size_t end = closing(s, open);
    if (end != std::string::npos) found.push_back({i, end});
  }
  return found;
}

// Calls that follow one another in one chain, the first of them given.
std::vector<Span> chain_from(const std::vector<Span>& all, size_t first) {
  std::vector<Span> chain{all[first]};
  for (const Span& c : all) {
    if (c.begin == chain.back().end) chain.push_back(c);
  }
  return chain;
}

std::vector<Span> words(const std::string& s, const std::vector<std::string>& any) {
  std::vector<Span> found;
  for (size_t i = 0; i < s.size(); ++i) {
    for (const std::string& word : any) {
      if (s.compare(i, word.size(), word) == 0) found.push_back({i, i + word.size()});
    }
  }
  return found;
}

std::string cut_out(const std::string& s, Span a) { return s.substr(a.begin, a.end - a.begin); }

void put(std::string& s, Span a, const std::string& text) {
  s.replace(a.begin, a.end - a.begin, text);
}

std::string text(double v) {
  if (v == static_cast<int64_t>(v)) return std::to_string(static_cast<int64_t>(v));
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr};
}

enum Edit {
  kNudge,
  kSign,
  kCopy,
  kZero,
  kScale,
  kPlane,
  kMode,
  kDrop,
  kTwice,
  kSwap,
  kTurn,
  kOperation,
  kLines,
  kEdits
};

void edit_number(std::string& s, Edit edit, RandomStream& random) {
  const std::vector<Span> all = numbers(s);
  if (all.empty()) return;
  const Span at = all[random.next_below(all.size())];
  const double v = std::stod(cut_out(s, at));
  switch (edit) {
    case kNudge:
      return put(s, at, text(v + static_cast<double>(random.next_int(-20, 20))));
    case kSign:
      return put(s, at, text(-v));
    case kCopy:
      return put(s, at, cut_out(s, all[random.next_below(all.size())]));
    case kZero:
      return put(s, at, "0");
    default:
      return put(s, at, text(v * static_cast<double>(random.next_int(1, 30)) / 10));
  }
}

// One of `any` in the text becomes another one.
void exchange(std::string& s, const std::vector<std::string>& any, RandomStream& random) {
  const std::vector<Span> all = words(s, any);
  if (all.empty()) return;
  put(s, all[random.next_below(all.size())], any[random.next_below(any.size())]);
}

void edit_calls(std::string& s, Edit edit, RandomStream& random) {
  const std::vector<Span> all = calls(s);
  if (all.empty()) return;
  const size_t first = random.next_below(all.size());
  const std::vector<Span> chain = chain_from(all, first);
  if (edit == kDrop) return put(s, chain[0], "");
  if (edit == kTwice) return put(s, chain[0], cut_out(s, chain[0]) + cut_out(s, chain[0]));
  if (chain.size() < 2) return;
  std::vector<std::string> texts;
  for (const Span& c : chain) texts.push_back(cut_out(s, c));
  if (edit == kSwap) {
    std::swap(texts[0], texts[random.next_below(texts.size())]);
  } else {
    texts.push_back(texts[0]), texts.erase(texts.begin());
  }
  std::string joined;
  for (const std::string& t : texts) joined += t;
  put(s, {chain.front().begin, chain.back().end}, joined);
}

void edit_lines(std::string& s, RandomStream& random) {
  std::vector<std::string> lines;
  for (size_t at = 0; at <= s.size();) {
    const size_t end = std::min(s.find('\n', at), s.size());
    lines.push_back(s.substr(at, end - at));
    at = end + 1;
  }
  if (lines.size() < 3) return;  // the import, and one more
  const size_t i = 1 + random.next_below(lines.size() - 1),
               j = 1 + random.next_below(lines.size() - 1);
  if (i == j) {
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
  } else {  // what is assigned, not the names
    const size_t a = lines[i].find('='), b = lines[j].find('=');
    if (a == std::string::npos || b == std::string::npos) return;
    const std::string left = lines[i].substr(a), right = lines[j].substr(b);
    lines[i].replace(a, std::string::npos, right), lines[j].replace(b, std::string::npos, left);
  }
  s.clear();
  for (const std::string& line : lines) s += (s.empty() ? "" : "\n") + line;
}

void apply(std::string& s, RandomStream& random) {
  const Edit edit = static_cast<Edit>(random.next_below(kEdits));
  if (edit <= kScale) return edit_number(s, edit, random);
  if (edit == kPlane) return exchange(s, {"'XY'", "'YZ'", "'ZX'"}, random);
  if (edit == kMode) return exchange(s, {"mode='s'", "mode='a'"}, random);
  if (edit == kOperation) return exchange(s, {".union(", ".cut(", ".intersect("}, random);
  if (edit == kLines) return edit_lines(s, random);
  edit_calls(s, edit, random);
}

}  // namespace

std::string mutant(const std::string& code, uint64_t seed, uint64_t index) {
  RandomStream random(seed, index);
  std::string s = code;
  const uint64_t edits = 1 + random.next_below(3);
  for (uint64_t done = 0, tries = 0; done < edits && tries < 20; ++tries) {
    const std::string before = s;
    apply(s, random);
    done += s != before;
  }
  return s;
}

}  // namespace cadrecode::measure
