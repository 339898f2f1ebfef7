// Training samples a second on one thread: row from a shard, program to Part,
// 8192 surface points, 256 farthest, noise with p = 0.5.
// Usage: dataset_perf programs.jsonl [epochs]; prints one JSON object with the
// CPU seconds a sample takes, by stage and together (each the mean over the set).
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "geometry/cloud/sample.h"
#include "geometry/prism/solid.h"
#include "language/dialect/recognise.h"
#include "learning/dataset/shard_set.h"
#include "learning/dataset/stream.h"

namespace {

using namespace cadrecode;

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

template <typename Work>
double mean_seconds(uint64_t count, const Work& work) {
  const double start = cpu_seconds();
  for (uint64_t i = 0; i < count; ++i) work(i);
  return (cpu_seconds() - start) / static_cast<double>(count);
}

void write_shards(const std::string& programs, const std::string& folder) {
  std::ifstream in(programs);
  dataset::ShardSetWriter out(folder, {});
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line);
    dataset::Row row;
    row.id = json.at("id"), row.code = json.at("code"), row.source = "perf";
    out.append(row);
  }
  out.finish();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::puts("usage: dataset_perf programs.jsonl [epochs]"), 2;
  const uint64_t epochs = argc > 2 ? std::stoull(argv[2]) : 1;
  std::string folder = (std::filesystem::temp_directory_path() / "dataset_perf-XXXXXX").string();
  if (!mkdtemp(folder.data())) return 1;
  write_shards(argv[1], folder);
  nlohmann::ordered_json out;
  {
    const dataset::ShardSet set(folder);
    dataset::StreamOptions options;
    options.epochs = epochs;
    const dataset::SampleStream stream(dataset::rows_of(set), options);
    uint64_t failed = 0;
    size_t sink = 0;
    out["samples"] = *stream.size();
    out["sample"] = mean_seconds(*stream.size(), [&](uint64_t k) {
      const dataset::Sample s = stream.at(k);
      failed += !s.error.empty(), sink += s.points.size();
    });
    out["failed"] = failed;
    out["row"] = mean_seconds(set.size(), [&](uint64_t i) { sink += set.row(i).code.size(); });
    std::vector<part::Part> parts;
    out["program to Part"] = mean_seconds(set.size(), [&](uint64_t i) {
      auto part = dialect::recognise(set.row(i).code).part;
      if (part) parts.push_back(*part);
    });
    out["program to Part"] = out["program to Part"].get<double>() - out["row"].get<double>();
    std::vector<Vec3> points;
    out["8192 points"] = mean_seconds(parts.size(), [&](uint64_t i) {
      points = prism::sample_surface(prism::Solid(parts[i]), 8192, i).points;
    });
    out["256 farthest"] = mean_seconds(
        parts.size(), [&](uint64_t i) { sink += cloud::farthest_points(points, 256)[i % 256]; });
    if (sink == 1) std::puts("");
  }
  std::filesystem::remove_all(folder);
  std::puts(out.dump().c_str());
  return 0;
}
