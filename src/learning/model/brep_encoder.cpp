#include "learning/model/brep_encoder.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "learning/checkpoint/names.h"
#include "learning/model/compat.h"
#include "learning/model/init.h"
#include "learning/model/operations.h"

namespace cadrecode::model {
namespace {

constexpr int64_t kChannels[] = {64, 128, 256};
constexpr int64_t kGroups = 8;
constexpr auto kSide = static_cast<int64_t>(mesh::kUvSide);
constexpr auto kFace = static_cast<int64_t>(mesh::kFaceChannels);
constexpr auto kEdge = static_cast<int64_t>(mesh::kEdgeChannels);
const std::string kPrefix = "brep_encoder.";

Dense make_dense(const std::string& name, int64_t out, int64_t in, const Draw& draw) {
  return {draw(kPrefix + name + ".weight", {out, in}, 1 / std::sqrt(static_cast<double>(in))),
          draw(kPrefix + name + ".bias", {out}, kZeros)};
}

GridNet make_net(const std::string& name, int64_t channels, bool image, int64_t width,
                 const Draw& draw) {
  GridNet net;
  const int64_t own = 2 * checkpoint::kPointFeatures + channels;
  for (size_t i = 0; i < 3; ++i) {
    const std::string stage = kPrefix + name + ".stages." + std::to_string(i);
    std::vector<int64_t> shape = {kChannels[i], channels, 3};
    if (image) shape.push_back(3);
    const double in = static_cast<double>(channels) * (image ? 9 : 3);
    net.stages[i] = {draw(stage + ".kernel", shape, std::sqrt(2 / in)),
                     draw(stage + ".norm.weight", {kChannels[i]}, kOnes),
                     draw(stage + ".norm.bias", {kChannels[i]}, kZeros)};
    channels = kChannels[i];
  }
  net.out = make_dense(name + ".out", width, channels + own, draw);
  return net;
}

MessageRound make_round(const std::string& name, int64_t width, const Draw& draw) {
  MessageRound r;
  r.gate = make_dense(name + ".gate", width, width, draw);
  r.from = make_dense(name + ".from", width, width, draw);
  r.face_1 = make_dense(name + ".face_1", width, width, draw);
  r.face_2 = make_dense(name + ".face_2", width, width, draw);
  r.edge_1 = make_dense(name + ".edge_1", width, width, draw);
  r.edge_2 = make_dense(name + ".edge_2", width, width, draw);
  r.face_norm = draw(kPrefix + name + ".face_norm.weight", {width}, kOnes);
  r.edge_norm = draw(kPrefix + name + ".edge_norm.weight", {width}, kOnes);
  r.face_eps = draw(kPrefix + name + ".face_eps", {1}, kZeros);
  r.edge_eps = draw(kPrefix + name + ".edge_eps", {1}, kZeros);
  return r;
}

Tensor dense(const Dense& d, const Tensor& x) { return at::linear(x, d.weight, d.bias); }

Tensor two_layers(const Dense& a, const Dense& b, const Tensor& x) {
  return dense(b, at::leaky_relu(dense(a, x)));
}

// grids [N, channels, 20 (, 20)] -> [N, W]. Where a face lies and how large it is,
// which normalisation and averaging blur, goes past the convolutions: a program's
// numbers are as fine as a hundredth of the box.
Tensor read_grids(const GridNet& net, const Tensor& grids) {
  const bool image = grids.dim() == 4;
  Tensor x = grids;
  for (size_t i = 0; i < 3; ++i) {
    const auto& stage = net.stages[i];
    const int64_t stride = i == 0 ? 1 : 2;
    x = image ? at::conv2d(x, stage.kernel, {}, stride, 1)
              : at::conv1d(x, stage.kernel, {}, stride, 1);
    x = at::leaky_relu(at::group_norm(x, kGroups, stage.norm_weight, stage.norm_bias));
  }
  const Tensor cells = grids.flatten(2), points = cells.slice(1, 0, 3);
  // Cells cut away do not count: they are moved out of the box's way.
  const Tensor away = image ? (1 - cells.slice(1, 6)) * 4 : at::zeros({}, cells.options());
  return dense(net.out, at::cat({x.flatten(2).mean(2), fourier_features((points + away).amin(2)),
                                 fourier_features((points - away).amax(2)), cells.mean(2)},
                                1));
}

// Faces in the order of the file, the largest `limit` of them. A face's size is
// what its grid cells that lie inside span.
std::vector<int64_t> kept_faces(const mesh::UvGrids& part, int64_t limit) {
  const auto count = static_cast<int64_t>(part.face_count());
  std::vector<int64_t> kept(static_cast<size_t>(count));
  std::iota(kept.begin(), kept.end(), 0);
  if (count <= limit) return kept;
  std::vector<double> size;
  const auto at = [&](int64_t f, int64_t i, int64_t j) {
    return &part.faces[static_cast<size_t>(((f * kSide + i) * kSide + j) * kFace)];
  };
  for (int64_t f = 0; f < count; ++f) {
    double sum = 0;
    for (int64_t i = 0; i + 1 < kSide; ++i) {
      for (int64_t j = 0; j + 1 < kSide; ++j) {
        const float *p = at(f, i, j), *q = at(f, i + 1, j), *r = at(f, i, j + 1);
        const Vec3 a{q[0] - p[0], q[1] - p[1], q[2] - p[2]},
            b{r[0] - p[0], r[1] - p[1], r[2] - p[2]};
        sum += p[6] * norm(cross(a, b));
      }
    }
    size.push_back(sum);
  }
  std::stable_sort(kept.begin(), kept.end(), [&](int64_t a, int64_t b) {
    return size[static_cast<size_t>(a)] > size[static_cast<size_t>(b)];
  });
  kept.resize(static_cast<size_t>(limit));
  std::sort(kept.begin(), kept.end());
  return kept;
}

Tensor from_floats(const std::vector<float>& values, std::vector<int64_t> shape) {
  const Tensor out = at::empty(shape, at::kFloat);
  if (!values.empty()) std::memcpy(out.data_ptr(), values.data(), values.size() * sizeof(float));
  return out;
}

Tensor from_indices(const std::vector<int64_t>& values, at::Device device) {
  const Tensor out = at::empty({static_cast<int64_t>(values.size())}, at::kLong);
  if (!values.empty()) std::memcpy(out.data_ptr(), values.data(), values.size() * sizeof(int64_t));
  return out.to(device);
}

// The lists behind a BrepBatch.
struct Lists {
  std::vector<float> faces, edges;
  std::vector<int64_t> first, second;
};

void append(Lists& lists, const mesh::UvGrids& part, const std::vector<int64_t>& kept,
            int64_t start) {
  constexpr size_t face = mesh::kUvSide * mesh::kUvSide * mesh::kFaceChannels;
  constexpr size_t edge = mesh::kUvSide * mesh::kEdgeChannels;
  std::vector<int64_t> row(part.face_count(), -1);
  for (size_t i = 0; i < kept.size(); ++i) {
    row[static_cast<size_t>(kept[i])] = start + static_cast<int64_t>(i);
    const auto begin = part.faces.begin() + kept[i] * static_cast<int64_t>(face);
    lists.faces.insert(lists.faces.end(), begin, begin + face);
  }
  for (size_t e = 0; e < part.edge_count(); ++e) {
    const int64_t a = row[static_cast<size_t>(part.edge_faces[e][0])];
    const int64_t b = row[static_cast<size_t>(part.edge_faces[e][1])];
    if (a < 0 || b < 0) continue;  // to a face that was left out
    lists.first.push_back(a);
    lists.second.push_back(b);
    const auto begin = part.edges.begin() + static_cast<std::ptrdiff_t>(e * edge);
    lists.edges.insert(lists.edges.end(), begin, begin + edge);
  }
}

}  // namespace

BrepEncoder make_brep_encoder(const checkpoint::ModelConfig& config, const Draw& draw) {
  BrepEncoder e;
  e.config = config.brep_encoder;
  if (!e.config.present) return e;
  const int64_t width = e.config.width;
  e.face_net = make_net("face_net", kFace, true, width, draw);
  e.edge_net = make_net("edge_net", kEdge, false, width, draw);
  for (int64_t i = 0; i < e.config.rounds; ++i) {
    e.rounds.push_back(make_round("rounds." + std::to_string(i), width, draw));
  }
  for (int64_t i = 0; i <= e.config.rounds; ++i) {
    const std::string name = kPrefix + "heads." + std::to_string(i);
    e.heads.push_back({draw(name + ".weight", {config.hidden_size, width}, 0.02),
                       draw(name + ".bias", {config.hidden_size}, kZeros)});
  }
  return e;
}

void for_each_tensor(BrepEncoder& e,
                     const std::function<void(const std::string&, Tensor&)>& visit) {
  if (!e.defined()) return;
  const auto dense_of = [&](const std::string& name, Dense& d) {
    visit(kPrefix + name + ".weight", d.weight);
    visit(kPrefix + name + ".bias", d.bias);
  };
  const auto net_of = [&](const std::string& name, GridNet& net) {
    for (size_t i = 0; i < 3; ++i) {
      const std::string stage = kPrefix + name + ".stages." + std::to_string(i);
      visit(stage + ".kernel", net.stages[i].kernel);
      visit(stage + ".norm.weight", net.stages[i].norm_weight);
      visit(stage + ".norm.bias", net.stages[i].norm_bias);
    }
    dense_of(name + ".out", net.out);
  };
  net_of("face_net", e.face_net);
  net_of("edge_net", e.edge_net);
  for (size_t i = 0; i < e.rounds.size(); ++i) {
    const std::string name = "rounds." + std::to_string(i);
    MessageRound& r = e.rounds[i];
    dense_of(name + ".gate", r.gate);
    dense_of(name + ".from", r.from);
    dense_of(name + ".face_1", r.face_1);
    dense_of(name + ".face_2", r.face_2);
    dense_of(name + ".edge_1", r.edge_1);
    dense_of(name + ".edge_2", r.edge_2);
    visit(kPrefix + name + ".face_norm.weight", r.face_norm);
    visit(kPrefix + name + ".edge_norm.weight", r.edge_norm);
    visit(kPrefix + name + ".face_eps", r.face_eps);
    visit(kPrefix + name + ".edge_eps", r.edge_eps);
  }
  for (size_t i = 0; i < e.heads.size(); ++i) dense_of("heads." + std::to_string(i), e.heads[i]);
}

int64_t slots_of(const mesh::UvGrids& part, int64_t max_faces) {
  return std::min(static_cast<int64_t>(part.face_count()), max_faces);
}

BrepBatch make_brep_batch(std::span<const mesh::UvGrids> parts, int64_t max_faces,
                          at::Device device) {
  std::vector<const mesh::UvGrids*> pointers;
  for (const mesh::UvGrids& part : parts) pointers.push_back(&part);
  return make_brep_batch(pointers, std::vector<int64_t>(parts.size(), max_faces), device);
}

BrepBatch make_brep_batch(std::span<const mesh::UvGrids* const> parts,
                          std::span<const int64_t> limits, at::Device device) {
  BrepBatch batch;
  Lists lists;
  int64_t total = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const mesh::UvGrids& part = *parts[i];
    if (part.face_count() == 0) throw Error(ErrorKind::kValue, "a B-rep without faces");
    const auto kept = kept_faces(part, limits[i]);
    append(lists, part, kept, total);
    batch.face_counts.push_back(static_cast<int64_t>(kept.size()));
    total += batch.face_counts.back();
  }
  const auto edges = static_cast<int64_t>(lists.first.size());
  batch.faces = from_floats(lists.faces, {total, kSide, kSide, kFace})
                    .permute({0, 3, 1, 2})
                    .contiguous()
                    .to(device);
  batch.edges =
      from_floats(lists.edges, {edges, kSide, kEdge}).transpose(1, 2).contiguous().to(device);
  batch.first = from_indices(lists.first, device);
  batch.second = from_indices(lists.second, device);
  return batch;
}

