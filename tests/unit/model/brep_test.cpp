// The B-rep encoder: its tokens are a sequence, one a face, and each is its own.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "learning/model/brep_encoder.h"
#include "learning/model/folder.h"
#include "unit/model/box_grids.h"
#include "unit/model/golden.h"

namespace cadrecode::model {
namespace {

Model model_with_brep() {
  checkpoint::ModelConfig config = golden_model("qwen2").config;
  config.brep_encoder.present = true;
  config.brep_encoder.width = 32;
  return make_model(config, 5, at::kFloat, at::kFloat, at::kCPU);
}

Tensor tokens_of(const Model& model, std::vector<mesh::UvGrids> parts, int64_t limit = 256) {
  return encode_brep(model.brep, make_brep_batch(parts, limit, at::kCPU));
}

TEST(Brep, EveryFaceHasATokenOfItsOwn) {
  const Model model = model_with_brep();
  const Tensor tokens = tokens_of(model, {box(2, 1, 0.5)});
  ASSERT_EQ(tokens.sizes().vec(), (std::vector<int64_t>{6, 48}));
  for (int64_t a = 0; a < 6; ++a) {
    for (int64_t b = a + 1; b < 6; ++b) EXPECT_GT(largest(tokens[a] - tokens[b]), 1e-4);
  }
}

TEST(Brep, PartsOfABatchAreIndependent) {
  const Model model = model_with_brep();
  const Tensor both = tokens_of(model, {box(2, 1, 0.5), box(1, 2, 2)});
  EXPECT_LE(largest(both.slice(0, 0, 6) - tokens_of(model, {box(2, 1, 0.5)})), 1e-6);
  EXPECT_LE(largest(both.slice(0, 6) - tokens_of(model, {box(1, 2, 2)})), 1e-6);
}

TEST(Brep, TheOrderOfFacesOnlyOrdersTheTokens) {
  const Model model = model_with_brep();
  mesh::UvGrids part = box(2, 1, 0.5), turned = part;
  const size_t face = part.faces.size() / 6;
  for (size_t f = 0; f < 6; ++f) {
    std::copy_n(part.faces.begin() + static_cast<std::ptrdiff_t>(f * face), face,
                turned.faces.begin() + static_cast<std::ptrdiff_t>((5 - f) * face));
  }
  for (auto& pair : turned.edge_faces) pair = {5 - pair[1], 5 - pair[0]};
  EXPECT_LE(largest(tokens_of(model, {part}) - tokens_of(model, {turned}).flip(0)), 1e-6);
}

TEST(Brep, AdjacencyAndEdgesMatter) {
  const Model model = model_with_brep();
  mesh::UvGrids part = box(2, 1, 0.5), cut = part, bent = part;
  cut.edge_faces.pop_back();
  cut.edges.resize(cut.edges.size() - 120);
  for (size_t i = 0; i < 120; ++i) bent.edges[i] += 0.3f;
  mesh::UvGrids alone = part;
  alone.edge_faces.clear();
  alone.edges.clear();
  const Tensor tokens = tokens_of(model, {part});
  for (const auto& other : {cut, bent, alone})
    EXPECT_GT(largest(tokens - tokens_of(model, {other})), 1e-5);
}

TEST(Brep, TheLargestFacesStayWhenThereAreTooMany) {
  const Model model = model_with_brep();
  const mesh::UvGrids part = box(2, 1, 0.1);  // faces 4 and 5 are the largest
  EXPECT_EQ(tokens_of(model, {part}, 2).size(0), 2);
  mesh::UvGrids rest = part;
  const size_t face = part.faces.size() / 6;
  rest.faces.erase(rest.faces.begin(), rest.faces.begin() + static_cast<std::ptrdiff_t>(4 * face));
  rest.edge_faces.clear();
  rest.edges.clear();
  EXPECT_LE(largest(tokens_of(model, {part}, 2) - tokens_of(model, {rest})), 1e-6);
  EXPECT_THROW(tokens_of(model, {mesh::UvGrids{}}), Error);
}

TEST(Brep, ASequenceOfBrepAndPointsAndTextLearns) {
  Model model = model_with_brep();
  want_gradients(model);
  const std::vector<mesh::UvGrids> parts = {box(2, 1, 0.5), box(1, 1, 2)};
  const BrepBatch brep = make_brep_batch(parts, 4, at::kCPU);
  EXPECT_EQ(brep.face_counts, (std::vector<int64_t>{4, 4}));
  auto samples = golden_samples(model.config.vocab_size);
  samples.resize(2);
  for (Sample& s : samples) {
    s.tokens.insert(s.tokens.begin(), 4, kBrepSlot);
    s.first_target += 4;
  }
  ForwardOptions options;
  options.brep_tokens = encode_brep(model.brep, brep, 9);
  const Tensor value = loss(model, make_batch(samples, 3, at::kCPU), options);
  value.backward();
  for (const auto& [name, grad] : gradients(model)) {
    // The last round's edges reach no token.
    if (name.rfind("brep_encoder.", 0) != 0 || name.find("rounds.1.edge") != std::string::npos)
      continue;
    EXPECT_GT(largest(grad), 0) << name;
  }
}

TEST(Brep, FoldersCarryIt) {
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("cadrecode-brep-" + std::to_string(::getpid())))
          .string();
  Model model = model_with_brep();
  save_model(model, folder, at::kFloat);
  Model again = load_model(folder, {});
  EXPECT_TRUE(again.config.brep_encoder.present);
  EXPECT_TRUE(at::equal(tokens_of(model, {box(2, 1, 1)}), tokens_of(again, {box(2, 1, 1)})));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace cadrecode::model
