#include "pipeline/chat/chat.h"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error.h"
#include "base/interrupt.h"
#include "pipeline/chat/stream.h"

namespace cadrecode::chat {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr double kLongestWait = 60;  // whatever Retry-After says

struct Address {
  std::string origin, path;
};

Address address_of(const std::string& url) {
  const size_t scheme = url.find("://");
  const std::string word = url.substr(0, scheme == std::string::npos ? 0 : scheme);
  if (word != "http" && word != "https")
    throw Error(ErrorKind::kValue,
                fmt::format("'{}' is no server address: expected http://… or https://…", url));
  const size_t slash = url.find('/', scheme + 3);
  Address a;
  a.origin = url.substr(0, slash);
  a.path = slash == std::string::npos ? "" : url.substr(slash);
  while (!a.path.empty() && a.path.back() == '/') a.path.pop_back();
  return a;
}

// What came of one request: an answer, or why not and whether to try again.
struct Attempt {
  Assembler answer;
  bool again = false;
  double wait = 0;  // as the server asked
  std::string problem;
  ErrorKind kind = ErrorKind::kInput;
  bool good() const { return problem.empty(); }
};

std::string refusal(int status, const std::string& body) {
  const json object = json::parse(body, nullptr, false);
  std::string words;
  if (object.is_object() && object.contains("error")) {
    const json& e = object["error"];
    if (e.is_object() && e.contains("message") && e["message"].is_string()) words = e["message"];
    if (e.is_string()) words = e;
  }
  if (words.empty()) words = body.substr(0, 200);
  const char* hint =
      status == 401 || status == 403
          ? " (is the key right? it comes from the environment variable that --key-variable names)"
      : status == 404 ? " (are --server and --model right?)"
                      : "";
  return fmt::format("the server refuses with status {}: {}{}", status, words, hint);
}

void set_timeouts(httplib::Client& client, const Server& server) {
  const auto micros = [](double s) {
    return std::chrono::microseconds(static_cast<int64_t>(s * 1e6));
  };
  client.set_connection_timeout(micros(server.connect_seconds));
  client.set_read_timeout(micros(server.idle_seconds));
  client.set_write_timeout(micros(server.idle_seconds));
}

Attempt request(const Server& server, const std::string& body,
                const std::function<void(const std::string&)>& heard) {
  const Address to = address_of(server.url);
  httplib::Client client(to.origin);
  if (!client.is_valid())
    throw Error(ErrorKind::kValue, fmt::format("'{}' is no server address", server.url));
  set_timeouts(client, server);
  Attempt out;
  const auto start = Clock::now();
  bool late = false, too_long = false, spoke = false;
  std::string refused;
  size_t received = 0;
  int status = 0;
  std::optional<Error> broken;
  httplib::Request ask;
  ask.method = "POST";
  ask.path = to.path + "/chat/completions";
  ask.headers = {{"Content-Type", "application/json"},
                 {"Accept", "text/event-stream, application/json"}};
  if (!server.key.empty()) ask.headers.emplace("Authorization", "Bearer " + server.key);
  ask.body = body;
  ask.response_handler = [&](const httplib::Response& r) {
    status = r.status;
    return true;
  };
  ask.content_receiver = [&](const char* data, size_t size, uint64_t, uint64_t) {
    late = std::chrono::duration<double>(Clock::now() - start).count() > server.total_seconds;
    too_long = (received += size) > server.max_reply;
    if (late || too_long || interrupted()) return false;
    if (status != 200) {
      refused.append(data, std::min(size, size_t{4096}));
      return true;
    }
    try {
      const std::string words = out.answer.feed(data, size);
      if (!words.empty()) spoke = true;
      if (heard && !words.empty()) heard(words);
    } catch (const Error& error) {
      broken = error;
      return false;
    }
    return true;
  };
  httplib::Response response;
  httplib::Error error = httplib::Error::Success;
  client.send(ask, response, error);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const auto fail = [&](ErrorKind kind, std::string problem, bool again) {
    out.kind = kind, out.problem = std::move(problem), out.again = again;
    return out;
  };
  if (interrupted()) return fail(ErrorKind::kLimit, "interrupted", false);
  if (broken) return fail(broken->kind(), broken->what(), false);
  if (late)
    return fail(ErrorKind::kLimit,
                fmt::format("the answer took longer than {:g} s", server.total_seconds), false);
  if (too_long)
    return fail(ErrorKind::kLimit,
                fmt::format("the answer is longer than {} bytes", server.max_reply), false);
  if (status != 0 && status != 200) {
    const bool again = status == 429 || status == 408 || (status >= 500 && status <= 504);
    if (response.has_header("Retry-After"))
      out.wait = std::strtod(response.get_header_value("Retry-After").c_str(), nullptr);
    return fail(ErrorKind::kInput, refusal(status, refused), again);
  }
  if (status == 0) {
    const bool slow = seconds >= std::min(server.idle_seconds, server.connect_seconds) * 0.99;
    if (slow)
      return fail(ErrorKind::kLimit,
                  fmt::format("no answer from {} within {:.3g} s", server.url, seconds), true);
    return fail(ErrorKind::kInput,
                fmt::format("no connection to {} ({})", server.url, httplib::to_string(error)),
                true);
  }
  try {
    out.answer.finish();
  } catch (const Error& unfinished) {
    const bool cut = unfinished.kind() == ErrorKind::kInput;
    if (cut && error != httplib::Error::Success && seconds >= server.idle_seconds * 0.99)
      return fail(ErrorKind::kLimit,
                  fmt::format("the answer stood still for {:g} s", server.idle_seconds), !spoke);
    return fail(unfinished.kind(), unfinished.what(), cut && !spoke);
  }
  return out;
}

// Sleeps in short pieces, so that Ctrl-C ends it.
void wait(double seconds) {
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  while (Clock::now() < until && !interrupted())
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

Assembler request_with_retries(const Server& server, const std::string& body, Reply& reply,
                               const std::function<void(const std::string&)>& heard) {
  double pause = server.wait_seconds;
  for (int left = server.retries;; --left) {
    Attempt a = request(server, body, heard);
    ++reply.requests;
    if (a.good()) return std::move(a.answer);
    if (!a.again || left <= 0) {
      throw Error(a.kind, reply.retries
                              ? fmt::format("{} (tried {} times)", a.problem, reply.retries + 1)
                              : a.problem);
    }
    ++reply.retries;
    wait(std::min(std::max(pause, a.wait), kLongestWait));
    pause *= 2;
  }
}

json schema_of(const std::vector<Tool>& tools) {
  json out = json::array();
  for (const Tool& t : tools) {
    out.push_back({{"type", "function"},
                   {"function",
                    {{"name", t.name},
                     {"description", t.description},
                     {"parameters", json::parse(t.parameters)}}}});
  }
  return out;
}

std::string run_tool(const std::vector<Tool>& tools, const CallAsked& call) {
  const auto at =
      std::find_if(tools.begin(), tools.end(), [&](const Tool& t) { return t.name == call.name; });
  try {
    if (at == tools.end())
      throw Error(ErrorKind::kValue, fmt::format("there is no tool '{}'", call.name));
    return at->call(call.arguments.empty() ? "{}" : call.arguments);
  } catch (const Error& error) {
    return json{{"error", error.what()}}.dump(-1, ' ', false, json::error_handler_t::replace);
  }
}

std::string dump(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

Reply converse(const Server& server, const std::vector<Turn>& turns, const std::vector<Tool>& tools,
               const std::function<void(const std::string&)>& heard) {
  const auto start = Clock::now();
  json messages = json::array();
  for (const Turn& t : turns) messages.push_back({{"role", t.role}, {"content", t.text}});
  Reply reply;
  for (int round = 0;; ++round) {
    if (round > server.max_rounds)
      throw Error(
          ErrorKind::kLimit,
          fmt::format("the model called tools {} times without an answer", server.max_rounds));
    json body = {{"model", server.model},
                 {"messages", messages},
                 {"stream", true},
                 {"stream_options", {{"include_usage", true}}},
                 {"temperature", 0}};
    if (!tools.empty()) body["tools"] = schema_of(tools);
    const Assembler answer = request_with_retries(server, dump(body), reply, heard);
    reply.tokens_in += answer.tokens_in, reply.tokens_out += answer.tokens_out;
    if (answer.calls.empty()) {
      reply.text = answer.text;
      break;
    }
    json asked = {{"role", "assistant"},
                  {"content", answer.text.empty() ? json(nullptr) : json(answer.text)},
                  {"tool_calls", json::array()}};
    for (const CallAsked& c : answer.calls)
      asked["tool_calls"].push_back({{"id", c.id},
                                     {"type", "function"},
                                     {"function", {{"name", c.name}, {"arguments", c.arguments}}}});
    messages.push_back(asked);
    for (const CallAsked& c : answer.calls) {
      const std::string result = run_tool(tools, c);
      reply.tools.push_back({c.name, c.arguments, result});
      messages.push_back({{"role", "tool"}, {"tool_call_id", c.id}, {"content", result}});
    }
  }
  reply.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return reply;
}

std::string cost_text(const Server& server, const Reply& r) {
  std::string out = fmt::format("{} {}", r.requests, r.requests == 1 ? "request" : "requests");
  if (r.retries) out += fmt::format(" ({} {})", r.retries, r.retries == 1 ? "retry" : "retries");
  if (!r.tools.empty())
    out += fmt::format(", {} tool {}", r.tools.size(), r.tools.size() == 1 ? "call" : "calls");
  if (r.tokens_in + r.tokens_out > 0)
    out += fmt::format(", {} tokens in, {} out", r.tokens_in, r.tokens_out);
  if (server.price_in >= 0 && server.price_out >= 0)
    out += fmt::format(", cost {:.4f}", (static_cast<double>(r.tokens_in) * server.price_in +
                                         static_cast<double>(r.tokens_out) * server.price_out) /
                                            1e6);
  else if (r.tokens_in + r.tokens_out > 0)
    out += ", cost not known (--price IN,OUT per million tokens)";
  return out + fmt::format(", {:.1f} s", r.seconds);
}

}  // namespace cadrecode::chat
