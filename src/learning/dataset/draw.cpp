#include "learning/dataset/draw.h"

#include <fmt/format.h>

#include "geometry/cloud/noise.h"
#include "geometry/cloud/process.h"
#include "geometry/cloud/sample.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "language/dialect/print.h"
#include "language/dialect/recognise.h"

namespace cadrecode::dataset {
namespace {

// Independent streams for the sample's parts, so that switching one option
// leaves the others' numbers alone.
enum Purpose : uint64_t { kSurface, kRotation, kNoise };

struct Dense {
  std::vector<Vec3> points, normals;  // normals: where they are asked for
  Box3 box;
};

// The exact box costs as much as the points: only where it is used.
Dense surface(const part::Part& part, const CloudOptions& o, uint64_t seed) {
  const prism::Solid solid(part);
  prism::SurfaceSamples samples = prism::sample_surface(solid, o.dense, seed);
  if (!o.normals) samples.normals.clear();
  return {std::move(samples.points), std::move(samples.normals),
          o.frame == CloudFrame::kUnit ? prism::bounds(solid) : Box3{}};
}

cloud::Normalisation frame_of(const Dense& dense, CloudFrame frame) {
  return frame == CloudFrame::kUnit ? cloud::unit_normalisation(dense.box)
                                    : cloud::Normalisation{{}, 0.01};
}

void fill(Sample& sample, Dense dense, const CloudOptions& o, const RandomStream& random) {
  const RandomStream noise = random.fork(kNoise);
  sample.noisy = cloud::wants_noise({o.noise_probability, o.noise_sigma}, noise);
  const auto frame = frame_of(dense, o.frame);
  if (sample.noisy && o.noise_kind == NoiseKind::kSource) {
    cloud::add_noise(std::span<Vec3>(dense.points), o.noise_sigma, noise);
  }
  for (Vec3& p : dense.points) p = frame.apply(p);
  std::vector<Vec3> chosen, normals;
  for (const uint32_t i : cloud::farthest_points(dense.points, o.points)) {
    chosen.push_back(dense.points[i]);
    if (o.normals) normals.push_back(dense.normals[i]);
  }
  if (sample.noisy && o.noise_kind == NoiseKind::kNormalised) {
    cloud::add_noise(std::span<Vec3>(chosen), o.noise_sigma, noise);
  }
  sample.points.reserve((o.normals ? 6 : 3) * chosen.size());
  for (size_t i = 0; i < chosen.size(); ++i) {
    for (int a = 0; a < 3; ++a) sample.points.push_back(static_cast<float>(chosen[i][a]));
    for (int a = 0; a < 3 && o.normals; ++a) {
      sample.points.push_back(static_cast<float>(normals[i][a]));
    }
  }
}

Dense executed(const Row& row, const CloudOptions& o, uint64_t seed, const Execute& execute) {
  if (o.normals) {
    throw Error(ErrorKind::kUnsupported, "points of an executed program come without normals");
  }
  Dense out{execute(row, o.dense, seed), {}, {}};
  if (out.points.size() < o.dense) {
    throw Error(ErrorKind::kGeometry,
                fmt::format("executing gave {} points of {}", out.points.size(), o.dense));
  }
  out.points.resize(o.dense);
  // Its exact box is the row's; the points' is a little smaller.
  out.box = row.bbox.empty() ? cloud::bounding_box(out.points) : row.bbox;
  return out;
}

// Turns the part and the program of `sample`, if it is to be turned.
void turn(Sample& sample, std::optional<part::Part>& part, const RandomStream& random) {
  sample.rotation = static_cast<int>(random.fork(kRotation).next_below(24));
  if (sample.rotation == 0) return;
  part = part::canonical(part::moved(*part, {cube_rotation(sample.rotation), 1}));
  sample.code = dialect::print(*part);
}

void draw_all(Sample& sample, const Row& row, const CloudOptions& o, const RandomStream& random,
              const Execute& execute) {
  const uint64_t seed = random.fork(kSurface).bits_at(0);
  if (o.points == 0 && !o.rotations) return;
  dialect::Recognition program = dialect::recognise(row.code);
  if (!program.part && o.rotations) {
    throw Error(ErrorKind::kUnsupported, "cannot be turned: " + program.reason);
  }
  if (!program.part && !execute) {
    throw Error(ErrorKind::kUnsupported, "not a sketch-and-extrude program: " + program.reason);
  }
  if (o.rotations) turn(sample, program.part, random);
  if (o.points == 0) return;
  fill(sample, program.part ? surface(*program.part, o, seed) : executed(row, o, seed, execute), o,
       random);
}

}  // namespace

Frame cube_rotation(int k) {
  // The x axis goes to one of six, the normal to one of the four square to it.
  static constexpr Vec3 kAxes[6] = {{1, 0, 0},  {0, 1, 0},  {0, 0, 1},
                                    {-1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
  const int x = k / 4;
  Frame frame;
  frame.x = kAxes[x];
  // Of the other axes in their order, starting so that k = 0 is the identity.
  static constexpr int kNormals[4] = {2, 1, 5, 4};
  frame.normal = kAxes[(kNormals[k % 4] + x) % 6];
  return frame;
}

Sample draw(const Row& row, const CloudOptions& options, const RandomStream& random,
            const Execute& execute) {
  Sample sample;
  sample.id = row.id;
  sample.code = row.code;
  try {
    draw_all(sample, row, options, random, execute);
  } catch (const Error& error) {
    sample.points.clear();
    const std::string place = to_string(error.place());
    sample.error = (place.empty() ? "" : place + ": ") + error.what();
  }
  return sample;
}

}  // namespace cadrecode::dataset
