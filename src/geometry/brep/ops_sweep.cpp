// cadquery.func: sweeps and lofts of edges, wires and faces with holes.
//
// A face with holes is built as CadQuery builds it: one sweep for the outer wire, one
// per hole, the holes' ends cut out of the outer ends, and everything sewn together.
#include <BRepFill_CompatibleWires.hxx>
#include <BRepOffsetAPI_MakePipeShell.hxx>
#include <BRepOffsetAPI_ThruSections.hxx>
#include <TopTools_SequenceOfShape.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>

#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/ops_detail.h"

namespace cadrecode::brep::ops {
namespace {

struct SweepSettings {
  const Shape& path;
  const Shape& auxiliary;
  Transition transition;
};

BRepOffsetAPI_MakePipeShell pipe(const SweepSettings& settings) {
  constexpr BRepBuilderAPI_TransitionMode kModes[] = {
      BRepBuilderAPI_Transformed, BRepBuilderAPI_RoundCorner, BRepBuilderAPI_RightCorner};
  BRepOffsetAPI_MakePipeShell builder(occ_wire(settings.path));
  if (settings.auxiliary.is_null()) {
    builder.SetMode(false);
  } else {
    builder.SetMode(occ_wire(get_one_wire(settings.auxiliary)), true);
  }
  builder.SetTransitionMode(kModes[static_cast<int>(settings.transition)]);
  return builder;
}

// The parts of one swept or lofted contour.
struct Tube {
  Shape side, first, last;
};

Shape optional_shape(const TopoDS_Shape& shape) {
  return shape.IsNull() ? make_compound({}) : wrap(shape);
}

template <class Builder>
Tube tube_of(Builder& builder) {
  Shape first = optional_shape(builder.FirstShape()), last = optional_shape(builder.LastShape());
  Shape faces = all_of(wrap(builder.Shape()), Kind::kFace);
  return {set_difference(set_difference(faces, first), last), first, last};
}

// With one section the sides are listed edge by edge, as CadQuery does.
Tube tube_along(BRepOffsetAPI_MakePipeShell& builder, const Shape& wire) {
  Shape side = make_compound({});
  for (const Shape& edge : wire.children()) {
    std::vector<TopoDS_Shape> made;
    for (const TopoDS_Shape& shape : builder.Generated(occ(edge))) made.push_back(shape);
    side = set_union(side, compound_or_shape(made));
  }
  return {side, optional_shape(builder.FirstShape()), optional_shape(builder.LastShape())};
}

Tube swept(const std::vector<Shape>& wires, const SweepSettings& settings) {
  BRepOffsetAPI_MakePipeShell builder = pipe(settings);
  for (const Shape& wire : wires) builder.Add(occ(wire), false, false);
  builder.Build();
  builder.MakeSolid();
  return wires.size() == 1 ? tube_along(builder, wires[0]) : tube_of(builder);
}

Shape assembled(const Tube& outer, const std::vector<Tube>& inner) {
  std::vector<Shape> firsts, lasts, parts{outer.side};
  for (const Tube& tube : inner) {
    firsts.push_back(tube.first);
    lasts.push_back(tube.last);
    parts.push_back(tube.side);
  }
  parts.push_back(cut(outer.last, make_compound(lasts)));
  parts.push_back(cut(outer.first, make_compound(firsts)));
  return solid(parts);
}

// _get_face_lists: the k-th face of every section; a vertex may stand at either end.
std::vector<std::vector<Shape>> face_lists(const std::vector<Shape>& sections,
                                           bool allow_vertices) {
  std::vector<std::vector<Shape>> lists;
  for (size_t i = 0; i < sections.size(); ++i) {
    std::vector<Shape> parts = sections[i].faces();
    if (i == 0) {
      if (allow_vertices && parts.empty() && sections[i].entities(Kind::kEdge).empty()) {
        parts = sections[i].vertices();
      }
      for (const Shape& part : parts) lists.push_back({part});
      if (lists.empty()) return {};
      continue;
    }
    if (allow_vertices && i + 1 == sections.size() && parts.size() != lists.size()) {
      parts = sections[i].vertices();
    }
    for (size_t k = 0; k < std::min(parts.size(), lists.size()); ++k) lists[k].push_back(parts[k]);
  }
  for (const auto& list : lists) {
    bool bare =
        list.size() > 1 && list[0].kind() == Kind::kVertex && list[1].kind() == Kind::kVertex;
    if (bare) return {};  // only vertices: the sections are wires
  }
  return lists;
}

// _get_wire_lists, likewise.
std::vector<std::vector<Shape>> wire_lists(const std::vector<Shape>& sections,
                                           bool allow_vertices) {
  std::vector<std::vector<Shape>> lists;
  for (size_t i = 0; i < sections.size(); ++i) {
    bool is_end = i == 0 || i + 1 == sections.size();
    bool only_vertices = allow_vertices && is_end && sections[i].kind() == Kind::kVertex;
    std::vector<Shape> parts = only_vertices ? sections[i].vertices() : get_wires(sections[i]);
    if (i == 0) {
      for (const Shape& part : parts) lists.push_back({part});
    } else {
      for (size_t k = 0; k < std::min(parts.size(), lists.size()); ++k) {
        lists[k].push_back(parts[k]);
      }
    }
  }
  return lists;
}

// The k-th hole of every face of a list, for as many holes as all of them have.
std::vector<std::vector<Shape>> hole_lists(const std::vector<Shape>& faces) {
  std::vector<std::vector<Shape>> holes;
  for (const Shape& wire : inner_wires(faces[0])) holes.push_back({wire});
  for (size_t i = 1; i < faces.size(); ++i) {
    std::vector<Shape> wires = inner_wires(faces[i]);
    for (size_t k = 0; k < std::min(wires.size(), holes.size()); ++k) holes[k].push_back(wires[k]);
  }
  return holes;
}

BRepOffsetAPI_ThruSections& configure(BRepOffsetAPI_ThruSections& builder,
                                      const LoftOptions& options) {
  constexpr GeomAbs_Shape kContinuity[] = {GeomAbs_C0, GeomAbs_C1, GeomAbs_C2, GeomAbs_C3};
  constexpr Approx_ParametrizationType kParametrization[] = {
      Approx_IsoParametric, Approx_ChordLength, Approx_Centripetal};
  if (options.continuity < 0 || options.continuity > 3) fail_value("continuity must be C0 to C3");
  builder.SetMaxDegree(options.degree);
  builder.CheckCompatibility(options.compat);
  builder.SetContinuity(kContinuity[options.continuity]);
  builder.SetParType(kParametrization[static_cast<int>(options.parametrization)]);
  builder.SetSmoothing(options.smoothing);
  builder.SetCriteriumWeight(options.weights[0], options.weights[1], options.weights[2]);
  return builder;
}

// The sections with as many edges each, if they are wires of unequal numbers; else as they are.
// A corner of one section is matched with the other's within a tenth of an edge, as CadQuery's
// kernel (OCCT 7.9) does; 7.6 left alone matches within a hundredth and cuts more edges.
std::vector<Shape> matched(const std::vector<Shape>& sections) {
  TopTools_SequenceOfShape wires;
  bool unequal = false;
  size_t edges = 0;
  for (const Shape& section : sections) {
    if (section.kind() == Kind::kVertex) return sections;
    const Shape wire = section.kind() == Kind::kFace ? outer_wire(section) : section;
    unequal |= edges != 0 && edges != wire.edges().size();
    edges = wire.edges().size();
    wires.Append(occ(wire));
  }
  if (!unequal) return sections;
  BRepFill_CompatibleWires matching(wires);
  matching.SetPercent(0.1);
  matching.Perform();
  if (!matching.IsDone()) return sections;
  std::vector<Shape> result;
  for (const TopoDS_Shape& wire : matching.Shape()) result.push_back(wrap(wire));
  return result;
}

void build(BRepOffsetAPI_ThruSections& builder, const std::vector<Shape>& given, bool compat) {
  const std::vector<Shape> sections = compat ? matched(given) : given;
  for (const Shape& section : sections) {
    if (section.kind() == Kind::kVertex) {
      builder.AddVertex(occ_vertex(section));
    } else if (section.kind() == Kind::kFace) {
      builder.AddWire(occ_wire(outer_wire(section)));
    } else {
      builder.AddWire(occ_wire(section));
    }
  }
  builder.Build();
  builder.Check();
}

Shape lofted_faces(const std::vector<Shape>& sections, const LoftOptions& options) {
  BRepOffsetAPI_ThruSections outer(true, options.ruled);
  build(configure(outer, options), sections, options.compat);
  bool has_vertex = false;
  for (const Shape& section : sections) has_vertex |= section.kind() == Kind::kVertex;
  std::vector<Tube> inner;
  if (!has_vertex) {
    for (const std::vector<Shape>& wires : hole_lists(sections)) {
      BRepOffsetAPI_ThruSections hole(true, options.ruled);
      build(configure(hole, options), wires, options.compat);
      inner.push_back(tube_of(hole));
    }
  }
  return assembled(tube_of(outer), inner);
}

}  // namespace

Shape sweep(const std::vector<Shape>& sections, const Shape& path, const Shape& auxiliary, bool cap,
            Transition transition) {
  return guarded("sweep a profile", [&] {
    Shape spine = get_one_wire(path);
    SweepSettings settings{spine, auxiliary, transition};
    std::vector<TopoDS_Shape> results;
    bool single = sections.size() == 1;
    for (const std::vector<Shape>& faces : face_lists(sections, false)) {
      std::vector<Shape> outer;
      for (const Shape& face : faces) outer.push_back(outer_wire(face));
      std::vector<Tube> inner;
      for (const std::vector<Shape>& wires : hole_lists(faces)) {
        inner.push_back(swept(wires, settings));
      }
      results.push_back(occ(assembled(swept(outer, settings), inner)));
    }
    if (!results.empty()) return compound_or_shape(results);
    std::vector<std::vector<Shape>> lists;
    if (single) {
      for (const Shape& wire : get_wires(sections[0])) lists.push_back({wire});
    } else {
      lists = wire_lists(sections, false);
    }
    for (const std::vector<Shape>& wires : lists) {
      BRepOffsetAPI_MakePipeShell builder = pipe(settings);
      for (const Shape& wire : wires) builder.Add(occ(wire), false, false);
      builder.Build();
      if (cap) builder.MakeSolid();
      results.push_back(builder.Shape());
    }
    return compound_or_shape(results);
  });
}

Shape loft(const std::vector<Shape>& sections, const LoftOptions& options) {
  return guarded("loft sections", [&] {
    std::vector<TopoDS_Shape> results;
    for (const std::vector<Shape>& faces : face_lists(sections, true)) {
      results.push_back(occ(lofted_faces(faces, options)));
    }
    if (!results.empty()) return compound_or_shape(results);
    for (const std::vector<Shape>& wires : wire_lists(sections, true)) {
      BRepOffsetAPI_ThruSections builder(options.cap, options.ruled);
      build(configure(builder, options), wires, options.compat);
      results.push_back(builder.Shape());
    }
    return compound_or_shape(results);
  });
}

}  // namespace cadrecode::brep::ops
