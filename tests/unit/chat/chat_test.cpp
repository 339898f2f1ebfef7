// The protocol against a scripted server: each path it can take.
#include "pipeline/chat/chat.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error.h"
#include "pipeline/chat/stream.h"

namespace cadrecode::chat {
namespace {

using nlohmann::json;

struct Scripted {
  int status = 200;
  std::string body;
  std::string type = "text/event-stream";
  double before = 0;  // seconds of silence first
  bool cut = false;   // close without the rest
  std::string retry_after;
};

std::string event(const json& delta, const char* finish = nullptr) {
  json choice = {
      {"index", 0}, {"delta", delta}, {"finish_reason", finish ? json(finish) : json(nullptr)}};
  return "data: " + json{{"choices", {choice}}}.dump() + "\n\n";
}
std::string words(const std::string& text) { return event({{"content", text}}); }
const std::string kDone =
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20}}\n\ndata: "
    "[DONE]\n\n";
std::string said(const std::string& text) {
  return words(text) + event(json::object(), "stop") + kDone;
}
std::string calls(const std::string& name, const std::string& arguments) {
  const json first = {{"tool_calls",
                       {{{"index", 0},
                         {"id", "c1"},
                         {"type", "function"},
                         {"function", {{"name", name}, {"arguments", ""}}}}}}};
  std::string out = event(first);
  for (const char c : arguments)
    out +=
        event({{"tool_calls", {{{"index", 0}, {"function", {{"arguments", std::string(1, c)}}}}}}});
  return out + event(json::object(), "tool_calls") + "data: [DONE]\n\n";
}

class StandIn {
 public:
  explicit StandIn(std::deque<Scripted> script) : script_(std::move(script)) {
    server_.Post("/v1/chat/completions",
                 [this](const httplib::Request& q, httplib::Response& r) { answer(q, r); });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ~StandIn() {
    server_.stop();
    thread_.join();
  }
  Server server() const {
    Server s;
    s.url = "http://127.0.0.1:" + std::to_string(port_) + "/v1/";
    s.model = "m", s.key = "secret", s.wait_seconds = 0.01;
    s.idle_seconds = s.connect_seconds = 5, s.total_seconds = 10;
    return s;
  }
  std::vector<json> asked;
  std::vector<std::string> keys;

 private:
  void answer(const httplib::Request& q, httplib::Response& r) {
    asked.push_back(json::parse(q.body));
    keys.push_back(q.get_header_value("Authorization"));
    if (script_.empty()) {
      r.status = 500;
      return;
    }
    const Scripted s = script_.front();
    script_.pop_front();
    std::this_thread::sleep_for(std::chrono::duration<double>(s.before));
    r.status = s.status;
    if (!s.retry_after.empty()) r.set_header("Retry-After", s.retry_after);
    if (!s.cut) {
      r.set_content(s.body, s.type.c_str());
      return;
    }
    r.set_chunked_content_provider(s.type, [body = s.body](size_t offset, httplib::DataSink& sink) {
      if (offset > 0) return false;  // breaks the connection inside the answer
      sink.write(body.data(), body.size());
      return true;
    });
  }
  httplib::Server server_;
  std::deque<Scripted> script_;
  std::thread thread_;
  int port_ = 0;
};

Reply ask(const Server& s, std::vector<Tool> tools = {}, std::string* heard = nullptr) {
  return converse(s, {{"user", "how wide?"}}, tools, [&](const std::string& w) {
    if (heard) *heard += w;
  });
}

Tool width_tool(std::vector<std::string>* got = nullptr) {
  return {"width", "measures", R"({"type":"object"})", [got](const std::string& a) {
            if (got) got->push_back(a);
            if (a.find("bad") != std::string::npos) throw Error(ErrorKind::kValue, "no such thing");
            return std::string("{\"width\":12}");
          }};
}

TEST(Chat, Streams) {
  StandIn s({{200, words("12 ") + said("mm")}});
  std::string heard;
  const Reply r = ask(s.server(), {}, &heard);
  EXPECT_EQ(r.text, "12 mm");
  EXPECT_EQ(heard, "12 mm");
  EXPECT_EQ(r.tokens_in, 100);
  EXPECT_EQ(r.tokens_out, 20);
  EXPECT_EQ(s.keys[0], "Bearer secret");
  EXPECT_EQ(s.asked[0]["stream"], true);
  EXPECT_FALSE(s.asked[0].contains("tools"));
  Server priced = s.server();
  priced.price_in = 1, priced.price_out = 10;
  EXPECT_NE(cost_text(priced, r).find("cost 0.0003"), std::string::npos);
}

TEST(Chat, AnswersInOnePiece) {
  const json whole = {
      {"choices",
       {{{"message", {{"role", "assistant"}, {"content", "12"}}}, {"finish_reason", "stop"}}}},
      {"usage", {{"prompt_tokens", 3}, {"completion_tokens", 1}}}};
  StandIn s({{200, whole.dump(2), "application/json"}});
  EXPECT_EQ(ask(s.server()).text, "12");
}

TEST(Chat, CallsTools) {
  StandIn s({{200, calls("width", "{\"of\":\"part\"}")}, {200, said("It is 12 mm wide.")}});
  std::vector<std::string> got;
  const Reply r = ask(s.server(), {width_tool(&got)});
  EXPECT_EQ(r.text, "It is 12 mm wide.");
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0], "{\"of\":\"part\"}");
  ASSERT_EQ(s.asked.size(), 2u);
  const json& messages = s.asked[1]["messages"];
  EXPECT_EQ(messages[1]["tool_calls"][0]["id"], "c1");
  EXPECT_EQ(messages[2]["role"], "tool");
  EXPECT_EQ(messages[2]["tool_call_id"], "c1");
  EXPECT_EQ(messages[2]["content"], "{\"width\":12}");
}

