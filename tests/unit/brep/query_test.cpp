// Questions put to shapes, curves, faces and locations, answered as CadQuery answers them.
// Expected values: tests/unit/brep/facts.json, made by tools/reference/brep_facts.py.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/location.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep {
namespace {

using nlohmann::json;

// Collects answers as a flat list of numbers.
class Numbers {
 public:
  Numbers() = default;
  Numbers(double v) { add(v); }
  Numbers(Vec3 v) { add(v); }
  Numbers(const Location& v) { add(v); }
  Numbers(const Frame& v) { add(v.origin).add(v.x).add(v.normal); }
  template <class T>
  Numbers(const std::vector<T>& values) {
    for (const T& value : values) add(value);
  }
  Numbers& add(double v) {
    values_.push_back(v);
    return *this;
  }
  Numbers& add(Vec3 v) { return add(v.x).add(v.y).add(v.z); }
  Numbers& add(const Location& v) { return add(v.to_tuple().first).add(v.to_tuple().second); }
  const std::vector<double>& values() const { return values_; }

 private:
  std::vector<double> values_;
};

using Queries = std::map<std::string, std::function<Numbers()>>;

void add_curve(Queries& q, const std::string& name, const Shape& c) {
  std::vector<double> at{0, 0.25, 0.5, 1};
  q[name + " length"] = [=] { return length(c); };
  q[name + " start"] = [=] { return start_point(c); };
  q[name + " end"] = [=] { return end_point(c); };
  q[name + " center"] = [=] { return center(c); };
  q[name + " bounds"] = [=] { return Numbers(bounds(c).first).add(bounds(c).second); };
  q[name + " param"] = [=] { return param_at(c, 0.3); };
  q[name + " param of point"] = [=] { return param_at(c, position_at(c, 0.7)); };
  q[name + " positions"] = [=] { return positions(c, at); };
  q[name + " tangents"] = [=] { return tangents(c, at); };
  q[name + " tangent by parameter"] = [=] { return tangent_at(c, 0.1, ParamMode::kParameter); };
  q[name + " curvature"] = [=] { return curvature_at(c, 0.4); };
  q[name + " location"] = [=] { return location_at(c, 0.4); };
  q[name + " location corrected"] = [=] {
    return location_at(c, 0.4, ParamMode::kLength, FrameMode::kCorrected);
  };
  q[name + " location planar"] = [=] {
    return location_at(c, 0.4, ParamMode::kLength, FrameMode::kFrenet, true);
  };
  q[name + " radius"] = [=] { return radius(c); };
  q[name + " normal"] = [=] { return normal(c); };
  q[name + " closed"] = [=] { return is_closed(c); };
  q[name + " sample"] = [=] { return sample(c, 5).points; };
}

void compare(const Queries& queries) {
  std::ifstream file("tests/unit/brep/facts.json");
  ASSERT_TRUE(file) << "run from the repository's root";
  json expected = json::parse(file)["queries"];
  for (const auto& [name, ask] : queries) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(expected.contains(name));
    const json& want = expected[name];
    try {
      std::vector<double> got = ask().values();
      if (want.is_string()) {
        ADD_FAILURE() << "CadQuery raises " << want;
        continue;
      }
      ASSERT_EQ(want.size(), got.size());
      for (size_t i = 0; i < got.size(); ++i) {
        EXPECT_NEAR(want[i].get<double>(), got[i], 1e-6) << "number " << i;
      }
    } catch (const Error& error) {
      EXPECT_TRUE(want.is_string()) << error.what();
      if (want == "ValueError") {
        EXPECT_EQ(error.kind(), ErrorKind::kValue) << error.what();
      }
    }
  }
}

std::vector<Vec3> centers(const std::vector<Shape>& shapes) {
  std::vector<Vec3> result;
  for (const Shape& shape : shapes) result.push_back(center(shape));
  return result;
}

const Frame kTilted{{1, 2, 3}, {0, 1, 0}, normalized(Vec3{1, 0, 1})};

TEST(QueriesOfCadQuery, Curves) {
  Queries q;
  Shape spline = make_spline({{0, 0, 0}, {1, 2, 0}, {3, 1, 1}, {5, 0, 0}});
  Shape arc = make_circle(3, {1, 2, 3}, {0, 1, 1}, 10, 100);
  add_curve(q, "spline", spline);
  add_curve(q, "arc", arc);
  add_curve(q, "wire", make_polygon({{0, 0, 0}, {4, 0, 0}, {4, 3, 0}}));
  q["arc center of arc"] = [=] { return arc_center(arc); };
  q["arc center of spline"] = [=] { return arc_center(spline); };
  compare(q);
}

