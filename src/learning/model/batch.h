// Samples laid end to end, so that no token is padding.
//
// Notation: B samples of lengths L_b, T = Σ L_b. Everything outside attention
// works on [T, …]. Attention alone is laid out as [B, max L] with zeros behind
// each sample: since a position sees only earlier ones, what stands behind a
// sample cannot reach it, and no mask is needed. Sample i never sees sample j.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "learning/model/brep_encoder.h"
#include "learning/model/tensor.h"

namespace cadrecode::model {

// In a sample's tokens: "here goes the next point token", "the next B-rep
// token". (The mask values of CAD-Recode and its multimodal successor.)
inline constexpr int64_t kPointSlot = -1;
inline constexpr int64_t kBrepSlot = -2;

// One sample on the host. The usual text is kPointSlot × P, <|im_start|>, code,
// <|endoftext|>, with `first_target` = P + 1: code and end token are supervised,
// each predicted from the position before it.
struct Sample {
  std::vector<int64_t> tokens;
  std::vector<float> points;  // P rows of 3 (xyz) or 6 (xyz, unit normal); P = slots (Fourier)
  int64_t first_target = 0;   // tokens from here on are predicted; ≥ size: none
  // Faces and edges for kBrepSlot: one slot a face, the largest faces where there
  // are fewer slots. None: no such slots, or tokens come from ForwardOptions.
  std::shared_ptr<const mesh::UvGrids> brep;
};

// Slots for `points` point tokens, then `start`: what generation begins with.
std::vector<int64_t> prompt_tokens(int64_t points, int64_t start);

struct Batch {
  int64_t samples = 0;  // B
  int64_t longest = 0;  // max L_b
  std::vector<int64_t> lengths;
  std::vector<int64_t> starts;  // [B + 1]: sample b has rows starts[b] …, filler included
  Tensor tokens;                // int64 [T]; 0 in slots and filler
  Tensor positions;             // int64 [T]: 0 … L_b - 1
  Tensor place;        // int64 [T]: b * longest + position; undefined when all lengths are equal
  Tensor points;       // float32 [samples with points, P, 3 or 6]; undefined without points
  BrepBatch brep;      // of the samples with faces; face_counts is empty without
  Tensor point_slots;  // int64 [number of point slots]: rows of [T], sample by sample
  Tensor brep_slots;   // int64 [number of B-rep slots]
  Tensor sources;      // int64 [S]: rows of [T] from which a target is predicted
  Tensor targets;      // int64 [S]: the tokens to be predicted
};

// How many rows training brings to a matrix product: a multiple of this.
inline constexpr int64_t kRowMultiple = 64;

// `multiple` > 1: tokens nobody looks at follow shorter samples until T is a multiple
// of it. Matrix products then meet few different shapes: oneDNN compiles a kernel for
// each, and tensor cores want round ones. Neither `lengths` nor targets count them.
// Errors: kValue when a sample is empty, holds another negative token, or the
// samples with points have different numbers of them.
Batch make_batch(std::span<const Sample> samples, int64_t point_columns, at::Device device,
                 int64_t multiple = 1);

// x [T, C] as [B, longest, C], zeros behind each sample; and back.
Tensor to_padded(const Batch& batch, const Tensor& x);
Tensor to_packed(const Batch& batch, const Tensor& padded);

}  // namespace cadrecode::model
