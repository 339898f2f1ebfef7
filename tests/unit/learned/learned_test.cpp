// Proposals of the model that ships.
#include "pipeline/learned/learned.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "geometry/part/canonical.h"
#include "geometry/prism/solid.h"
#include "unit/fit/shapes.h"

namespace cadrecode::learned {
namespace {

constexpr const char* kModel = "models/mini";

reconstruct::Scan scan_of(const part::Part& part, size_t points) {
  reconstruct::Scan scan;
  scan.cloud.points = test::surface_points(part, points, 1);
  return scan;
}

TEST(Learned, AFolderWithoutAModelIsAnErrorAtOnce) {
  EXPECT_THROW(proposer({.model = "no/such/folder"}), Error);
}

TEST(Learned, TooFewPointsAreAnError) {
  if (!std::filesystem::exists(std::string(kModel) + "/config.json"))
    GTEST_SKIP() << "no " << kModel;
  const auto propose = proposer({.model = kModel, .samples = 2});
  EXPECT_THROW(propose(scan_of(test::plate(), 20), 0), Error);
}

// A part far from the origin: what the model writes must come back to
// where the scan lies and to its size, whatever it thinks of the shape.
TEST(Learned, PartsLieWhereTheScanLies) {
  if (!std::filesystem::exists(std::string(kModel) + "/config.json"))
    GTEST_SKIP() << "no " << kModel;
  const part::Part truth = part::translated(part::scaled(test::plate(), 0.3), {500, -200, 70});
  const auto propose = proposer({.model = kModel, .samples = 6});
  const reconstruct::Scan scan = scan_of(truth, 3000);
  const auto parts = propose(scan, 1);
  ASSERT_FALSE(parts.empty());
  const Box3 wanted = prism::bounds(prism::Solid(truth));
  double nearest = 1e9;
  for (const auto& p : parts) {
    const Box3 box = part::outer_bounds(p.part);
    nearest = std::min(nearest, norm(box.center() - wanted.center()));
  }
  EXPECT_LT(nearest, 0.5 * wanted.longest());
  EXPECT_EQ(propose(scan, 1).size(), parts.size());  // and the same each time
}

}  // namespace
}  // namespace cadrecode::learned
