#include "app/serve/http.h"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "base/error.h"

namespace cadrecode::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr uint32_t kHeadBytes = 16 * 1024;

std::chrono::milliseconds millis(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

}  // namespace

std::optional<std::string> decoded(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      unsigned value = 0;
      if (i + 2 >= text.size() || !std::isxdigit(static_cast<unsigned char>(text[i + 1])) ||
          std::sscanf(text.c_str() + i + 1, "%2x", &value) != 1 ||
          !std::isxdigit(static_cast<unsigned char>(text[i + 2])))
        return {};
      c = static_cast<char>(value);
      i += 2;
    } else if (c == '+') {
      c = ' ';
    }
    if (c == '\0') return {};
    out += c;
  }
  return out;
}

struct Loop::Impl : std::enable_shared_from_this<Loop::Impl> {
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set ends{context, SIGINT, SIGTERM}, children{context, SIGCHLD};
  Bounds bounds;
  Gate gate;
  Handler handler;
  Traffic traffic;
  uint64_t spooled = 0;
  bool finishing = false;
  std::vector<std::shared_ptr<asio::steady_timer>> timers;

  void accept();
  void tick(std::shared_ptr<asio::steady_timer> timer, double seconds, std::function<void()> what);
  void watch_children(std::function<void()> what);
};

namespace {

// One connection: head, gate, body, handler, reply, and again while it is kept alive.
template <class Impl>
class Session : public std::enable_shared_from_this<Session<Impl>> {
 public:
  Session(tcp::socket socket, std::shared_ptr<Impl> loop)
      : stream_(std::move(socket)), timer_(stream_.get_executor()), loop_(std::move(loop)) {
    ++loop_->traffic.open;
  }
  ~Session() {
    --loop_->traffic.open;
    drop_body();
  }