Tensor encode_brep(const BrepEncoder& e, const BrepBatch& batch, uint64_t dropout_seed) {
  const bool linked = batch.edges.size(0) > 0;
  Tensor faces = read_grids(e.face_net, batch.faces);
  Tensor edges = linked ? read_grids(e.edge_net, batch.edges) : Tensor();
  Tensor tokens = dense(e.heads[0], faces);
  for (size_t i = 0; i < e.rounds.size(); ++i) {
    const MessageRound& r = e.rounds[i];
    Tensor heard = at::zeros_like(faces);
    if (linked) {
      const Tensor gate = at::sigmoid(dense(r.gate, edges)), said = dense(r.from, faces);
      heard = heard.index_add(0, batch.first, gate * said.index_select(0, batch.second))
                  .index_add(0, batch.second, gate * said.index_select(0, batch.first));
    }
    if (dropout_seed != 0 && e.config.dropout > 0) {
      heard = seeded_dropout(heard, e.config.dropout, RandomStream(dropout_seed).bits_at(i));
    }
    faces = faces + two_layers(r.face_1, r.face_2,
                               rms_norm(faces * (r.face_eps + 1) + heard, r.face_norm, 1e-6));
    if (linked) {
      const Tensor ends = faces.index_select(0, batch.first) + faces.index_select(0, batch.second);
      edges = edges + two_layers(r.edge_1, r.edge_2,
                                 rms_norm(edges * (r.edge_eps + 1) + ends, r.edge_norm, 1e-6));
    }
    tokens = tokens + dense(e.heads[i + 1], faces);
  }
  return tokens;
}

}  // namespace cadrecode::model
