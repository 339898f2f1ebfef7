// Speed of decoding one model folder, as one JSON line:
//   decode_perf MODEL FORMAT THREADS [TOKENS] [PROMPT] [SAMPLES]
// load, a prompt of PROMPT positions (points and one token), TOKENS greedy
// tokens of one sequence, the same of SAMPLES sequences together, what a plain
// read of as many bytes costs in between, and the memory held.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "learning/decode/engine.h"

using namespace cadrecode::decode;

namespace {

// With one thread, CPU seconds: what others do on the machine then costs
// waiting, which is not counted, and only their share of the memory's speed.
bool by_cpu = false;

double now() {
  if (by_cpu) {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double resident_gb() {
  std::ifstream file("/proc/self/statm");
  double size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e9;
}

// GB/s of reading 512 MB of ours with all threads of the pool.
double read_speed(Engine& engine) {
  static const std::vector<uint64_t> memory(size_t{64} << 20, 1);
  constexpr size_t kPiece = size_t{1} << 17;
  const double start = now();
  engine.pool().run(memory.size() / kPiece, memory.size(), [&](size_t piece, size_t) {
    volatile uint64_t sum = engine.kernel().read(memory.data() + piece * kPiece, kPiece * 8);
    (void)sum;
  });
  return static_cast<double>(memory.size()) * 8 / (now() - start) / 1e9;
}

// Seconds for `tokens` greedy steps of all sequences; tokens into `chosen`.
double decode(Engine& engine, std::vector<Sequence> sequences, std::vector<float> first,
              size_t tokens, std::vector<int32_t>& chosen) {
  const size_t n = sequences.size(), vocab = engine.vocabulary();
  std::vector<Sequence*> pointers;
  for (Sequence& s : sequences) pointers.push_back(&s);
  std::vector<float> logits(n * vocab);
  std::vector<int32_t> next(n, static_cast<int32_t>(engine.kernel().argmax(first.data(), vocab)));
  // The samples take different ways, as sampled ones would.
  for (size_t i = 1; i < n; ++i) next[i] = static_cast<int32_t>((next[0] + i * 7919) % vocab);
  const double start = now();
  for (size_t t = 0; t < tokens; ++t) {
    engine.step(pointers, next, logits);
    for (size_t i = 0; i < n; ++i)
      next[i] = static_cast<int32_t>(engine.kernel().argmax(logits.data() + i * vocab, vocab));
    chosen.push_back(next[0]);
  }
  return now() - start;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: decode_perf MODEL FORMAT THREADS [TOKENS] [PROMPT] [SAMPLES]\n");
    return 2;
  }
  const auto argument = [&](int i, size_t otherwise) {
    return argc > i ? static_cast<size_t>(std::atol(argv[i])) : otherwise;
  };
  const size_t threads = argument(3, 1), tokens = argument(4, 100), length = argument(5, 257);
  const size_t samples = argument(6, 10);
  by_cpu = threads == 1;
  double start = now();
  const auto model = load_model(argv[1], weight_format_from_string(argv[2]), threads);
  const double load = now() - start;
  Engine engine(model, threads);
  Prompt prompt{{}, {151644 % static_cast<int32_t>(model->config.vocab_size)}};
  for (size_t i = 1; i < length; ++i) {
    const float t = static_cast<float>(i) * 0.618034f;
    prompt.points.push_back({std::sin(t), std::cos(1.7f * t), std::sin(2.3f * t)});
  }
  std::vector<float> logits(engine.vocabulary());
  engine.prefill(prompt, logits);  // first touch of mapped weights
  start = now();
  const Sequence prefix = engine.prefill(prompt, logits);
  const double prefill = now() - start;
  const std::vector<float> first(
      logits.begin(), logits.begin() + static_cast<long>(std::min<size_t>(2000, logits.size())));
  std::vector<int32_t> chosen, ignored;
  decode(engine, {prefix}, logits, 2, ignored);
  const double held = resident_gb();  // before the memory of the plain reads
  // Plain reads before and after: the machine may be shared.
  const double before = read_speed(engine);
  const double single = decode(engine, {prefix}, logits, tokens, chosen);
  const double after = read_speed(engine);
  const double batch =
      samples ? decode(engine, std::vector<Sequence>(samples, prefix), logits, tokens, ignored) : 0;
  const double bytes = static_cast<double>(model->weight_bytes());
  nlohmann::ordered_json row = {{"model", argv[1]},
                                {"format", argv[2]},
                                {"threads", threads},
                                {"kernels", engine.kernel().name},
                                {"load_s", load},
                                {"prompt", length},
                                {"prompt_s", prefill},
                                {"tokens", tokens},
                                {"tokens_s", single},
                                {"ms_per_token", 1e3 * single / tokens},
                                {"weight_gb", bytes / 1e9},
                                {"gb_per_s", bytes * tokens / single / 1e9},
                                {"read_gb_per_s", {before, after}},
                                {"of_read", bytes * tokens / single / 1e9 / ((before + after) / 2)},
                                {"samples", samples},
                                {"samples_s", batch},
                                {"samples_ratio", batch / single},
                                {"rss_gb", held},
                                {"chosen", chosen},
                                {"logits", first}};
  std::puts(row.dump().c_str());
}
