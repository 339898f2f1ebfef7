// measure_part PROGRAM.py [CLOUD.ply]: what a sketch-and-extrude program means, without a CAD
// kernel; with a second file, points on its surface.
#include <cstdio>
#include <string>

#include "cadrecode/base/error.h"
#include "cadrecode/base/files.h"
#include "cadrecode/geometry/cloud/io.h"
#include "cadrecode/geometry/prism/solid.h"
#include "cadrecode/language/dialect/print.h"
#include "cadrecode/language/dialect/recognise.h"

int main(int argc, char** argv) try {
  if (argc < 2) return std::fputs("usage: measure_part PROGRAM.py [CLOUD.ply]\n", stderr), 2;
  const cadrecode::dialect::Recognition found =
      cadrecode::dialect::recognise(cadrecode::read_file(argv[1]));
  if (!found.part) return std::fprintf(stderr, "no such part: %s\n", found.reason.c_str()), 4;

  const cadrecode::prism::Solid solid(*found.part);
  const cadrecode::Box3 box = cadrecode::prism::bounds(solid);
  std::printf("steps %zu\nvolume %.6g\narea %.6g\nsize %g x %g x %g\n", found.part->steps.size(),
              cadrecode::prism::volume(solid), cadrecode::prism::area(solid), box.hi.x - box.lo.x,
              box.hi.y - box.lo.y, box.hi.z - box.lo.z);
  std::printf("%s", cadrecode::dialect::print_readable(*found.part).c_str());

  if (argc > 2) {
    const auto samples = cadrecode::prism::sample_surface(solid, 8192, /*seed=*/1);
    cadrecode::cloud::write_ply({samples.points, samples.normals}, argv[2]);
  }
  return 0;
} catch (const cadrecode::Error& error) {
  return std::fprintf(stderr, "%s\n", error.what()), 3;
}
