#include "learning/tokenizer/tokenizer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/error.h"
#include "base/files.h"
#include "learning/tokenizer/added.h"
#include "learning/tokenizer/bpe.h"
#include "learning/tokenizer/bytes.h"
#include "learning/tokenizer/pattern.h"

namespace cadrecode::tokenizer {
namespace {

using nlohmann::json;

struct Split {
  Pattern pattern;
  Behavior behavior;
  bool invert;
};

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorKind::kInput, what + " is not supported; a byte-level BPE tokenizer.json is");
}

std::string type_of(const json& node) { return node.is_object() ? node.value("type", "?") : "?"; }

// The regular expression of GPT-2, which "ByteLevel" means by use_regex.
constexpr const char* kGpt2 =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

std::string escaped(const std::string& literal) {
  std::string result;
  for (char c : literal) {
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

Split read_split(const json& node) {
  const json& pattern = node.at("pattern");
  std::string expression = pattern.contains("Regex")
                               ? pattern["Regex"].get<std::string>()
                               : escaped(pattern.at("String").get<std::string>());
  std::string behavior = node.value("behavior", "Isolated");
  if (behavior != "Isolated" && behavior != "Removed") refuse("split behaviour '" + behavior + "'");
  return {Pattern(expression), behavior == "Isolated" ? Behavior::kIsolated : Behavior::kRemoved,
          node.value("invert", false)};
}

void read_pre_tokenizer(const json& node, std::vector<Split>& splits) {
  std::string type = type_of(node);
  if (type == "Sequence") {
    for (const json& part : node.at("pretokenizers")) read_pre_tokenizer(part, splits);
  } else if (type == "Split") {
    splits.push_back(read_split(node));
  } else if (type == "ByteLevel") {
    if (node.value("add_prefix_space", false)) refuse("add_prefix_space");
    if (node.value("use_regex", true))
      splits.push_back({Pattern(kGpt2), Behavior::kIsolated, false});
  } else {
    refuse("pre-tokenizer '" + type + "'");
  }
}

bool read_normalizer(const json& root) {
  if (!root.contains("normalizer") || root["normalizer"].is_null()) return false;
  std::string type = type_of(root["normalizer"]);
  if (type != "NFC") refuse("normaliser '" + type + "'");
  return true;
}

std::unordered_map<std::string, int32_t> read_vocabulary(const json& model) {
  std::unordered_map<std::string, int32_t> vocabulary;
  for (const auto& [token, id] : model.at("vocab").items()) {
    auto bytes = bytes_of(token);
    if (!bytes)
      throw Error(ErrorKind::kInput, "token '" + token + "' is outside the byte-level alphabet");
    vocabulary.emplace(*bytes, id.get<int32_t>());
  }
  return vocabulary;
}

// "a b" or ["a", "b"].
std::pair<std::string, std::string> read_merge(const json& node) {
  std::string left, right;
  if (node.is_array() && node.size() == 2) {
    left = node[0].get<std::string>(), right = node[1].get<std::string>();
  } else {
    std::string both = node.get<std::string>();
    size_t space = both.find(' ');
    if (space == std::string::npos)
      throw Error(ErrorKind::kInput, "merge '" + both + "' has no space");
    left = both.substr(0, space), right = both.substr(space + 1);
  }
  auto a = bytes_of(left), b = bytes_of(right);
  if (!a || !b)
    throw Error(ErrorKind::kInput,
                "merge '" + left + "' + '" + right + "' is outside the byte-level alphabet");
  return {*a, *b};
}

std::vector<AddedToken> read_added(const json& root) {
  std::vector<AddedToken> tokens;
  if (!root.contains("added_tokens")) return tokens;
  for (const json& node : root["added_tokens"]) {
    tokens.push_back({node.at("id").get<int32_t>(), node.at("content").get<std::string>(),
                      node.value("single_word", false), node.value("lstrip", false),
                      node.value("rstrip", false), node.value("normalized", false),
                      node.value("special", false)});
  }
  return tokens;
}

std::vector<AddedToken> select(const std::vector<AddedToken>& all, bool normalized) {
  std::vector<AddedToken> chosen;
  std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
               [&](const AddedToken& t) { return t.normalized == normalized; });
  return chosen;
}

}  // namespace

struct Tokenizer::Impl {
  bool normalize = false;
  std::vector<Split> splits;
  AddedTokens raw, normalized;  // looked for before and after normalising
  Bpe bpe;
  std::vector<std::string> bytes_of_id;
  std::unordered_map<std::string, int32_t> added_ids;
  std::unordered_set<int32_t> special;

