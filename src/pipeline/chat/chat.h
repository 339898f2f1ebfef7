// Talking to a language model: the OpenAI-compatible chat protocol.
//
// Any server that speaks POST {url}/chat/completions will do: a hosted service or one
// on this machine (llama.cpp, vLLM, Ollama …). Answers stream in; the model may call
// the tools it is given, whose results go back until it answers in words.
//
// What can go wrong is told apart: no connection, a refusal (with the server's words),
// a time-out, an answer that is not the protocol, a stream cut before its end. What
// may pass (429, 5xx, no connection, a cut before any word) is tried again, later
// each time and not before the server's Retry-After.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace cadrecode::chat {

struct Server {
  std::string url = "https://api.openai.com/v1";
  std::string model;
  std::string key;              // empty: no Authorization header
  double connect_seconds = 10;  // to a connection
  double idle_seconds = 60;     // between two bytes
  double total_seconds = 300;   // of one request
  int retries = 3;
  double wait_seconds = 1;  // before the first retry; doubles
  size_t max_reply = size_t{4} << 20;
  int max_rounds = 12;  // of tool calls
  // Of a million tokens, in the user's currency; negative: not known.
  double price_in = -1, price_out = -1;
};

struct Tool {
  std::string name, description;
  std::string parameters;  // a JSON Schema object
  // Arguments and result are JSON texts. An Error that leaves it goes to the model as
  // {"error": …}; the model may try again.
  std::function<std::string(const std::string& arguments)> call;
};

struct ToolUse {
  std::string name, arguments, result;
};

struct Reply {
  std::string text;
  std::vector<ToolUse> tools;
  int64_t tokens_in = 0, tokens_out = 0;  // as the server counts; 0 where it does not
  int requests = 0, retries = 0;
  double seconds = 0;
};

struct Turn {
  std::string role, text;  // "system", "user", "assistant"
};

// `heard` gets the words as they come (may be empty). Errors: kInput (no connection,
// refused, cut), kLimit (time-out, too long, too many rounds), kSyntax (not the
// protocol), kValue (an url this cannot speak to).
Reply converse(const Server& server, const std::vector<Turn>& turns, const std::vector<Tool>& tools,
               const std::function<void(const std::string&)>& heard = {});

// "12 requests, 3400 tokens in, 210 out, 0.0123" as far as known.
std::string cost_text(const Server& server, const Reply& reply);

}  // namespace cadrecode::chat