  void start() {
    parser_.emplace();
    parser_->header_limit(kHeadBytes);
    parser_->body_limit(loop_->bounds.max_body);
    request_ = {};
    stream_.expires_after(millis(loop_->bounds.header_seconds));
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = this->shared_from_this()](beast::error_code error, size_t) {
                              self->head_read(error);
                            });
  }

 private:
  void head_read(beast::error_code error) {
    if (error == http::error::end_of_stream) return close();
    if (error) return broken(error);
    ++loop_->traffic.requests;
    const auto& head = parser_->get();
    request_.method = std::string(head.method_string());
    for (const auto& field : head) {
      std::string name(field.name_string());
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request_.headers[name] = std::string(field.value());
    }
    if (!read_target(std::string(head.target()))) return refuse(400, "the address is malformed");
    keep_ = head.keep_alive();
    const auto length = parser_->content_length();
    if (length && *length > loop_->bounds.max_body) {
      return refuse(413, fmt::format("a body may have at most {} bytes", loop_->bounds.max_body));
    }
    if (auto refused = loop_->gate(request_)) {
      keep_ = false;  // the body is not read
      return reply(std::move(*refused));
    }
    if (parser_->is_done()) return handle();
    if (head[http::field::expect] == "100-continue") return go_on();
    read_body();
  }

  bool read_target(const std::string& target) {
    if (target.empty() || target[0] != '/') return false;
    const size_t mark = target.find('?');
    const auto path = decoded(target.substr(0, mark));
    if (!path) return false;
    request_.path = *path;
    for (size_t at = mark; at != std::string::npos && at + 1 < target.size();) {
      const size_t next = target.find('&', at + 1);
      const std::string pair =
          target.substr(at + 1, next == std::string::npos ? next : next - at - 1);
      const size_t equals = pair.find('=');
      const auto name = decoded(pair.substr(0, equals));
      const auto value = decoded(equals == std::string::npos ? "" : pair.substr(equals + 1));
      if (!name || !value) return false;
      request_.query[*name] = *value;
      at = next;
    }
    return true;
  }

  void go_on() {
    auto interim = std::make_shared<http::response<http::empty_body>>(http::status::continue_, 11);
    http::async_write(stream_, *interim,
                      [self = this->shared_from_this(), interim](beast::error_code error, size_t) {
                        if (error) return self->broken(error);
                        self->read_body();
                      });
  }

  void read_body() {
    request_.body_file = fmt::format("{}/body-{}", loop_->bounds.spool, ++loop_->spooled);
    beast::error_code error;
    file_parser_.emplace(std::move(*parser_));
    file_parser_->body_limit(loop_->bounds.max_body);
    file_parser_->get().body().open(request_.body_file.c_str(), beast::file_mode::write, error);
    if (error) return refuse(507, "there is no room for the body");
    stream_.expires_after(millis(loop_->bounds.body_seconds));
    http::async_read(stream_, buffer_, *file_parser_,
                     [self = this->shared_from_this()](beast::error_code e, size_t) {
                       if (e) return self->broken(e);
                       self->body_read();
                     });
  }

  void body_read() {
    file_parser_->get().body().close();
    file_parser_.reset();
    std::error_code gone;
    const auto size = std::filesystem::file_size(request_.body_file, gone);
    request_.body_bytes = gone ? 0 : size;
    loop_->traffic.bytes_in += request_.body_bytes;
    handle();
  }

  void handle() {
    Reply out;
    try {
      out = loop_->handler(request_);
    } catch (const std::exception& error) {
      out.status = 500;
      out.body = R"({"error":{"kind":"internal","message":"the server failed"}})";
      std::fprintf(stderr, "serve: %s\n", error.what());
    }
    drop_body();
    reply(std::move(out));
  }

  void refuse(int status, const std::string& message) {
    keep_ = false;
    Reply out;
    out.status = status;
    out.body = fmt::format(R"({{"error":{{"kind":"limit","message":"{}"}}}})", message);
    reply(std::move(out));
  }

  // A damaged, oversized or late request; who cut the connection gets nothing.
  void broken(beast::error_code error) {
    if (error == beast::error::timeout) {
      ++loop_->traffic.timeouts;
      return close();
    }
    if (error == http::error::header_limit) return refuse(431, "the head is too large");
    if (error == http::error::body_limit) {
      return refuse(413, fmt::format("a body may have at most {} bytes", loop_->bounds.max_body));
    }
    if (error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
      return refuse(400, "that is not HTTP/1.1");
    close();
  }

  template <class Body>
  void head_of(http::response<Body>& out, const Reply& reply) {
    out.result(static_cast<unsigned>(reply.status));
    out.version(11);
    out.set(http::field::content_type, reply.type);
    out.set(http::field::server, "cadrecode");
    out.set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : reply.headers) out.set(name, value);
    out.keep_alive(keep_);
  }

  void reply(Reply reply) {
    ++loop_->traffic.by_status[reply.status];
    stream_.expires_after(millis(loop_->bounds.body_seconds));
    if (reply.stream) return send_stream(std::move(reply));
    const auto done = [self = this->shared_from_this()](auto held) {
      return [self, held](beast::error_code error, size_t) {
        if (error) return self->close();
        self->keep_ ? self->start() : self->close();
      };
    };
    if (!reply.file.empty() && request_.method != "HEAD") {
      auto out = std::make_shared<http::response<http::file_body>>();
      beast::error_code error;
      out->body().open(reply.file.c_str(), beast::file_mode::scan, error);
      if (!error) {
        head_of(*out, reply);
        out->prepare_payload();
        http::async_write(stream_, *out, done(out));
        return;
      }
      reply.status = 404, reply.body = R"({"error":{"kind":"input","message":"no such file"}})";
    }
    auto out = std::make_shared<http::response<http::string_body>>();
    head_of(*out, reply);
    out->body() = std::move(reply.body);
    out->prepare_payload();
    if (request_.method == "HEAD") out->body().clear();
    http::async_write(stream_, *out, done(out));
  }

  void send_stream(Reply reply) {
    keep_ = false;
    next_ = std::move(reply.stream);
    auto text = std::make_shared<std::string>(
        fmt::format("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nCache-Control: no-store\r\nConnection: "
                    "close\r\n\r\n",
                    reply.type));
    write_piece(text);
  }

  void write_piece(std::shared_ptr<std::string> text) {
    stream_.expires_after(millis(loop_->bounds.header_seconds));
    asio::async_write(stream_, asio::buffer(*text),
                      [self = this->shared_from_this(), text](beast::error_code error, size_t) {
                        if (error) return self->close();
                        self->wait_for_more();
                      });
  }

  void wait_for_more() {
    stream_.expires_never();
    timer_.expires_after(std::chrono::milliseconds(200));
    timer_.async_wait([self = this->shared_from_this()](beast::error_code error) {
      if (error || self->loop_->finishing) return self->close();
      const auto text = self->next_();
      if (!text) return self->close();
      // silence for long: a comment, which finds out about a reader that left
      if (text->empty() && ++self->quiet_ < 50) return self->wait_for_more();
      self->quiet_ = 0;
      self->write_piece(std::make_shared<std::string>(text->empty() ? ": still here\n\n" : *text));
    });
  }

  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    drop_body();
    // what the other side still sends is read for a moment, so that it gets the answer
    lingering_ = std::make_shared<std::array<char, 4096>>();
    stream_.expires_after(std::chrono::seconds(1));
    linger();
  }

  void linger() {
    stream_.async_read_some(asio::buffer(*lingering_),
                            [self = this->shared_from_this()](beast::error_code error, size_t) {
                              if (!error) self->linger();
                            });
  }

  void drop_body() {
    file_parser_.reset();
    if (request_.body_file.empty()) return;
    std::error_code ignored;
    std::filesystem::remove(request_.body_file, ignored);
    request_.body_file.clear();
  }

  beast::tcp_stream stream_;
  asio::steady_timer timer_;
  std::shared_ptr<Impl> loop_;
  beast::flat_buffer buffer_{64 * 1024};
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::optional<http::request_parser<http::file_body>> file_parser_;
  std::shared_ptr<std::array<char, 4096>> lingering_;
  Request request_;
  std::function<std::optional<std::string>()> next_;
  int quiet_ = 0;
  bool keep_ = false;
};

}  // namespace

