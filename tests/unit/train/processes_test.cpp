// Several processes are one: each test starts this program again as the run's
// processes, with torchrun's variables.
#include <ATen/ATen.h>
#include <arpa/inet.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>

#include "base/error.h"
#include "base/interrupt.h"
#include "learning/checkpoint/safetensors.h"
#include "learning/runlog/runlog.h"
#include "learning/train/gradient_sum.h"
#include "learning/train/trainer.h"
#include "unit/train/fixture.h"

namespace cadrecode::train {
namespace {

constexpr const char* kRecipe = "CADRECODE_TEST_RECIPE";

int free_port() {
  const int s = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(s, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(getsockname(s, reinterpret_cast<sockaddr*>(&address), &size), 0);
  close(s);
  return ntohs(address.sin_port);
}

// Starts this program as process `rank` of `size`.
pid_t start(int rank, int size, int port, const std::string& recipe) {
  std::vector<std::string> variables = {std::string(kRecipe) + "=" + recipe,
                                        "RANK=" + std::to_string(rank),
                                        "WORLD_SIZE=" + std::to_string(size),
                                        "LOCAL_RANK=" + std::to_string(rank),
                                        "MASTER_PORT=" + std::to_string(port),
                                        "MASTER_ADDR=127.0.0.1",
                                        "GLOO_SOCKET_IFNAME=lo",
                                        "OMP_NUM_THREADS=1",
                                        "TEST_TMPDIR=" + testing::TempDir()};
  std::vector<char*> environment, arguments;
  for (std::string& v : variables) environment.push_back(v.data());
  environment.push_back(nullptr);
  std::string program = "/proc/self/exe", filter = "--gtest_filter=Worker.Trains";
  arguments = {program.data(), filter.data(), nullptr};
  pid_t child = 0;
  EXPECT_EQ(
      posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments.data(), environment.data()),
      0);
  return child;
}

int exit_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

// What the started processes do.
TEST(Worker, Trains) {
  const char* recipe = std::getenv(kRecipe);
  if (!recipe) GTEST_SKIP() << "only as a process of the tests below";
  watch_interrupts();
  model::set_threads(1);
  train(recipe::load(recipe).recipe, {});
}

class ProcessesTest : public TrainTest {
 protected:
  void SetUp() override {
    TrainTest::SetUp();
#ifndef CADRECODE_C10D
    GTEST_SKIP() << "this libtorch has no gloo: several processes are not tested";
#endif
  }
  std::vector<pid_t> start_all(const recipe::Recipe& r, int size) {
    const std::string path = r.model_save_path + ".yaml";
    write_file(path, recipe::to_yaml(r));
    const int port = free_port();
    std::vector<pid_t> children;
    for (int rank = 0; rank < size; ++rank) children.push_back(start(rank, size, port, path));
    return children;
  }
  void run(const recipe::Recipe& r, int size) {
    for (const pid_t child : start_all(r, size)) EXPECT_EQ(exit_of(child), 0);
  }
  // Σ|a - b|² / Σ|a|² over all weights of two runs.
  double difference(const std::string& a, const std::string& b) const {
    const auto left = checkpoint::Weights::open(root_ + "/" + a),
               right = checkpoint::Weights::open(root_ + "/" + b);
    double apart = 0, all = 0;
    for (const checkpoint::Tensor& t : left.tensors()) {
      const auto x = checkpoint::floats_of(t), y = checkpoint::floats_of(right.at(t.name, t.shape));
      for (size_t i = 0; i < x.size(); ++i) {
        apart += std::pow(static_cast<double>(x[i]) - y[i], 2);
        all += std::pow(static_cast<double>(x[i]), 2);
      }
    }
    return apart / all;
  }
};

TEST_F(ProcessesTest, TwoAreOne) {
  train(recipe("one", {"batch_size=6", "weight_decay=0.1"}), {});
  run(recipe("two", {"batch_size=3", "weight_decay=0.1"}), 2);
  const auto a = runlog::read_log(root_ + "/one/log.jsonl"),
             b = runlog::read_log(root_ + "/two/log.jsonl");
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_NEAR(a[i].scalars[0].value, b[i].scalars[0].value, 1e-5) << "step " << a[i].step;
  }
  EXPECT_LT(difference("one", "two"), 1e-8);
}

TEST_F(ProcessesTest, AccumulationAndRecomputationToo) {
  const std::vector<std::string> common = {"max_steps=4", "gradient_checkpointing=true"};
  std::vector<std::string> one = common, three = common;
  one.push_back("batch_size=6");
  three.insert(three.end(), {"batch_size=1", "gradient_accumulation_steps=2"});
  train(recipe("one", one), {});
  run(recipe("three", three), 3);
  EXPECT_LT(difference("one", "three"), 1e-8);
}

// A run of two goes on as a run of one, and the other way round.
TEST_F(ProcessesTest, GoesOnWithAnotherNumber) {
  train(recipe("whole", {"batch_size=6"}), {});
  run(recipe("part", {"batch_size=3", "time_limit_minutes=0.0000001", "save_steps=1"}), 2);
  ASSERT_TRUE(fs::exists(root_ + "/part/checkpoint-1"));
  ASSERT_FALSE(fs::exists(root_ + "/part/checkpoint-2"));
  run(recipe("part", {"batch_size=3"}), 2);
  EXPECT_LT(difference("whole", "part"), 1e-8);
}

// SIGTERM to one process stops all after the same step.
TEST_F(ProcessesTest, OneIsToldAllStop) {
  const recipe::Recipe r = recipe("run", {"max_steps=100000", "save_steps=100000"});
  const std::vector<pid_t> children = start_all(r, 2);
  while (!fs::exists(root_ + "/run/log.jsonl") || fs::file_size(root_ + "/run/log.jsonl") == 0) {
    usleep(20'000);
  }
  kill(children[1], SIGTERM);
  for (const pid_t child : children) EXPECT_EQ(exit_of(child), 0);
  size_t checkpoints = 0;
  for (const auto& entry : fs::directory_iterator(root_ + "/run")) {
    checkpoints += entry.path().filename().string().rfind("checkpoint-", 0) == 0;
  }
  EXPECT_EQ(checkpoints, 1u);
}

// A collective that only counts: which sums begin before the backward pass ends.
struct Counting : Collective {
  int64_t size() const override { return 2; }
  void begin_sum(const Tensor& flat) override { sizes.push_back(flat.numel()); }
  std::vector<int64_t> sizes;
};

TEST(GradientSum, BeginsWhileTheBackwardPassRuns) {
  std::vector<Parameter> parameters;
  for (const char* name : {"model.embed_tokens.weight", "a", "b", "c", "unused"}) {
    parameters.push_back({name, at::ones({4, 4}).requires_grad_(true), 1});
  }
  Counting counting;
  GradientSum sums(parameters, counting, 2 * 16 * 4);  // two matrices a bucket
  for (int round = 1; round <= 2; ++round) {
    counting.sizes.clear();
    for (Parameter& p : parameters) p.tensor.mutable_grad().reset();
    Tensor x = parameters[0].tensor;
    for (size_t i = 1; i < 4; ++i) x = at::mm(x, parameters[i].tensor);
    if (round == 2) sums.arm();
    at::mm(x, parameters[0].tensor).sum().backward();
    const Tensor expected = parameters[1].tensor.grad().clone();
    sums.finish();
    EXPECT_EQ(counting.sizes, (std::vector<int64_t>{32, 32, 16}));
    EXPECT_EQ(sums.overlapped(), 0u);  // "unused" is in the first bucket
    EXPECT_TRUE(at::equal(parameters[1].tensor.grad(), expected));
    EXPECT_EQ(parameters[4].tensor.grad().abs().sum().item<float>(), 0);
  }
  parameters.pop_back();
  GradientSum all_used(parameters, counting, 2 * 16 * 4);
  for (Parameter& p : parameters) p.tensor.mutable_grad().reset();
  all_used.arm();
  at::mm(at::mm(at::mm(parameters[0].tensor, parameters[1].tensor), parameters[2].tensor),
         parameters[3].tensor)
      .sum()
      .backward();
  all_used.finish();
  EXPECT_EQ(all_used.overlapped(), 2u);
}

TEST(World, NamesTheVariableThatIsWrong) {
  const auto message = [](const char* size, const char* rank) {
    setenv("WORLD_SIZE", size, 1);
    rank ? setenv("RANK", rank, 1) : unsetenv("RANK");
    std::string text;
    try {
      make_collective(world_from_environment(), at::kCPU);
    } catch (const Error& e) {
      text = e.what();
    }
    unsetenv("WORLD_SIZE");
    unsetenv("RANK");
    return text;
  };
  EXPECT_EQ(message("1", nullptr), "");
  EXPECT_NE(message("2", nullptr).find("RANK is not"), std::string::npos);
  EXPECT_NE(message("2", "2").find("RANK=2"), std::string::npos);
  EXPECT_NE(message("two", "0").find("WORLD_SIZE='two'"), std::string::npos);
#ifdef CADRECODE_C10D
  EXPECT_NE(message("2", "0").find("MASTER_ADDR"), std::string::npos);
#else
  EXPECT_NE(message("2", "0").find("one process only"), std::string::npos);
#endif
}

}  // namespace
}  // namespace cadrecode::train
