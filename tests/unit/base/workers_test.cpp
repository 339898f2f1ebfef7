#include "base/workers.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <new>
#include <string>

namespace cadrecode {
namespace {

// A handler that does what it is told.
std::string obey(const std::string& request, Beacon& beacon) {
  beacon.at(7);
  if (request == "crash") std::raise(SIGSEGV);
  if (request == "spin") {
    volatile bool forever = true;
    while (forever) {
    }
  }
  if (request == "sleep") ::sleep(100);
  if (request == "bomb") throw std::bad_alloc();
  if (request == "exit") ::_exit(3);
  if (request.rfind("slow", 0) == 0) ::usleep(20000);
  return "<" + request + ">";
}

WorkerLimits short_limits() {
  WorkerLimits limits;
  limits.cpu_seconds = 0.3;
  limits.wall_seconds = 2;
  return limits;
}

std::vector<Answer> ask_all(WorkerPool& pool, const std::vector<std::string>& requests) {
  std::vector<Answer> answers;
  size_t at = 0;
  pool.run(
      [&]() -> std::optional<std::string> {
        if (at == requests.size()) return std::nullopt;
        return requests[at++];
      },
      [&](size_t index, Answer answer) {
        EXPECT_EQ(index, answers.size());
        answers.push_back(std::move(answer));
      });
  return answers;
}

TEST(WorkerPool, AnswersInOrder) {
  WorkerPool pool(3, short_limits(), obey);
  std::vector<std::string> requests;
  for (int i = 0; i < 200; ++i) requests.push_back((i % 17 ? "r" : "slow") + std::to_string(i));
  auto answers = ask_all(pool, requests);
  ASSERT_EQ(answers.size(), requests.size());
  for (size_t i = 0; i < requests.size(); ++i) EXPECT_EQ(answers[i].bytes, "<" + requests[i] + ">");
}

TEST(WorkerPool, OneDeathCostsOneAnswer) {
  using S = Answer::Status;
  WorkerPool pool(2, short_limits(), obey);
  auto answers =
      ask_all(pool, {"a", "crash", "b", "spin", "c", "bomb", "d", "exit", "e", "sleep", "f"});
  std::vector<S> expected = {S::kDone, S::kCrashed,     S::kDone, S::kCpuLimit,
                             S::kDone, S::kMemoryLimit, S::kDone, S::kCrashed,
                             S::kDone, S::kWallLimit,   S::kDone};
  ASSERT_EQ(answers.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(answers[i].status, expected[i]) << i << " " << answers[i].reason;
    EXPECT_EQ(answers[i].position, expected[i] == S::kDone ? -1 : 7);
  }
  EXPECT_NE(answers[1].reason.find("SIGSEGV"), std::string::npos);
}

// A scheduler's or a terminal's signal reaches workers too: their owner decides.
TEST(WorkerPool, SignalsToTheJobAreTheOwners) {
  WorkerPool pool(1, {}, [](const std::string& request, Beacon&) {
    ::raise(SIGTERM);
    ::raise(SIGINT);
    return request + " done";
  });
  const Answer answer = pool.ask("work");
  EXPECT_EQ(answer.status, Answer::Status::kDone) << answer.reason;
  EXPECT_EQ(answer.bytes, "work done");
}

TEST(WorkerPool, LargeMessagesPass) {
  WorkerPool pool(1, short_limits(), [](const std::string& r, Beacon&) { return r + r; });
  std::string big(5 << 20, 'x');
  EXPECT_EQ(pool.ask(big).bytes.size(), 2 * big.size());
  EXPECT_EQ(pool.ask("").bytes, "");
}

}  // namespace
}  // namespace cadrecode