void Loop::Impl::accept() {
  acceptor.async_accept([self = shared_from_this()](beast::error_code error, tcp::socket socket) {
    if (self->finishing) return;
    if (!error) {
      ++self->traffic.connections;
      if (self->traffic.open >= self->bounds.connections) {
        ++self->traffic.refused;  // closed as it goes out of scope
      } else {
        std::make_shared<Session<Impl>>(std::move(socket), self)->start();
      }
    }
    self->accept();
  });
}

void Loop::Impl::tick(std::shared_ptr<asio::steady_timer> timer, double seconds,
                      std::function<void()> what) {
  timer->expires_after(millis(seconds));
  timer->async_wait([=, self = shared_from_this()](beast::error_code error) {
    if (error || self->finishing) return;
    what();
    self->tick(timer, seconds, what);
  });
}

void Loop::Impl::watch_children(std::function<void()> what) {
  children.async_wait([=, self = shared_from_this()](beast::error_code error, int) {
    if (error) return;
    what();
    self->watch_children(what);
  });
}

Loop::Loop(const std::string& address, uint16_t port, Bounds bounds, Gate gate, Handler handler)
    : impl_(std::make_shared<Impl>()) {
  impl_->bounds = std::move(bounds), impl_->gate = std::move(gate);
  impl_->handler = std::move(handler);
  try {
    const tcp::endpoint at(asio::ip::make_address(address), port);
    impl_->acceptor.open(at.protocol());
    impl_->acceptor.set_option(asio::socket_base::reuse_address(true));
    impl_->acceptor.bind(at);
    impl_->acceptor.listen(1024);
  } catch (const boost::system::system_error& error) {
    throw Error(ErrorKind::kInput, fmt::format("cannot serve on {} port {}: {}", address, port,
                                               error.code().message()));
  }
  impl_->accept();
}

Loop::~Loop() { impl_->context.stop(); }
uint16_t Loop::port() const { return impl_->acceptor.local_endpoint().port(); }
const Traffic& Loop::traffic() const { return impl_->traffic; }

void Loop::every(double seconds, std::function<void()> what) {
  impl_->timers.push_back(std::make_shared<asio::steady_timer>(impl_->context));
  impl_->tick(impl_->timers.back(), seconds, std::move(what));
}

void Loop::on_child(std::function<void()> what) { impl_->watch_children(std::move(what)); }

void Loop::on_finish(std::function<void()> what) {
  impl_->ends.async_wait([self = impl_, what](beast::error_code error, int) {
    if (error) return;
    self->finishing = true;
    beast::error_code ignored;
    self->acceptor.close(ignored);
    what();
    self->context.stop();
  });
}

void Loop::run() { impl_->context.run(); }

}  // namespace cadrecode::serve
