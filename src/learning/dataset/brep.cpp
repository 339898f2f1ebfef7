#include "learning/dataset/brep.h"

#include <algorithm>
#include <filesystem>
#include <functional>

#include "base/error.h"
#include "base/files.h"

namespace cadrecode::dataset {
namespace {

constexpr uint64_t kModality = 0x6D6F64;
constexpr size_t kLargest = size_t{1} << 30;

// Every sample of the grids holds a point and a direction, first of all.
void for_each_cell(std::vector<float>& values, size_t channels,
                   const std::function<Vec3(Vec3)>& point,
                   const std::function<Vec3(Vec3)>& direction) {
  const auto put = [](float* to, Vec3 v) {
    for (int a = 0; a < 3; ++a) to[a] = static_cast<float>(v[a]);
  };
  for (size_t i = 0; i + channels <= values.size(); i += channels) {
    float* at = values.data() + i;
    put(at, point({at[0], at[1], at[2]}));
    put(at + 3, direction({at[3], at[4], at[5]}));
  }
}

}  // namespace

Modality chosen(Modality modality, const RandomStream& random) {
  if (modality != Modality::kMixed) return modality;
  return static_cast<Modality>(random.fork(kModality).next_below(3));
}

std::string brep_path(const std::string& folder, const std::string& id) {
  std::string name = id;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '\\'; }, '_');
  return (std::filesystem::path(folder) / (name + ".npz")).string();
}

std::shared_ptr<const mesh::UvGrids> read_brep(const std::string& folder, const std::string& id,
                                               CloudFrame frame, int rotation) {
  const std::string path = brep_path(folder, id);
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorKind::kInput,
                "there are no grids of faces and edges; make them with cadrecode sample --brep",
                {path, 0, 0});
  }
  auto grids = std::make_shared<mesh::UvGrids>(mesh::parse_npz(read_file(path, kLargest), path));
  if (grids->face_count() == 0) throw Error(ErrorKind::kInput, "holds no face", {path, 0, 0});
  const Frame turn = cube_rotation(rotation);
  const Vec3 centre = grids->centre;
  const double scale = grids->scale;
  const auto direction = [&](Vec3 d) { return turn.direction_to_world(d); };
  const auto point = [&](Vec3 p) {  // stored in the unit frame
    return direction(frame == CloudFrame::kUnit ? p : (p / scale + centre) / 100);
  };
  for_each_cell(grids->faces, mesh::kFaceChannels, point, direction);
  for_each_cell(grids->edges, mesh::kEdgeChannels, point, direction);
  if (frame != CloudFrame::kUnit) grids->centre = {}, grids->scale = 0.01;
  return grids;
}

}  // namespace cadrecode::dataset
