// HTTP/1.1 for one thread: connections with deadlines and bounds, replies and streams.
//
// Every connection has `header_seconds` for a whole request head and `body_seconds` for
// a whole body, however the bytes trickle; heads are bounded by 16 KiB, bodies by
// `max_body` whether announced or chunked. Bodies go to a file, never to memory. What
// exceeds a bound is answered (408, 413, 431, 400) where an answer can still be read,
// and the connection closed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cadrecode::serve {

struct Request {
  std::string method, path;                    // path without the query, decoded
  std::map<std::string, std::string> query;    // decoded
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body_file;                       // what was sent; empty where nothing was
  uint64_t body_bytes = 0;
};

struct Reply {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::string file;  // sent instead of body
  std::vector<std::pair<std::string, std::string>> headers;
  // Instead of a body: asked about five times a second for what to send next ("" for
  // nothing yet), until it gives nothing.
  std::function<std::optional<std::string>()> stream;
};

struct Bounds {
  std::string spool;  // folder for bodies
  uint64_t max_body = 0;
  double header_seconds = 10, body_seconds = 120;
  int connections = 256;
};

struct Traffic {
  uint64_t connections = 0, refused = 0, timeouts = 0, requests = 0, bytes_in = 0;
  int open = 0;
  std::map<int, uint64_t> by_status;
};

class Loop {
 public:
  using Handler = std::function<Reply(const Request&)>;
  // Called before a body is read: a reply here refuses the request without reading it.
  using Gate = std::function<std::optional<Reply>(const Request&)>;

  Loop(const std::string& address, uint16_t port, Bounds bounds, Gate gate, Handler handler);
  ~Loop();
  uint16_t port() const;  // the one taken
  const Traffic& traffic() const;
  void every(double seconds, std::function<void()> what);
  void on_child(std::function<void()> what);   // SIGCHLD
  void on_finish(std::function<void()> what);  // SIGINT, SIGTERM: once, then run() ends
  void run();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

// "a%20b" -> "a b"; nothing for a broken escape or a zero byte.
std::optional<std::string> decoded(const std::string& text);

}  // namespace cadrecode::serve
