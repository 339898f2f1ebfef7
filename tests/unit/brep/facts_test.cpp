// Shapes built through this room have the facts of the same shapes built with CadQuery.
// Expected values: tests/unit/brep/facts.json, made by tools/reference/brep_facts.py.
#include "geometry/brep/facts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/curve.h"
#include "geometry/brep/edge.h"
#include "geometry/brep/face.h"
#include "geometry/brep/feature.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/solid.h"
#include "geometry/brep/text.h"
#include "geometry/brep/transform.h"
#include "geometry/brep/wire.h"

namespace cadrecode::brep {
namespace {

using nlohmann::json;
using Points = std::vector<Vec3>;

Shape square(double size, double z = 0, double x = 0) {
  double h = size / 2;
  return make_polygon({{x - h, -h, z}, {x + h, -h, z}, {x + h, h, z}, {x - h, h, z}}, false, true);
}
Shape circle(double radius, double z = 0, double x = 0) {
  return make_circle_wire(radius, {x, 0, z}, {0, 0, 1});
}
Shape spline_path() { return assemble_edges({make_spline({{0, 0, 0}, {0, 3, 10}, {5, 5, 20}})}); }
Shape corner_path() { return make_polygon({{0, 0, 0}, {0, 0, 10}, {10, 0, 10}}); }
Shape plate() { return cut(make_box(40, 30, 5), {make_cylinder(6, 20, {20, 15, -5})}); }
Shape cube() { return make_box(10, 10, 10); }
Shape ball(double radius, Vec3 at = {}) { return make_sphere(radius, at, {0, 0, 1}, -90); }
Shape at(const Shape& shape, Vec3 by) { return moved(shape, Location(by, Vec3{})); }
std::vector<Shape> first(std::vector<Shape> all, size_t n) {
  return {all.begin(), all.begin() + n};
}
std::vector<Shape> some(std::vector<Shape> all, size_t a, size_t b) {
  return {all.begin() + a, all.begin() + b};
}
Points spiral() {
  Points points;
  for (int t = 0; t < 25; ++t) points.push_back({std::cos(t / 5.0), std::sin(t / 5.0), t / 20.0});
  return points;
}

// What string selectors choose in the script.
std::vector<Shape> edges_along_z(const Shape& shape) {
  std::vector<Shape> found;
  for (const Shape& e : shape.edges()) {
    if (std::abs(std::abs(tangent_at(e).z) - 1) < 1e-9) found.push_back(e);
  }
  return found;
}
Shape face_towards(const Shape& shape, Vec3 direction) {
  for (const Shape& face : shape.faces()) {
    if (dot(normal_at(face), direction) > 1 - 1e-9) return face;
  }
  throw Error(ErrorKind::kInternal, "no such face");
}

using Make = std::function<Shape()>;

std::map<std::string, Make> primitives() {
  return {
      {"box",
       [] {
         return make_box(1, 2, 3, {1, 1, 1}, {0, 1, 1});
       }},
      {"cylinder",
       [] {
         return make_cylinder(2, 5, {0, 1, 0}, {1, 0, 0}, 270);
       }},
      {"cone", [] { return make_cone(3, 1, 4); }},
      {"pointed_cone",
       [] {
         return make_cone(3, 0, 4, {}, {0, 0, 1}, 90);
       }},
      {"torus", [] { return make_torus(5, 1); }},
      {"sphere", [] { return ball(3); }},
      {"half_sphere", [] { return make_sphere(3); }},
      {"wedge", [] { return make_wedge(4, 3, 2, 1, 0.5, 3, 1.5); }},
      {"zero_box", [] { return make_box(0, 1, 1); }},
      {"negative_box", [] { return make_box(-1, 1, 1); }},
      {"negative_radius", [] { return make_cylinder(-1, 1); }},
      {"large_box", [] { return make_box(1e6, 1e6, 1e6); }},
  };
}

std::map<std::string, Make> curves() {
  Points three{{0, 0, 0}, {1, 2, 0}, {3, 1, 0}};
  return {
      {"arc",
       [] {
         return make_circle(3, {}, {0, 0, 1}, 20, 200);
       }},
      {"clockwise_arc",
       [] {
         return make_circle(3, {}, {0, 0, 1}, 20, 200, false);
       }},
      {"tall_ellipse", [] { return make_ellipse(2, 5); }},
      {"ellipse_arc",
       [] {
         return make_ellipse(2, 5, {}, {0, 0, 1}, {1, 0, 0}, 10, 100, -1);
       }},
      {"spline",
       [] {
         return make_spline({{0, 0, 0}, {1, 2, 0}, {3, 1, 0}, {5, 0, 0}});
       }},
      {"spline_tangents",
       [=] {
         return make_spline(three, {.tangents = {Vec3{0, 1, 0}, Vec3{1, 0, 0}}});
       }},
      {"spline_some_tangents",
       [=] {
         return make_spline(three, {.tangents = {Vec3{0, 1, 0}, std::nullopt, Vec3{1, 0, 0}}});
       }},
      {"spline_periodic", [=] { return make_spline(three, {.periodic = true}); }},
      {"spline_parameters",
       [=] {
         return make_spline(three, {.parameters = {0, 1, 3}, .scale = false});
       }},
      {"spline_bad_parameters",
       [=] {
         return make_spline(three, {.parameters = {0, 1}});
       }},
      {"spline_approx", [] { return make_spline_approx(spiral()); }},
      {"spline_smooth",
       [] {
         return make_spline_approx(spiral(), {.smoothing = std::array<double, 3>{1, 1, 1}});
       }},
      {"three_point_arc",
       [] {
         return make_three_point_arc({0, 0, 0}, {1, 2, 0}, {4, 0, 0});
       }},
      {"collinear_arc",
       [] {
         return make_three_point_arc({0, 0, 0}, {1, 0, 0}, {2, 0, 0});
       }},
      {"tangent_arc",
       [] {
         return make_tangent_arc({0, 0, 0}, {0, 1, 0}, {4, 1, 0});
       }},
      {"bezier",
       [] {
         return make_bezier({{0, 0, 0}, {1, 3, 0}, {3, -2, 0}, {4, 0, 0}});
       }},
      {"helix", [] { return make_helix(2, 10, 3); }},
      {"helix_left_cone",
       [] {
         return make_helix(2, 10, 3, {}, {0, 0, 1}, 10, true);
       }},
      {"ellipse_wire_rotated",
       [] {
         return make_ellipse_wire(5, 2, {}, {0, 0, 1}, {1, 0, 0}, 0, 90, 30, true);
       }},
      {"zero_line",
       [] {
         return make_line({1, 1, 0}, {1, 1, 0});
       }},
      {"disconnected",
       [] {
         return assemble_edges({make_line({0, 0, 0}, {1, 0, 0}), make_line({5, 0, 0}, {6, 0, 0})});
       }},
      {"combined",
       [] {
         return make_compound(
             combine_wires({make_line({1, 0, 0}, {1, 1, 0}), make_line({0, 0, 0}, {1, 0, 0}),
                            make_line({1, 1, 0}, {0, 0, 0}), make_line({5, 0, 0}, {6, 0, 0})}));
       }},
      {"offset_out", [] { return make_compound(offset_2d(square(10), 2)); }},
      {"offset_in",
       [] { return make_compound(offset_2d(square(10), -2, OffsetKind::kIntersection)); }},
      {"offset_tangent",
       [] { return make_compound(offset_2d(square(10), 2, OffsetKind::kTangent)); }},
      {"offset_too_far", [] { return make_compound(offset_2d(square(10), -7)); }},
      {"wire_fillet", [] { return wire_fillet(square(10), 2); }},
      {"wire_fillet_2d",
       [] {
         Shape w = square(10);
         return wire_fillet_2d(w, 1, first(w.vertices(), 2));
       }},
      {"wire_chamfer_2d",
       [] {
         Shape w = square(10);
         return wire_chamfer_2d(w, 1, some(w.vertices(), 1, 3));
       }},
      {"open_fillet_3d",
       [] {
         return wire_fillet(make_polygon({{0, 0, 0}, {10, 0, 0}, {10, 10, 0}, {10, 10, 10}}), 2);
       }},
  };
}

std::map<std::string, Make> faces() {
  return {
      {"face_with_holes",
       [] {
         return make_face(square(20), {circle(2), circle(1, 0, 6)});
       }},
      {"face_open",
       [] {
         return make_face(make_polygon({{0, 0, 0}, {1, 0, 0}, {1, 1, 0}}));
       }},
      {"face_not_planar",
       [] {
         return make_face(make_polygon({{0, 0, 0}, {1, 0, 0}, {1, 1, 1}, {0, 1, 0}}, false, true));
       }},
      {"plane_face",
       [] {
         return make_plane(4, 2, {1, 1, 1}, {1, 0, 0});
       }},
      {"ruled_edges",
       [] {
         return make_ruled_surface(make_line({0, 0, 0}, {5, 0, 0}),
                                   make_circle(3, {0, 0, 5}, {0, 0, 1}, 0, 90));
       }},
      {"ruled_wires", [] { return make_ruled_surface(square(4), square(2, 5)); }},
      {"n_sided",
       [] {
         return make_n_sided_surface(
             {make_line({0, 0, 0}, {5, 0, 0}), make_line({5, 0, 0}, {5, 5, 1}),
              make_line({5, 5, 1}, {0, 5, 0}), make_line({0, 5, 0}, {0, 0, 0})},
             {Vec3{2.5, 2.5, 1}});
       }},
      {"surface_approx",
       [] {
         std::vector<Points> rows(6);
         for (int j = 0; j < 6; ++j) {
           for (int i = 0; i < 6; ++i) {
             rows[j].push_back({double(i), double(j), std::sin(i) * std::cos(j)});
           }
         }
         return make_spline_approx_face(rows, {.tolerance = 1e-3});
       }},
      {"thickened", [] { return thicken(make_face(square(10), {circle(2)}), 1.5); }},
      {"thickened_cylinder", [] { return thicken(make_cylinder(3, 5).faces()[0], 0.5); }},
      {"face_fillet",
       [] {
         Shape face = make_face(square(10));
         return face_fillet_2d(face, 2, first(face.vertices(), 3));
       }},
      {"face_chamfer",
       [] {
         Shape face = make_face(square(10));
         return face_chamfer_2d(face, 2, first(face.vertices(), 3));
       }},
  };
}

std::map<std::string, Make> swept() {
  Vec3 o, y{0, 1, 0};
  auto sweep_with = [](const Shape& profile, const Shape& path, SweepOptions options) {
    return sweep(profile, {}, path, options);
  };
  return {
      {"prism",
       [] {
         return extrude_linear(square(10), {circle(2), circle(1, 0, 3.5)}, {0, 1, 5});
       }},
      {"prism_down",
       [] {
         return extrude_linear(square(10), {}, {0, 0, -5});
       }},
      {"prism_taper",
       [] {
         return extrude_linear(square(10), {circle(2)}, {0, 0, 5}, 10);
       }},
      {"prism_taper_face",
       [] {
         return extrude_linear(make_face(square(10), {circle(2)}), {0, 0, 5}, 10);
       }},
      {"prism_taper_negative",
       [] {
         return extrude_linear(circle(4), {}, {0, 0, -5}, -10);
       }},
      {"prism_zero",
       [] {
         return extrude_linear(square(10), {}, {0, 0, 0});
       }},
      {"prism_far",
       [] {
         return extrude_linear(square(10), {}, {0, 0, 1e9});
       }},
      {"twist",
       [] {
         return extrude_linear_with_rotation(square(10), {circle(1)}, {}, {0, 0, 10}, 45);
       }},
      {"revolved", [=] { return revolve(square(2, 0, 5), {circle(0.3, 0, 5)}, 270, o, y); }},
      {"revolved_full", [=] { return revolve(square(2, 0, 5), {}, 360, o, y); }},
      {"revolved_touching", [=] { return revolve(square(2, 0, 1), {}, 360, o, y); }},
      {"swept", [] { return sweep(circle(1), {circle(0.5)}, spline_path()); }},
      {"swept_frenet", [=] { return sweep_with(circle(1), spline_path(), {.is_frenet = true}); }},
      {"swept_shell", [=] { return sweep_with(circle(1), spline_path(), {.make_solid = false}); }},
      {"swept_right",
       [=] { return sweep_with(square(2), corner_path(), {.transition = Transition::kRight}); }},
      {"swept_round",
       [=] { return sweep_with(square(2), corner_path(), {.transition = Transition::kRound}); }},
      {"swept_transformed", [=] { return sweep_with(square(2), corner_path(), {}); }},
      {"swept_binormal", [=] { return sweep_with(square(2), spline_path(), {.mode = y}); }},
      {"swept_spine",
       [=] {
         return sweep_with(square(1), assemble_edges({make_line({}, {0, 0, 10})}),
                           {.mode = make_helix(10, 10, 5)});
       }},
      {"swept_helix",
       [=] {
         return sweep_with(make_circle_wire(0.5, {3, 0, 0}, {0, 1, 0}), make_helix(2, 6, 3),
                           {.is_frenet = true});
       }},
      {"swept_multi",
       [] {
         return sweep_multi({square(2), circle(2, 10), square(3, 20)}, make_line({}, {0, 0, 20}));
       }},
      {"lofted",
       [] {
         return make_loft({square(10), circle(3, 5), square(4, 12)});
       }},
      {"lofted_ruled",
       [] {
         return make_loft({square(10), circle(3, 5), square(4, 12)}, true);
       }},
      {"lofted_one", [] { return make_loft({square(10)}); }},
  };
}

std::map<std::string, Make> booleans() {
  Shape a = cube(), b = make_box(10, 10, 10, {10, 0, 0});
  return {
      {"cut_bore", [] { return plate(); }},
      {"fused",
       [] {
         return fuse(cube(), {make_box(10, 10, 10, {5, 5, 5}), ball(4, {10, 0, 10})});
       }},
      {"fused_clean", [=] { return clean(fuse(a, {b})); }},
      {"fused_glue", [=] { return fuse(a, {b}, true); }},
      {"fused_fuzzy",
       [] {
         return fuse(cube(), {make_box(10, 10, 10, {10.005, 0, 0})}, false, 0.01);
       }},
      {"fused_apart",
       [] {
         return fuse(make_box(1, 1, 1), {make_box(1, 1, 1, {3, 0, 0})});
       }},
      {"fused_compound",
       [] {
         return fuse(make_compound({cube(), make_box(10, 10, 10, {5, 5, 5}), make_cylinder(2, 30)}),
                     {});
       }},
      {"intersected", [] { return intersect(cube(), {ball(7)}); }},
      {"intersected_empty",
       [] {
         return intersect(make_box(1, 1, 1), {make_box(1, 1, 1, {5, 5, 5})});
       }},
      {"cut_compound",
       [] {
         return cut(make_compound({cube(), make_box(10, 10, 10, {20, 0, 0})}),
                    {make_box(40, 4, 4, {-1, 3, 3})});
       }},
      {"split_box",
       [] {
         return split(cube(), {make_plane({}, {}, {5, 5, 5}, {1, 1, 0})});
       }},
  };
}

std::map<std::string, Make> features() {
  auto lid = [](const Shape& s) { return std::vector<Shape>{s.faces()[5]}; };
  Vec3 z{0, 0, 1};
  return {
      {"filleted",
       [] {
         Shape s = plate();
         return fillet(s, 1, s.edges());
       }},
      {"filleted_box",
       [] {
         Shape s = cube();
         return fillet(s, 2, s.edges());
       }},
      {"filleted_too_much",
       [] {
         Shape s = cube();
         return fillet(s, 6, s.edges());
       }},
      {"chamfered",
       [] {
         Shape s = cube();
         return chamfer(s, 1, {}, s.edges());
       }},
      {"chamfered_two",
       [] {
         Shape s = cube();
         return chamfer(s, 1, 2, first(s.edges(), 4));
       }},
      {"hollowed",
       [=] {
         Shape s = cube();
         return hollow(s, lid(s), -1);
       }},
      {"hollowed_out",
       [=] {
         Shape s = cube();
         return hollow(s, lid(s), 1, 1e-4, OffsetKind::kIntersection);
       }},
      {"hollowed_arc",
       [=] {
         Shape s = cube();
         return hollow(s, lid(s), 1);
       }},
      {"hollowed_closed", [] { return hollow(cube(), {}, -1); }},
      {"hollowed_cylinder",
       [] {
         Shape s = make_cylinder(5, 10);
         return hollow(s, {s.faces()[1]}, 0.5);
       }},
      {"dprism_add",
       [=] {
         return dprism_wires(make_box(20, 20, 5), {}, {make_circle_wire(3, {10, 10, 5}, z)},
                             {.depth = 4, .taper = 5, .thru_all = false, .additive = true});
       }},
      {"dprism_cut_through",
       [=] {
         return dprism_wires(make_box(20, 20, 5), {}, {make_circle_wire(3, {10, 10, 5}, z)},
                             {.thru_all = true, .additive = false});
       }},
  };
}

std::map<std::string, Make> moves() {
  return {
      {"translated",
       [] {
         return translate(plate(), {1, 2, 3});
       }},
      {"rotated",
       [] {
         return rotate(plate(), {0, 0, 0}, {1, 1, 1}, 33);
       }},
      {"mirrored",
       [] {
         return mirror(plate(), {1, 0, 0}, {3, 0, 0});
       }},
      {"scaled", [] { return scale(plate(), 2.5); }},
      {"moved",
       [] {
         return moved(moved(plate(), Location(Vec3{1, 2, 3}, Vec3{0, 1, 1}, 40)),
                      Location(Vec3{1, 0, 0}, Vec3{10, 20, 30}));
       }},
      {"moved_twice",
       [] {
         Frame xz{{9, 0, 0}, {1, 0, 0}, {0, -1, 0}};
         return moved(make_box(1, 1, 1),
                      std::vector<Location>{Location(Vec3{}, Vec3{}),
                                            Location(Vec3{5, 0, 0}, Vec3{}), Location(xz)});
       }},
      {"placed_in_plane",
       [] {
         Frame plane{{1, 2, 3}, {0, 1, 0}, normalized(Vec3{1, 0, 1})};
         return transform_shape(make_box(1, 2, 3), Transform::to_world(plane));
       }},
      {"squashed",
       [] {
         Transform map({{{1, 0, 0, 0}, {0, 2, 0, 0}, {0, 0, 0.5, 1}}});
         return transform_geometry(ball(2), map);
       }},
  };
}

std::map<std::string, Make> texts() {
  using H = TextOptions::Horizontal;
  using V = TextOptions::Vertical;
  using K = TextOptions::Kind;
  Frame xz{{1, 2, 3}, {1, 0, 0}, {0, -1, 0}};
  return {
      {"text_default", [] { return make_text("CadQuery", 10, 2); }},
      {"text_kerning",
       [] { return make_text("AVATo.", 10, 2, {.halign = H::kLeft, .valign = V::kBottom}); }},
      {"text_bold",
       [] {
         return make_text("B8&", 10, 2, {.kind = K::kBold, .halign = H::kRight, .valign = V::kTop});
       }},
      {"text_italic", [] { return make_text("ag i\u00e9", 7, -2, {.kind = K::kItalic}); }},
      {"text_lines", [] { return make_text("one\ntwo three\n\tx", 10, 1); }},
      {"text_flat", [=] { return make_text("@%", 10, 0, {.halign = H::kLeft}, xz); }},
      {"text_serif", [] { return make_text("Rg", 10, 1, {.font = "DejaVu Serif"}); }},
      {"text_free", [] { return flat_text("Hi B", 10); }},
  };
}

std::map<std::string, Make> free_functions() {
  using namespace ops;
  Shape line = make_line({0, 0, 0}, {0, 0, 10});
  auto ring = [](double w, double r) { return face({rect(w, w), ops::circle(r)}); };
  auto block = [] { return ops::box(4, 4, 4); };
  return {
      {"f_sweep_face", [=] { return ops::sweep({ring(4, 1)}, line); }},
      {"f_sweep_sections",
       [=] {
         return ops::sweep({face({rect(4, 4)}), at(face({rect(2, 2)}), {0, 0, 10})}, line);
       }},
      {"f_sweep_wire", [=] { return ops::sweep({rect(4, 4)}, line); }},
      {"f_loft_faces",
       [=] {
         return loft({ring(4, 1), at(ring(3, 0.5), {0, 0, 5})});
       }},
      {"f_loft_vertex",
       [] {
         return loft({face({rect(4, 4)}), make_vertex({0, 0, 5})});
       }},
      {"f_loft_wires",
       [] {
         return loft({rect(4, 4), at(ops::circle(3), {0, 0, 5})}, {.cap = true});
       }},
      {"f_fuse",
       [=] {
         return ops::fuse({block(), ops::cylinder(2, 10), ops::sphere(3)});
       }},
      {"f_cut", [=] { return ops::cut(block(), ops::torus(4, 1)); }},
      {"f_intersect", [=] { return ops::intersect(block(), ops::cone(4, 0, 8)); }},
      {"f_imprint",
       [=] {
         return imprint({block(), at(ops::box(2, 2, 2), {0, 0, 4})});
       }},
      {"f_split",
       [=] {
         return ops::split(block(), at(ops::plane(10, 10), {0, 0, 1}));
       }},
      {"f_clean",
       [=] {
         return ops::clean(ops::fuse({block(), at(block(), {4, 0, 0})}));
       }},
      {"f_solid",
       [] {
         Shape lid = fill(ops::circle(1));
         return solid(
             {lid, extrude(ops::circle(1), {0, 0, 3}), at(fill(ops::circle(1)), {0, 0, 3})});
       }},
      {"f_solid_inner",
       [=] {
         return solid_with_inner(block().faces(), at(ops::box(2, 2, 2), {0, 0, 1}).faces());
       }},
      {"f_extrude_both",
       [] {
         return extrude(face({rect(2, 3)}), {0, 0, 2}, true);
       }},
      {"f_revolve",
       [] {
         return ops::revolve(at(face({rect(2, 3)}), {5, 0, 0}), {}, {0, 1, 0}, 90);
       }},
      {"f_offset", [] { return offset(ops::plane(2, 3), 0.5, true, true); }},
      {"f_offset2d", [] { return ops::offset_2d(rect(4, 3), 0.5, {}, OffsetKind::kIntersection); }},
      {"f_fillet",
       [=] {
         Shape b = block();
         return ops::fillet(b, make_compound(edges_along_z(b)), 0.5);
       }},
      {"f_chamfer",
       [=] {
         Shape b = block();
         return ops::chamfer(b, make_compound(edges_along_z(b)), 0.5);
       }},
      {"f_cap",
       [] {
         Shape tube = extrude(ops::circle(2), {0, 0, 3});
         for (const Shape& edge : tube.edges()) {
           if (center(edge).z > 2.9) return cap(edge, tube);
         }
         return Shape();
       }},
      {"f_hollow",
       [=] {
         Shape b = block();
         return ops::hollow(b, face_towards(b, {0, 0, 1}), -0.5);
       }},
      {"f_hollow_closed", [=] { return ops::hollow(block(), {}, -0.5); }},
      {"f_prism",
       [=] {
         Shape b = block();
         return prism(b, face_towards(b, {0, 0, 1}), at(face({ops::circle(1)}), {0, 0, 4}),
                      Until(2.0));
       }},
      {"f_draft",
       [=] {
         Shape b = block();
         Shape sides = make_compound({face_towards(b, {-1, 0, 0}), face_towards(b, {1, 0, 0})});
         return draft(b, face_towards(b, {0, 0, -1}), sides, 5);
       }},
      {"f_project",
       [=] {
         return project(at(ops::circle(1), {0, 0, 5}), block(), Vec3{0, 0, -1});
       }},
      {"f_wire_on",
       [] {
         Shape side = extrude(ops::circle(2), {0, 0, 9}).faces().at(0);
         return wire_on(side, at(rect(1, 2), {1.5, 4, 0}));
       }},
      {"f_spline",
       [] {
         return ops::spline({{0, 0, 0}, {1, 2, 0}, {3, 1, 0}},
                            {.tangents = {{0, 1, 0}, {1, 0, 0}}});
       }},
  };
}

void expect_near(const json& expected, const std::vector<double>& got, double tolerance,
                 const char* what) {
  for (size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(expected[i].get<double>(), got[i], tolerance) << what << "[" << i << "]";
  }
}

void compare(const json& expected, const Shape& shape) {
  Facts facts = measure({shape});
  Vec3 lo = facts.bbox.lo, hi = facts.bbox.hi;
  double size = std::max(1.0, facts.bbox.longest());
  EXPECT_EQ(expected["kind"].get<std::string>(), to_string(shape.kind()));
  EXPECT_EQ(expected["valid"], facts.valid);
  auto relative = [&](const char* key) {
    return 1e-6 * std::max(1e-3, std::abs(expected[key].get<double>()));
  };
  EXPECT_NEAR(expected["volume"].get<double>(), volume(shape), relative("volume"));
  if (facts.solids == 0) {
    EXPECT_EQ(facts.volume, 0);  // a row's volume is that of solids only
  } else {
    // Solid by solid instead of all in one integral.
    EXPECT_NEAR(facts.volume, volume(shape), 1e-9 * volume(shape));
  }
  EXPECT_NEAR(expected["area"].get<double>(), facts.area, relative("area"));
  expect_near(expected["bbox"], {lo.x, lo.y, lo.z, hi.x, hi.y, hi.z}, 1e-5 * size, "bbox");
  expect_near(expected["center"], {facts.center.x, facts.center.y, facts.center.z}, 1e-6 * size,
              "center");
  EXPECT_EQ(expected["counts"], json({facts.solids, facts.faces, facts.edges, facts.vertices}));
}

void compare_all(const std::map<std::string, Make>& made) {
  std::ifstream file("tests/unit/brep/facts.json");
  ASSERT_TRUE(file) << "run from the repository's root";
  json expected = json::parse(file)["shapes"];
  for (const auto& [name, make] : made) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(expected.contains(name));
    bool must_fail = expected[name].contains("error");
    try {
      Shape shape = make();
      if (must_fail) {
        measure({shape});
        ADD_FAILURE() << "CadQuery raises " << expected[name]["error"];
      } else {
        compare(expected[name], shape);
      }
    } catch (const Error& error) {
      EXPECT_TRUE(must_fail) << error.what();
      if (must_fail && expected[name]["error"] == "ValueError") {
        EXPECT_EQ(error.kind(), ErrorKind::kValue) << error.what();
      }
    }
  }
}

TEST(FactsOfCadQuery, Primitives) { compare_all(primitives()); }
TEST(FactsOfCadQuery, Curves) { compare_all(curves()); }
TEST(FactsOfCadQuery, Faces) { compare_all(faces()); }
TEST(FactsOfCadQuery, Swept) { compare_all(swept()); }
TEST(FactsOfCadQuery, Booleans) { compare_all(booleans()); }
TEST(FactsOfCadQuery, Features) { compare_all(features()); }
TEST(FactsOfCadQuery, Moves) { compare_all(moves()); }
TEST(FactsOfCadQuery, Texts) { compare_all(texts()); }
TEST(FactsOfCadQuery, FreeFunctions) { compare_all(free_functions()); }

}  // namespace
}  // namespace cadrecode::brep