  void encode_words(std::string_view text, std::vector<int32_t>& ids) const {
    std::vector<std::string_view> words{text};
    for (const Split& split : splits) {
      std::vector<std::string_view> finer;
      for (std::string_view word : words) {
        auto parts = split.pattern.split(word, split.behavior, split.invert);
        finer.insert(finer.end(), parts.begin(), parts.end());
      }
      words = std::move(finer);
    }
    for (std::string_view word : words) bpe.encode(word, ids);
  }

  void encode_text(std::string_view text, std::vector<int32_t>& ids) const {
    std::string normal = normalize ? nfc(text) : std::string(text);
    for (const auto& piece : normalized.split(normal)) {
      if (auto* token = std::get_if<const AddedToken*>(&piece)) {
        ids.push_back((*token)->id);
      } else {
        encode_words(std::get<std::string_view>(piece), ids);
      }
    }
  }
};

Tokenizer::Tokenizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

Tokenizer Tokenizer::load(const std::string& path) { return from_json(read_file(path), path); }

Tokenizer Tokenizer::from_json(std::string_view text, const std::string& name) try {
  json root = json::parse(text);
  const json& model = root.at("model");
  if (type_of(model) != "BPE" && model.contains("type")) refuse("model '" + type_of(model) + "'");
  if (model.value("byte_fallback", false)) refuse("byte_fallback");
  std::vector<Split> splits;
  if (root.contains("pre_tokenizer") && !root["pre_tokenizer"].is_null()) {
    read_pre_tokenizer(root["pre_tokenizer"], splits);
  }
  auto vocabulary = read_vocabulary(model);
  std::vector<std::pair<std::string, std::string>> merges;
  for (const json& node : model.at("merges")) merges.push_back(read_merge(node));
  auto added = read_added(root);

  int32_t largest = -1;
  for (const auto& [token, id] : vocabulary) largest = std::max(largest, id);
  for (const AddedToken& token : added) largest = std::max(largest, token.id);
  if (largest < 0 || largest > 100'000'000)
    throw Error(ErrorKind::kInput, "the vocabulary's ids are out of range");
  std::vector<std::string> bytes(static_cast<size_t>(largest) + 1);
  for (const auto& [token, id] : vocabulary) bytes.at(static_cast<size_t>(id)) = token;
  std::unordered_map<std::string, int32_t> added_ids;
  std::unordered_set<int32_t> special;
  for (const AddedToken& token : added) {
    bytes.at(static_cast<size_t>(token.id)) = token.content;
    added_ids[token.content] = token.id;
    if (token.special) special.insert(token.id);
  }
  return Tokenizer(std::unique_ptr<const Impl>(
      new Impl{read_normalizer(root), std::move(splits), AddedTokens(select(added, false)),
               AddedTokens(select(added, true)),
               Bpe(std::move(vocabulary), merges, model.value("ignore_merges", false)),
               std::move(bytes), std::move(added_ids), std::move(special)}));
} catch (const json::exception& error) {
  throw Error(ErrorKind::kInput, name + ": not a tokenizer.json: " + error.what(), {name, 0, 0});
} catch (const std::out_of_range&) {
  throw Error(ErrorKind::kInput, name + ": a token has a negative id", {name, 0, 0});
} catch (const Error& error) {
  throw Error(error.kind(), name + ": " + error.what(), {name, 0, 0});
}

std::vector<int32_t> Tokenizer::encode(std::string_view text_in) const {
  std::string text = valid_utf8(text_in);
  std::vector<int32_t> ids;
  for (const auto& piece : impl_->raw.split(text)) {
    if (auto* token = std::get_if<const AddedToken*>(&piece)) {
      ids.push_back((*token)->id);
    } else {
      impl_->encode_text(std::get<std::string_view>(piece), ids);
    }
  }
  return ids;
}

std::string Tokenizer::decode(std::span<const int32_t> ids, bool skip_special) const {
  std::string bytes_out;
  for (int32_t id : ids) {
    if (!(skip_special && is_special(id))) bytes_out += bytes(id);
  }
  return valid_utf8(bytes_out);
}

std::string_view Tokenizer::bytes(int32_t id) const {
  if (id < 0 || static_cast<size_t>(id) >= impl_->bytes_of_id.size()) return {};
  return impl_->bytes_of_id[static_cast<size_t>(id)];
}

int32_t Tokenizer::id(std::string_view token) const {
  auto added = impl_->added_ids.find(std::string(token));
  return added != impl_->added_ids.end() ? added->second : impl_->bpe.id(std::string(token));
}

bool Tokenizer::is_special(int32_t id) const { return impl_->special.count(id) > 0; }

size_t Tokenizer::size() const { return impl_->bytes_of_id.size(); }

}  // namespace cadrecode::tokenizer