TEST(Chat, AToolsErrorGoesToTheModel) {
  StandIn s(
      {{200, calls("width", "{\"bad\":1}")}, {200, calls("wdth", "{}")}, {200, said("sorry")}});
  const Reply r = ask(s.server(), {width_tool()});
  EXPECT_EQ(r.text, "sorry");
  EXPECT_NE(r.tools[0].result.find("no such thing"), std::string::npos);
  EXPECT_NE(r.tools[1].result.find("there is no tool"), std::string::npos);
}

TEST(Chat, ToolsWithoutEndAreStopped) {
  StandIn s(std::deque<Scripted>(8, Scripted{200, calls("width", "{}")}));
  Server server = s.server();
  server.max_rounds = 3;
  try {
    ask(server, {width_tool()});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLimit);
  }
}

TEST(Chat, RetriesWhatMayPass) {
  StandIn s({{429, "{\"error\":{\"message\":\"slow down\"}}", "application/json", 0, false, "0.05"},
             {503, "", "text/plain"},
             {200, said("ok")}});
  const Reply r = ask(s.server());
  EXPECT_EQ(r.text, "ok");
  EXPECT_EQ(r.retries, 2);
  EXPECT_EQ(r.requests, 3);
}

TEST(Chat, GivesUp) {
  StandIn s(std::deque<Scripted>(4, Scripted{503, "busy", "text/plain"}));
  try {
    ask(s.server());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("tried 4 times"), std::string::npos);
  }
  EXPECT_EQ(s.asked.size(), 4u);
}

TEST(Chat, ARefusalIsNotTriedAgain) {
  StandIn s({{401, "{\"error\":{\"message\":\"Incorrect API key\"}}", "application/json"}});
  try {
    ask(s.server());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("Incorrect API key"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("--key-variable"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
  }
  EXPECT_EQ(s.asked.size(), 1u);
}

TEST(Chat, TimesOut) {
  StandIn s({{200, said("late"), "text/event-stream", 1.0}});
  Server server = s.server();
  server.idle_seconds = 0.2, server.retries = 0;
  try {
    ask(server);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLimit);
  }
}

TEST(Chat, Malformed) {
  const std::vector<std::string> kBodies = {
      "<html>hello</html>",
      "{}",
      "{\"choices\":[]}",
      "data: {not json\n\n",
      "data: {\"choices\":3}\n\n",
      "data: 7\n\n",
      "",
      "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":99999}]}}]}\n\n"};
  for (const std::string& body : kBodies) {
    StandIn s({{200, body}});
    Server server = s.server();
    server.retries = 0;
    EXPECT_THROW(ask(server, {width_tool()}), Error) << body;
    EXPECT_EQ(s.asked.size(), 1u) << body;
  }
}

TEST(Chat, AnErrorInsideTheStream) {
  StandIn s({{200, words("12") + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"}});
  try {
    ask(s.server());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("out of memory"), std::string::npos);
  }
}

TEST(Chat, ACutStreamBeforeAnyWordIsTriedAgain) {
  StandIn s({{200, ": hello\n\n", "text/event-stream", 0, true}, {200, said("ok")}});
  const Reply r = ask(s.server());
  EXPECT_EQ(r.text, "ok");
  EXPECT_EQ(r.retries, 1);
}

TEST(Chat, ACutStreamAfterWordsIsAnError) {
  StandIn s({{200, words("12 "), "text/event-stream", 0, true}, {200, said("ok")}});
  EXPECT_THROW(ask(s.server()), Error);
  EXPECT_EQ(s.asked.size(), 1u);
}

TEST(Chat, NobodyThere) {
  Server server;
  server.url = "http://127.0.0.1:9";
  server.retries = 1, server.wait_seconds = 0.01;
  EXPECT_THROW(ask(server), Error);
  server.url = "ftp://example.org";
  try {
    ask(server);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kValue);
  }
}

TEST(Chat, TooLong) {
  StandIn s({{200, said(std::string(100000, 'x'))}});
  Server server = s.server();
  server.max_reply = 10000;
  EXPECT_THROW(ask(server), Error);
}

// Whatever the pieces the bytes arrive in, the answer is the same; every cut either
// is noticed or comes after the end.
TEST(Assembler, AnyPiecesAnyCut) {
  const std::string stream = words("ab") + calls("width", "{\"a\":1}") + kDone;
  for (size_t size = 1; size < 40; ++size) {
    Assembler a;
    for (size_t at = 0; at < stream.size(); at += size)
      a.feed(stream.data() + at, std::min(size, stream.size() - at));
    a.finish();
    EXPECT_EQ(a.text, "ab");
    ASSERT_EQ(a.calls.size(), 1u);
    EXPECT_EQ(a.calls[0].arguments, "{\"a\":1}");
  }
  const size_t end = stream.find("\"finish_reason\":\"tool_calls\"");
  ASSERT_NE(end, std::string::npos);
  for (size_t cut = 0; cut < end; ++cut) {
    Assembler a;
    EXPECT_THROW(
        {
          a.feed(stream.data(), cut);
          a.finish();
        },
        Error)
        << cut;
  }
}

}  // namespace
}  // namespace cadrecode::chat
