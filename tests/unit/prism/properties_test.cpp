// Properties of random parts: every question answered two ways.
#include <gtest/gtest.h>

#include <cmath>

#include "geometry/part/canonical.h"
#include "geometry/prism/boundary.h"
#include "geometry/prism/faces.h"
#include "geometry/prism/solid.h"
#include "unit/prism/random_part.h"
#include "unit/simd_targets.h"

namespace cadrecode::prism {
namespace {

using part::Part;
using part::RandomParts;

struct Family {
  const char* name;
  bool oblique;
  int axes;
  double volume_tolerance;  // of the box
};

class Parts : public testing::TestWithParam<Family> {
 protected:
  template <typename Check>
  void each(int count, const Check& check) {
    RandomParts random(GetParam().axes + (GetParam().oblique ? 10 : 0));
    random.oblique = GetParam().oblique, random.most_axes = GetParam().axes;
    int kept = 0;
    for (int i = 0; kept < count; ++i) {
      ASSERT_LT(i, 20 * count);
      const Part p = random.part(4);
      if (!verdict(p).valid()) continue;
      ++kept;
      SCOPED_TRACE("part " + std::to_string(i));
      check(p, random.random);
    }
  }
};

TEST_P(Parts, VolumeAgreesWithPointsInside) {
  each(40, [&](const Part& p, RandomStream& random) {
    const Solid s(p);
    const Box3 b = part::outer_bounds(p);
    int in = 0;
    constexpr int kPoints = 40000;
    for (int i = 0; i < kPoints; ++i) {
      in += inside(s, {random.next_uniform(b.lo.x, b.hi.x), random.next_uniform(b.lo.y, b.hi.y),
                       random.next_uniform(b.lo.z, b.hi.z)});
    }
    const Vec3 size = b.size();
    const double whole = size.x * size.y * size.z, share = static_cast<double>(in) / kPoints;
    EXPECT_NEAR(volume(s) / whole, share, 4.5 * std::sqrt(share * (1 - share) / kPoints) + 1e-4);
  });
}

TEST_P(Parts, VolumeIsTheSameInAnyPose) {
  each(30, [&](const Part& p, RandomStream& random) {
    Frame f;
    f.normal = normalized(Vec3{random.next_normal(), random.next_normal(), random.next_normal()});
    f.x = normalized(cross(f.normal, Vec3{random.next_normal(), random.next_normal(), 1}));
    f.origin = {3, -4, 5};
    const Solid a(p), b(part::moved(p, {f, 2}));
    const Vec3 size = part::outer_bounds(p).size();
    EXPECT_NEAR(volume(b), 8 * volume(a),
                GetParam().volume_tolerance * 8 * size.x * size.y * size.z);
    const Vec3 moved_center = f.to_world(moments(a).centroid * 2);
    EXPECT_LT(norm(moments(b).centroid - moved_center), 5e-3 * norm(size));
  });
}

TEST_P(Parts, OverlapFitsTheVolumes) {
  Part before;
  each(30, [&](const Part& p, RandomStream&) {
    const Solid s(p);
    const Vec3 size = part::outer_bounds(p).size();
    const double tolerance = GetParam().volume_tolerance * size.x * size.y * size.z;
    const Overlap self = overlap(s, s);
    EXPECT_NEAR(self.a, volume(s), tolerance);
    EXPECT_NEAR(self.common, self.a, tolerance);
    if (!before.steps.empty()) {
      const Solid o(before);
      const Overlap ab = overlap(s, o), ba = overlap(o, s);
      EXPECT_NEAR(ab.common, ba.common, 4 * tolerance);
      EXPECT_LE(ab.common, std::min(ab.a, ab.b) + tolerance);
      Part both = p;  // inclusion and exclusion, where the second part is one prism
      if (before.steps.size() == 1) {
        both.steps.push_back(before.steps[0]);
        EXPECT_NEAR(volume(Solid(both)), ab.a + ab.b - ab.common, 4 * tolerance);
      }
    }
    before = p;
  });
}

TEST_P(Parts, SamplesLieOnTheSurfaceAndFaceOutwards) {
  each(30, [&](const Part& p, RandomStream&) {
    const Solid s(p);
    const SurfaceSamples samples = sample_surface(s, 2000, 3);
    const double step = 1e-5 * part::outer_bounds(p).longest();
    int wrong = 0;
    for (size_t i = 0; i < samples.points.size(); ++i) {
      const Vec3 n = samples.normals[i] * step;
      EXPECT_NEAR(norm(samples.normals[i]), 1, 1e-12);
      wrong += !inside(s, samples.points[i] - n) || inside(s, samples.points[i] + n);
    }
    EXPECT_LE(wrong, 4);
    std::vector<double> d(samples.points.size());
    distance(s, samples.points, d);
    for (const double v : d) EXPECT_LT(v, 1e-9 * step * 1e5);
  });
}

TEST_P(Parts, VectorsAnswerAsSinglePointsDo) {
  each(20, [&](const Part& p, RandomStream& random) {
    const Solid s(p);
    std::vector<Vec3> points(501);
    for (Vec3& q : points) {
      q = {random.next_uniform(-60, 60), random.next_uniform(-60, 60),
           random.next_uniform(-60, 60)};
    }
    const SurfaceSamples samples = sample_surface(s, 1000, 3);
    on_each_simd_target([&] {
      std::vector<uint8_t> in(points.size());
      inside(s, points, in);
      for (size_t i = 0; i < points.size(); ++i) ASSERT_EQ(in[i] != 0, inside(s, points[i]));
      const SurfaceSamples here = sample_surface(s, 1000, 3);
      EXPECT_EQ(here.points, samples.points);
      EXPECT_EQ(here.normals, samples.normals);
      EXPECT_EQ(here.step, samples.step);
      EXPECT_EQ(here.face, samples.face);
    });
    const Prepared& all = s.prepared();
    int unlike = 0;
    for (size_t i = 0; i < samples.points.size(); ++i) {
      // the face's own normal points out of its step, whatever the solid's does
      const Exposure out = exposure(all, samples.step[i], samples.points[i], samples.normals[i],
                                    all.last_to_first),
                     in = exposure(all, samples.step[i], samples.points[i], -samples.normals[i],
                                   all.last_to_first);
      unlike += out != Exposure::kOutwards && in != Exposure::kInwards;
    }
    EXPECT_LE(unlike, 2);
  });
}

TEST_P(Parts, DistanceLiesBetweenWhatSamplesAllow) {
  each(15, [&](const Part& p, RandomStream& random) {
    const Solid s(p);
    const SurfaceSamples samples = sample_surface(s, 4000, 3);
    std::vector<Vec3> points(60);
    for (Vec3& q : points) {
      q = {random.next_uniform(-90, 90), random.next_uniform(-90, 90),
           random.next_uniform(-90, 90)};
    }
    std::vector<double> d(points.size());
    distance(s, points, d);
    const double extent = part::outer_bounds(p).longest();
    for (size_t i = 0; i < points.size(); ++i) {
      double nearest = 1e9;
      for (const Vec3& q : samples.points) nearest = std::min(nearest, norm(q - points[i]));
      EXPECT_LE(d[i], nearest + 5e-3 * extent);
      EXPECT_GE(d[i], nearest - 0.2 * extent);
    }
  });
}

TEST_P(Parts, SamplesCoverTheWholeClosedSurface) {
  // the normals of a closed surface, weighted by area, sum to nothing
  each(20, [&](const Part& p, RandomStream&) {
    Vec3 sum;
    for (const Vec3& n : sample_surface(Solid(p), 20000, 9).normals) sum += n;
    EXPECT_LT(norm(sum) / 20000, 0.025);
  });
}

TEST_P(Parts, AreaAgreesWithTheShareOfCandidates) {
  each(20, [&](const Part& p, RandomStream&) {
    const Solid s(p);
    EXPECT_NEAR(area(s) / estimated_area(s, 40000), 1, 0.05);
  });
}

TEST_P(Parts, LinesOnFacesAgreeWithBandsInAnyPose) {
  Part before;
  each(25, [&](const Part& p, RandomStream& random) {
    const Solid s(p);
    Scene scene;
    scene.build(s.prepared(), nullptr);
    const FaceIntegrals lines = integrate_faces(scene, true);
    const double extent = s.prepared().extent, cube = extent * extent * extent;
    EXPECT_NEAR(area(s) / lines.area, 1, 2e-6);
    EXPECT_NEAR(volume(s), lines.overlap.a, 2e-6 * cube);
    EXPECT_LT(lines.area_error, 1e-6 * lines.area);
    EXPECT_LT(lines.volume_error, 1e-7 * cube);
    Frame f;
    f.normal = normalized(Vec3{random.next_normal(), random.next_normal(), random.next_normal()});
    f.x = normalized(cross(f.normal, Vec3{random.next_normal(), random.next_normal(), 1}));
    f.origin = {3, -4, 5};
    const Solid turned(part::moved(p, {f, 2}));
    scene.build(turned.prepared(), nullptr);
    const FaceIntegrals again = integrate_faces(scene, true);
    EXPECT_NEAR(again.area / lines.area, 4, 1e-5);
    EXPECT_NEAR(again.overlap.a, 8 * lines.overlap.a, 1e-6 * cube);
    if (!before.steps.empty()) {
      const Solid other(before);
      const Overlap both = overlap(s, other);
      scene.build(s.prepared(), &other.prepared());
      const Overlap by_faces = integrate_faces(scene, false).overlap;
      EXPECT_NEAR(both.a, by_faces.a, 4e-6 * cube);
      EXPECT_NEAR(both.b, by_faces.b, 4e-6 * cube);
      EXPECT_NEAR(both.common, by_faces.common, 4e-6 * cube);
      EXPECT_LE(by_faces.common, std::min(by_faces.a, by_faces.b) + 1e-7 * cube);
    }
    before = p;
  });
}

TEST_P(Parts, BoundsHoldTheSamplesTightly) {
  each(30, [&](const Part& p, RandomStream&) {
    const Solid s(p);
    const Box3 b = bounds(s);
    Box3 seen;
    for (const Vec3& q : sample_surface(s, 20000, 4).points) seen.add(q);
    const double slack = 0.02 * b.longest();
    for (int a = 0; a < 3; ++a) {
      EXPECT_LE(b.lo[a], seen.lo[a] + slack);
      EXPECT_GE(b.hi[a], seen.hi[a] - slack);
      EXPECT_NEAR(b.lo[a], seen.lo[a], 8 * slack);
      EXPECT_NEAR(b.hi[a], seen.hi[a], 8 * slack);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Families, Parts,
                         testing::Values(Family{"OneAxis", false, 1, 1e-9},
                                         Family{"TwoAxes", false, 2, 2e-6},
                                         Family{"ThreeAxes", false, 3, 5e-6},
                                         Family{"Oblique", true, 3, 5e-6}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace cadrecode::prism
