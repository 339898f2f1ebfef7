#include "app/serve/http.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "base/files.h"

namespace cadrecode::serve {
namespace {

TEST(Address, Decoded) {
  EXPECT_EQ(decoded("a%20b+c"), "a b c");
  EXPECT_EQ(decoded("%2e%2E%2f"), "../");
  for (const char* bad : {"%", "%2", "%zz", "a%00b", "% 1"}) EXPECT_FALSE(decoded(bad)) << bad;
}

// A service that answers with what it was sent, within tight bounds.
class Echo {
 public:
  Echo()
      : folder_(std::filesystem::temp_directory_path() /
                ("serve_test_" + std::to_string(::getpid()))),
        loop_(
            "127.0.0.1", 0, {made(folder_), 1000, 0.4, 0.6, 3},
            [](const Request&) { return std::nullopt; },
            [](const Request& q) {
              Reply r;
              r.body = q.method + " " + q.path + " " +
                       (q.body_file.empty() ? "" : read_file(q.body_file));
              return r;
            }),
        thread_([this] {
          loop_.on_finish([] {});
          loop_.run();
        }) {}
  ~Echo() {
    ::kill(::getpid(), SIGTERM);
    thread_.join();
    std::filesystem::remove_all(folder_);
  }

  int connect() const {
    const int s = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET, at.sin_port = htons(loop_.port()),
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(s, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    return s;
  }
  // All that comes until the other side closes.
  static std::string rest(int s) {
    std::string out;
    char buffer[4096];
    for (ssize_t n; (n = ::recv(s, buffer, sizeof buffer, 0)) > 0;)
      out.append(buffer, static_cast<size_t>(n));
    ::close(s);
    return out;
  }
  std::string ask(const std::string& bytes) const {
    const int s = connect();
    EXPECT_EQ(::send(s, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
    return rest(s);
  }
  size_t spooled() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder_),
                                             std::filesystem::directory_iterator()));
  }

 private:
  static std::string made(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return folder.string();
  }
  std::filesystem::path folder_;
  Loop loop_;
  std::thread thread_;
};

TEST(Http, AnswersBoundsAndDeadlines) {
  Echo echo;
  const std::string post = "POST /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";
  EXPECT_NE(echo.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").find("GET / "),
            std::string::npos);
  EXPECT_NE(echo.ask(post + "Content-Length: 5\r\n\r\nhello").find("POST /a b hello"),
            std::string::npos);
  EXPECT_NE(echo.ask(post + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")
                .find("POST /a b hello"),
            std::string::npos);
  EXPECT_EQ(echo.ask(post + "Content-Length: 1001\r\n\r\n").substr(9, 3), "413");
  EXPECT_EQ(
      echo.ask(post + "Transfer-Encoding: chunked\r\n\r\n400\r\n" + std::string(1024, 'x') + "\r\n")
          .substr(9, 3),
      "413");
  // a head, then a body, that trickle: neither outlives its deadline
  for (const std::string& begin :
       {std::string("GET / HT"), post + "Content-Length: 900\r\n\r\nx"}) {
    const auto start = std::chrono::steady_clock::now();
    const int s = echo.connect();
    EXPECT_GT(::send(s, begin.data(), begin.size(), MSG_NOSIGNAL), 0);
    for (int i = 0; i < 12; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(80));
      if (::send(s, "x", 1, MSG_NOSIGNAL) < 0) break;
    }
    EXPECT_EQ(Echo::rest(s), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
  }
  for (int i = 0; i < 20 && echo.spooled() > 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(echo.spooled(), 0u);
}

// Every beginning of a request, cut off there, leaves the service as it was.
TEST(Http, AnyCut) {
  Echo echo;
  const std::string whole =
      "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0\r\n\r\n";
  for (size_t cut = 0; cut < whole.size(); cut += 3) {
    const int s = echo.connect();
    ::send(s, whole.data(), cut, MSG_NOSIGNAL);
    ::close(s);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  for (int i = 0; i < 30; ++i) {
    const std::string answer = echo.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    if (answer.find("GET / ") != std::string::npos) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the places are few
  }
  FAIL() << "no answer any more";
}

}  // namespace
}  // namespace cadrecode::serve
