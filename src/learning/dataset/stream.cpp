#include "learning/dataset/stream.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "learning/dataset/permutation.h"

namespace cadrecode::dataset {
namespace {

constexpr const char* kNoState =
    "the saved place in the data is damaged: no {\"taken\", \"stream\"}";
constexpr uint64_t kCloudStream = 0x636C6F7564;  // apart from other users of the same seed

}  // namespace

Rows rows_of(const ShardSet& set) {
  return {set.size(), [&set](uint64_t i) { return set.row(i); }};
}

SampleStream::SampleStream(Rows rows, StreamOptions options, Execute execute)
    : rows_(std::move(rows)), options_(std::move(options)), execute_(std::move(execute)) {
  if (rows_.size == 0 || options_.ranks == 0 || options_.rank >= options_.ranks) {
    throw Error(ErrorKind::kValue, fmt::format("cannot stream {} rows as rank {} of {}", rows_.size,
                                               options_.rank, options_.ranks));
  }
}

uint64_t SampleStream::epoch_at(uint64_t k) const {
  return (k * options_.ranks + options_.rank) / rows_.size;
}

uint64_t SampleStream::row_at(uint64_t k) const {
  const uint64_t g = k * options_.ranks + options_.rank, epoch = g / rows_.size,
                 place = g % rows_.size;
  return options_.shuffle ? Permutation(rows_.size, options_.seed, epoch).at(place) : place;
}

Sample SampleStream::at(uint64_t k) const {
  const uint64_t number = row_at(k);
  Sample sample;
  try {
    const RandomStream random =
        RandomStream(options_.seed, kCloudStream).fork(epoch_at(k)).fork(number);
    const Modality modality = chosen(options_.modality, random);
    CloudOptions cloud = options_.cloud;
    if (modality == Modality::kBrep) cloud.points = 0;
    sample = draw(rows_.at(number), cloud, random, execute_);
    if (modality != Modality::kPoints && sample.error.empty()) {
      sample.brep = read_brep(options_.breps, sample.id, cloud.frame, sample.rotation);
    }
  } catch (const Error& error) {
    sample.error = to_string(error.place()) + ": " + error.what();
    sample.points.clear();
  }
  sample.row = number;
  return sample;
}

std::optional<uint64_t> SampleStream::size() const {
  if (options_.epochs == 0) return {};
  const uint64_t all = options_.epochs * rows_.size;
  return all / options_.ranks + (options_.rank < all % options_.ranks ? 1 : 0);
}

std::string SampleStream::fingerprint() const {
  const CloudOptions& c = options_.cloud;
  std::string text = fmt::format(
      "rows {} seed {} shuffle {} epochs {} cloud {} {} frame {} noise {} {} {} rotations {}",
      rows_.size, options_.seed, options_.shuffle, options_.epochs, c.dense, c.points,
      static_cast<int>(c.frame), c.noise_probability, c.noise_sigma, static_cast<int>(c.noise_kind),
      c.rotations);
  if (c.normals) text += " normals";
  if (options_.modality != Modality::kPoints) {
    text += fmt::format(" modality {}", static_cast<int>(options_.modality));
  }
  return text;
}

StreamState state_after(const SampleStream& stream, uint64_t taken_by_this_rank) {
  return {taken_by_this_rank * stream.options().ranks, stream.fingerprint()};
}

std::string to_text(const StreamState& state) {
  return nlohmann::ordered_json{{"taken", state.taken}, {"stream", state.fingerprint}}.dump();
}

uint64_t resume(const SampleStream& stream, const std::string& text) {
  StreamState state;
  try {
    const auto json = nlohmann::json::parse(text);
    if (!json.at("taken").is_number_unsigned()) throw Error(ErrorKind::kInput, kNoState);
    state = {json.at("taken").get<uint64_t>(), json.at("stream").get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::kInput, kNoState);
  }
  if (state.fingerprint != stream.fingerprint()) {
    throw Error(ErrorKind::kValue, "the saved place belongs to another stream of data: it was '" +
                                       state.fingerprint + "', this is '" + stream.fingerprint() +
                                       "'");
  }
  if (state.taken % stream.options().ranks != 0) {
    throw Error(ErrorKind::kValue, fmt::format("{} samples were taken: {} ranks cannot share that",
                                               state.taken, stream.options().ranks));
  }
  return state.taken / stream.options().ranks;
}

}  // namespace cadrecode::dataset
