#include "pipeline/chat/stream.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace cadrecode::chat {
namespace {

using nlohmann::json;

constexpr size_t kMostCalls = 64;

[[noreturn]] void malformed(const std::string& what, const std::string& text) {
  std::string shown =
      json(text.substr(0, 120)).dump(-1, ' ', false, json::error_handler_t::replace);
  throw Error(ErrorKind::kSyntax,
              fmt::format("the server's answer is not a chat completion: {} in {}", what, shown));
}

std::string text_of(const json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

void throw_error(const json& object) {
  if (!object.contains("error") || object["error"].is_null()) return;
  const json& e = object["error"];
  const std::string message = e.is_object()   ? text_of(e, "message")
                              : e.is_string() ? e.get<std::string>()
                                              : "";
  throw Error(ErrorKind::kInput, fmt::format("the server reports an error: {}",
                                             message.empty() ? "(without words)" : message));
}

void read_usage(const json& object, long long& in, long long& out) {
  if (!object.contains("usage") || !object["usage"].is_object()) return;
  const auto count = [&](const char* key) {
    const json& u = object["usage"];
    return u.contains(key) && u[key].is_number_integer() ? u[key].get<long long>() : 0;
  };
  in = count("prompt_tokens"), out = count("completion_tokens");
}

void read_call(const json& piece, std::vector<CallAsked>& calls, size_t fallback) {
  size_t at = fallback;
  if (piece.contains("index") && piece["index"].is_number_unsigned())
    at = piece["index"].get<size_t>();
  if (at >= kMostCalls)
    malformed("a call numbered too high",
              piece.dump(-1, ' ', false, json::error_handler_t::replace));
  if (calls.size() <= at) calls.resize(at + 1);
  const std::string id = text_of(piece, "id");
  if (!id.empty()) calls[at].id = id;
  if (!piece.contains("function") || !piece["function"].is_object()) return;
  calls[at].name += text_of(piece["function"], "name");
  calls[at].arguments += text_of(piece["function"], "arguments");
}

}  // namespace

void Assembler::event(const std::string& data) {
  if (data == "[DONE]") {
    done_ = true;
    return;
  }
  const json object = json::parse(data, nullptr, false);
  if (!object.is_object()) malformed("an event that is not JSON", data);
  throw_error(object);
  read_usage(object, tokens_in, tokens_out);
  if (!object.contains("choices")) malformed("an event without choices", data);
  if (!object["choices"].is_array()) malformed("choices that are no list", data);
  if (object["choices"].empty()) return;  // the last event carries usage only
  const json& choice = object["choices"][0];
  if (!choice.is_object()) malformed("a choice that is no object", data);
  if (choice.contains("finish_reason") && choice["finish_reason"].is_string()) done_ = true;
  if (!choice.contains("delta") || !choice["delta"].is_object()) return;
  text += text_of(choice["delta"], "content");
  if (!choice["delta"].contains("tool_calls") || !choice["delta"]["tool_calls"].is_array()) return;
  for (const json& piece : choice["delta"]["tool_calls"]) {
    if (piece.is_object()) read_call(piece, calls, 0);
  }
}

void Assembler::whole(const std::string& body) {
  const json object = json::parse(body, nullptr, false);
  if (!object.is_object()) malformed("text that is not JSON", body);
  throw_error(object);
  read_usage(object, tokens_in, tokens_out);
  if (!object.contains("choices") || !object["choices"].is_array() || object["choices"].empty() ||
      !object["choices"][0].is_object() || !object["choices"][0].contains("message") ||
      !object["choices"][0]["message"].is_object())
    malformed("no message", body);
  const json& message = object["choices"][0]["message"];
  text = text_of(message, "content");
  if (message.contains("tool_calls") && message["tool_calls"].is_array()) {
    for (const json& piece : message["tool_calls"]) {
      if (piece.is_object()) read_call(piece, calls, calls.size());
    }
  }
  done_ = true;
}

std::string Assembler::feed(const char* data, size_t size) {
  buffer_.append(data, size);
  const size_t before = text.size();
  for (size_t end; (end = buffer_.find('\n')) != std::string::npos;) {
    std::string line = buffer_.substr(0, end);
    // an answer in one piece begins with a brace and stays in the buffer
    const size_t first = line.find_first_not_of(" \t\r");
    if (!streamed_ && first != std::string::npos && line.compare(first, 5, "data:") != 0 &&
        line[first] != ':' && line.compare(first, 6, "event:") != 0 &&
        line.compare(first, 3, "id:") != 0 && line.compare(first, 6, "retry:") != 0)
      break;
    if (first != std::string::npos) streamed_ = true;
    buffer_.erase(0, end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.rfind("data:", 0) != 0) continue;
    const size_t start = line.find_first_not_of(' ', 5);
    if (start != std::string::npos) event(line.substr(start));
  }
  return text.substr(before);
}

void Assembler::finish() {
  if (!streamed_) {
    if (buffer_.empty()) throw Error(ErrorKind::kInput, "the answer was cut before it began");
    if (buffer_.rfind("data:", 0) == 0)
      feed("\n", 1);
    else
      whole(buffer_);
  } else if (!buffer_.empty()) {
    feed("\n", 1);
  }
  if (!done_) throw Error(ErrorKind::kInput, "the answer was cut before its end");
}

}  // namespace cadrecode::chat
