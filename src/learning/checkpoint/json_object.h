// Typed access to the keys of a JSON object, with errors that name file and key.
// Private to the checkpoint room (includes nlohmann/json).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace cadrecode::checkpoint {

class JsonObject {
 public:
  // Errors: kSyntax when `text` is not one JSON object.
  JsonObject(const std::string& text, const std::string& file) : file_(file) {
    json_ = nlohmann::json::parse(text, nullptr, false);
    if (json_.is_discarded()) throw Error(ErrorKind::kSyntax, file + ": is no JSON", {file, 0, 0});
    if (!json_.is_object()) {
      throw Error(ErrorKind::kSyntax, file + ": is no JSON object", {file, 0, 0});
    }
  }
  JsonObject(nlohmann::json json, const std::string& file, const std::string& prefix)
      : json_(std::move(json)), file_(file), prefix_(prefix) {}

  const nlohmann::json& json() const { return json_; }

  // Present and not null.
  bool has(const char* key) const { return json_.contains(key) && !json_[key].is_null(); }

  [[noreturn]] void fail(const char* key, const std::string& what,
                         ErrorKind kind = ErrorKind::kInput) const {
    throw Error(kind, file_ + ": key '" + prefix_ + key + "' " + what, {file_, 0, 0});
  }
  [[noreturn]] void unsupported(const char* key, const std::string& what) const {
    fail(key, what, ErrorKind::kUnsupported);
  }

  // Each returns `fallback` where the key is absent or null.
  std::optional<int64_t> integer(const char* key) const {
    if (!has(key)) return std::nullopt;
    const auto& v = json_[key];
    const bool fits = v.is_number_integer() &&
                      !(v.is_number_unsigned() && v.get<uint64_t>() > uint64_t{INT64_MAX});
    if (!fits) fail(key, "is " + shown(v) + ", an integer is wanted");
    return v.get<int64_t>();
  }
  int64_t integer(const char* key, int64_t fallback) const {
    return integer(key).value_or(fallback);
  }
  int64_t need_integer(const char* key) const {
    const auto v = integer(key);
    if (!v) fail(key, "is missing");
    return *v;
  }
  double number(const char* key, double fallback) const {
    if (!has(key)) return fallback;
    if (!json_[key].is_number()) fail(key, "is " + shown(json_[key]) + ", a number is wanted");
    return json_[key].get<double>();
  }
  bool truth(const char* key, bool fallback) const {
    if (!has(key)) return fallback;
    if (!json_[key].is_boolean()) {
      fail(key, "is " + shown(json_[key]) + ", true or false is wanted");
    }
    return json_[key].get<bool>();
  }
  std::string text(const char* key, const std::string& fallback) const {
    if (!has(key)) return fallback;
    if (!json_[key].is_string()) fail(key, "is " + shown(json_[key]) + ", a text is wanted");
    return json_[key].get<std::string>();
  }
  // A list of integers, or one alone.
  std::vector<int64_t> integers(const char* key) const {
    std::vector<int64_t> out;
    if (!has(key)) return out;
    const auto& v = json_[key];
    if (!v.is_array()) return {*integer(key)};
    for (const auto& item : v) {
      if (!item.is_number_integer()) fail(key, "holds " + shown(item) + ", integers are wanted");
      out.push_back(item.get<int64_t>());
    }
    return out;
  }
  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> out;
    if (!has(key)) return out;
    const auto& v = json_[key];
    if (!v.is_array()) fail(key, "is " + shown(v) + ", a list of texts is wanted");
    for (const auto& item : v) {
      if (!item.is_string()) fail(key, "holds " + shown(item) + ", texts are wanted");
      out.push_back(item.get<std::string>());
    }
    return out;
  }
  // The object under `key`; empty where absent.
  JsonObject object(const char* key) const {
    if (!has(key)) return JsonObject(nlohmann::json::object(), file_, prefix_);
    if (!json_[key].is_object()) fail(key, "is " + shown(json_[key]) + ", an object is wanted");
    return JsonObject(json_[key], file_, prefix_ + key + ".");
  }

  static std::string shown(const nlohmann::json& v) {
    const std::string text = v.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    return text.size() > 60 ? text.substr(0, 60) + "…" : text;
  }

 private:
  nlohmann::json json_;
  std::string file_, prefix_;
};

}  // namespace cadrecode::checkpoint
