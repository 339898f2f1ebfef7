#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/files.h"
#include "base/hash.h"
#include "geometry/cloud/io.h"
#include "learning/dataset/folder.h"

namespace cadrecode::dataset {
namespace {

// The header numpy.save writes for float32 (n, 3), apart from its padding.
bool header_says(const std::string& header, size_t points) {
  std::string plain;
  std::copy_if(header.begin(), header.end(), std::back_inserter(plain),
               [](char c) { return c > ' '; });
  return plain == fmt::format("{{'descr':'<f4','fortran_order':False,'shape':({},3),}}", points);
}

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw Error(ErrorKind::kInput, "'" + path + "': " + why, {path, 0, 0});
}

// A sample's points do not depend on its neighbours.
uint64_t seed_of(const std::string& id, uint64_t seed) {
  return RandomStream(seed, fnv1a(id)).bits_at(0);
}

void write_cache(const std::string& path, const std::vector<float>& values) {
  cloud::PointCloud out;
  for (size_t i = 0; i + 2 < values.size(); i += 3) {
    out.points.push_back({values[i], values[i + 1], values[i + 2]});
  }
  cloud::write_npy(out, path);
}

}  // namespace

std::vector<float> read_cache(const std::string& path, size_t points) {
  static_assert(std::endian::native == std::endian::little);
  const std::string bytes = read_file(path, size_t{1} << 28);
  if (bytes.size() < 10 || bytes.compare(0, 6, "\x93NUMPY") != 0) fail(path, "is no .npy file");
  const size_t length =
      static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  if (bytes[6] != 1 || bytes.size() < 10 + length ||
      !header_says(bytes.substr(10, length), points)) {
    fail(path, fmt::format("is not float32 ({}, 3)", points));
  }
  if (bytes.size() != 10 + length + points * 12) fail(path, "is cut off, or has bytes too many");
  std::vector<float> out(points * 3);
  std::memcpy(out.data(), bytes.data() + 10 + length, points * 12);
  for (const float v : out) {
    if (!std::isfinite(v)) fail(path, "has a coordinate that is not finite");
    if (std::abs(v) > 1 + 1e-5f) fail(path, fmt::format("has a coordinate {} outside [-1, 1]", v));
  }
  return out;
}

CacheSummary make_caches(const std::string& folder, const std::vector<FolderSample>& samples,
                         size_t points, uint64_t seed, size_t threads, const Execute& execute,
                         const std::function<void(size_t)>& progress) {
  CacheSummary out;
  std::mutex mutex;
  std::atomic<size_t> next{0};
  CloudOptions options;
  options.frame = CloudFrame::kUnit, options.points = points, options.noise_probability = 0;
  const auto one = [&](const FolderSample& s) {
    const std::string path = cache_path(folder, s.sample_id);
    const bool there = std::filesystem::exists(path);
    try {
      if (there) read_cache(path, points);
      if (there) {
        const std::lock_guard lock(mutex);
        ++out.present;
        return;
      }
    } catch (const Error&) {  // wrong: made again
    }
    std::string reason;
    try {
      Row row;
      row.id = s.sample_id, row.code = read_code(folder, s);
      const Sample sample = draw(row, options, RandomStream(seed_of(s.sample_id, seed)), execute);
      reason = sample.error;
      if (reason.empty()) write_cache(path, sample.points);
    } catch (const Error& error) {
      reason = error.what();
    }
    const std::lock_guard lock(mutex);
    if (!reason.empty()) {
      out.failed.emplace_back(s.sample_id, reason);
    } else {
      ++(there ? out.remade : out.made);
    }
  };
  const auto work = [&] {
    for (size_t i; (i = next++) < samples.size();) {
      one(samples[i]);
      if (!progress) continue;
      const std::lock_guard lock(mutex);
      progress(i + 1);
    }
  };
  std::vector<std::thread> pool;
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  for (size_t t = 1; t < threads; ++t) pool.emplace_back(work);
  work();
  for (std::thread& t : pool) t.join();
  std::sort(out.failed.begin(), out.failed.end());
  std::vector<std::string> ids;
  for (const auto& [id, reason] : out.failed) ids.push_back(id);
  add_error_samples(folder, ids);
  return out;
}

}  // namespace cadrecode::dataset
