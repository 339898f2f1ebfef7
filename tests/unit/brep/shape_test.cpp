#include "geometry/brep/shape.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/facts.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"

namespace cadrecode::brep {
namespace {

TEST(Shape, BoxHasItsParts) {
  Shape box = make_box(1, 2, 3);
  EXPECT_EQ(box.kind(), Kind::kSolid);
  EXPECT_EQ(box.faces().size(), 6u);
  EXPECT_EQ(box.edges().size(), 12u);
  EXPECT_EQ(box.vertices().size(), 8u);
  EXPECT_EQ(box.faces()[0].geom_type(), "PLANE");
  EXPECT_NEAR(volume(box), 6, 1e-12);
}

}  // namespace
}  // namespace cadrecode::brep