TEST(QueriesOfCadQuery, Faces) {
  Shape cylinder = make_cylinder(2, 5), side = cylinder.faces()[0], top = cylinder.faces()[1];
  compare({
      {"side normal", [=] { return normal_at(side); }},
      {"side normal at point",
       [=] {
         return normal_at(side, {0, 3, 1});
       }},
      {"side normal at uv",
       [=] {
         auto [n, p] = normal_and_position_at(side, 1, 2);
         return Numbers(n).add(p);
       }},
      {"side bounds",
       [=] {
         UvBounds b = uv_bounds(side);
         return Numbers(std::vector<double>{b.u_min, b.u_max, b.v_min, b.v_max});
       }},
      {"side param",
       [=] {
         return Numbers(face_param_at(side, {0, 3, 1}).x).add(face_param_at(side, {0, 3, 1}).y);
       }},
      {"side tangents",
       [=] {
         FaceTangents t = face_tangent_at(side, 1, 2);
         return Numbers(std::vector<Vec3>{t.du, t.dv, t.point});
       }},
      {"side location", [=] { return face_location_at(side, 1, 2); }},
      {"side center", [=] { return center(side); }},
      {"top normal", [=] { return normal_at(top); }},
      {"top center", [=] { return center(top); }},
      {"top area", [=] { return area(top); }},
  });
}

TEST(QueriesOfCadQuery, Solids) {
  Shape box = make_box(1, 2, 3), cylinder = make_cylinder(2, 5);
  Shape far = make_box(1, 1, 1, {5, 5, 5}), face = box.faces()[0];
  auto ends = [](const BoundBox& b) { return Numbers(b.min.x).add(b.max.z); };
  compare({
      {"box counts",
       [=] {
         return Numbers(
             std::vector<double>{double(siblings(face, box, Kind::kEdge).size()),
                                 double(siblings(face, box, Kind::kVertex).size()),
                                 double(ancestors(box.edges()[0], box, Kind::kFace).size()),
                                 double(siblings(face, box, Kind::kEdge, 2).size())});
       }},
      {"box inertia",
       [=] {
         Numbers n;
         for (const auto& row : matrix_of_inertia(box)) n.add(row[0]).add(row[1]).add(row[2]);
         return n;
       }},
      {"box bounding box",
       [=] {
         BoundBox b = bounding_box(box);
         return Numbers(b.min).add(b.max).add(b.diagonal_length);
       }},
      {"box plus point",
       [=] {
         return ends(add(bounding_box(box), Vec3{-4, 0, 0}));
       }},
      {"box plus box",
       [=] {
         BoundBox b = add(bounding_box(box), bounding_box(cylinder));
         return ends(b).add(b.diagonal_length);
       }},
      {"box enlarged", [=] { return ends(enlarged(bounding_box(box), 0.5)); }},
      {"box in box",
       [=] { return is_inside(enlarged(bounding_box(box), 0.5), bounding_box(box)); }},
      {"box inside",
       [=] {
         return Numbers(is_inside(box, {0.5, 1, 1}))
             .add(is_inside(box, {0, 1, 1}))
             .add(is_inside(box, {-1, 1, 1}));
       }},
      {"box distance", [=] { return distance(box, far); }},
      {"box closest",
       [=] { return Numbers(closest(box, far).first).add(closest(box, far).second); }},
      {"line through box",
       [=] {
         return centers(faces_intersected_by_line(box, {0.5, 1, -5}, {0, 0, 1}));
       }},
      {"line along",
       [=] {
         return centers(
             faces_intersected_by_line(box, {0.5, 1, 1}, {0, 0, 1}, 1e-4, LineSide::kAlongAxis));
       }},
      {"line opposite",
       [=] {
         return centers(
             faces_intersected_by_line(box, {0.5, 1, 1}, {0, 0, 1}, 1e-4, LineSide::kOpposite));
       }},
      {"combined center",
       [=] {
         return combined_center({box, cylinder});
       }},
      {"combined box center",
       [=] {
         return combined_center_of_bound_box({box, cylinder});
       }},
      {"face order", [=] { return centers(box.faces()); }},
      {"edge order", [=] { return centers(box.edges()); }},
      {"vertex order", [=] { return centers(box.vertices()); }},
      {"wire vertex order", [=] { return centers(outer_wire(face).vertices()); }},
      {"wire edge order", [=] { return centers(outer_wire(face).children()); }},
  });
}

TEST(QueriesOfCadQuery, Places) {
  Location a(Vec3{1, 2, 3}, Vec3{10, 20, 30}), b(Vec3{3, 1, 0}, Vec3{1, 1, 0}, 70), c(kTilted);
  Frame xz{{}, {1, 0, 0}, {0, -1, 0}};
  Shape arc = make_circle(3, {1, 2, 3}, {0, 1, 1}, 10, 100);
  compare({
      {"location product", [=] { return a * b; }},
      {"location inverse", [=] { return a.inverse(); }},
      {"location power", [=] { return b.power(3); }},
      {"location of plane", [=] { return c; }},
      {"plane of location", [=] { return (a * c).plane(); }},
      {"location of plane at",
       [=] {
         return Location(xz, Vec3{1, 2, 3});
       }},
      {"plane rotated",
       [=] {
         return rotated_plane(kTilted, {10, 20, 30});
       }},
      {"to world",
       [=] {
         return Transform::to_world(kTilted).apply({1, 2, 3});
       }},
      {"to local",
       [=] {
         return Transform::to_local(kTilted).apply({1, 5, 3});
       }},
      {"locations of shape",
       [=] {
         return to_locs(
             make_compound({make_cylinder(2, 5).faces()[0], arc, make_vertex({1, 2, 3})}));
       }},
  });
}

}  // namespace
}  // namespace cadrecode::brep
