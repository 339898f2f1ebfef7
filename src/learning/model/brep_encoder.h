// B-rep models to tokens: one token a face.
//
// After UV-Net (Jayaraman et al. 2021): a small image network reads every face's
// 20 × 20 × 7 grid, a small signal network every edge's 20 × 6 grid
// (geometry/mesh/uv_grid.h); then faces and edges exchange messages over the face
// adjacency, and every face's state after each round goes through a linear head of
// its own into the decoder's width; the heads' results add up to its token.
//
// A part of F faces takes F consecutive slots of the sequence (kBrepSlot), so
// nothing is pooled into one vector and nothing is padded; parts with more faces
// than `max_faces` keep the largest. Letters: F faces and E edges of the whole
// batch, W = config.width, C the decoder's hidden size.
//
// Where we differ from the peer's encoder, and why: group instead of batch
// normalisation (a part's tokens must not depend on its neighbours in the batch),
// strides of 2 (a ninth of the work), messages both ways along an edge. fp32.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "geometry/mesh/uv_grid.h"
#include "learning/checkpoint/config.h"
#include "learning/model/point_encoder.h"
#include "learning/model/tensor.h"

namespace cadrecode::model {

struct Dense {
  Tensor weight, bias;  // [out, in], [out]
};

// Three convolutions (kernel 3, strides 1 2 2, channels 64 128 256), each with group normalisation
// and leaky ReLU; their mean, beside the point encoder's 51 features of its box; one dense layer.
struct GridNet {
  struct Stage {
    Tensor kernel, norm_weight, norm_bias;
  };
  Stage stages[3];
  Dense out;
};

// One round: every face takes Σ over its edges of gate(edge) · from(other face),
// every edge takes the sum of its two faces; each through a two-layer network and
// a layer normalisation, added to what was there.
struct MessageRound {
  Dense gate, from, face_1, face_2, edge_1, edge_2;
  Tensor face_norm, edge_norm;  // [W] RMS norms
  Tensor face_eps, edge_eps;    // [1]: how much of the old state enters the network
};

struct BrepEncoder {
  checkpoint::BrepEncoderConfig config;
  GridNet face_net, edge_net;
  std::vector<MessageRound> rounds;
  std::vector<Dense> heads;  // rounds + 1, [C, W]

  bool defined() const { return !heads.empty(); }
};

BrepEncoder make_brep_encoder(const checkpoint::ModelConfig& config, const Draw& draw);

// Every tensor as "brep_encoder.<…>".
void for_each_tensor(BrepEncoder& encoder,
                     const std::function<void(const std::string&, Tensor&)>& visit);

// Graphs of several parts laid end to end.
struct BrepBatch {
  Tensor faces;                      // float [F, 7, 20, 20]
  Tensor edges;                      // float [E, 6, 20]
  Tensor first, second;              // int64 [E]: rows of `faces`
  std::vector<int64_t> face_counts;  // of each part: how many slots its sample needs
};

// How many slots a part takes.
int64_t slots_of(const mesh::UvGrids& part, int64_t max_faces);

// Part i keeps at most limits[i] faces. Errors: kValue for a part without faces.
BrepBatch make_brep_batch(std::span<const mesh::UvGrids* const> parts,
                          std::span<const int64_t> limits, at::Device device);
BrepBatch make_brep_batch(std::span<const mesh::UvGrids> parts, int64_t max_faces,
                          at::Device device);

// Tokens [F, C] fp32, part after part: ForwardOptions::brep_tokens. `dropout_seed`
// 0: none; otherwise config.dropout on the faces' messages.
Tensor encode_brep(const BrepEncoder& encoder, const BrepBatch& batch, uint64_t dropout_seed = 0);

}  // namespace cadrecode::model
