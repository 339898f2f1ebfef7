// cadquery.func: boolean operations, cleaning, filling.
#include <BOPAlgo_BOP.hxx>
#include <BOPAlgo_Builder.hxx>
#include <BRepAlgoAPI_Check.hxx>
#include <BRepAlgoAPI_Splitter.hxx>
#include <BRepOffsetAPI_MakeFilling.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>

#include "geometry/brep/boolean.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/occ.h"
#include "geometry/brep/ops.h"
#include "geometry/brep/ops_detail.h"

namespace cadrecode::brep::ops {
namespace {

// _set_glue and _set_builder_options.
void set_options(BOPAlgo_Builder& builder, double tolerance, Glue glue) {
  if (glue != Glue::kNone) {
    builder.SetGlue(glue == Glue::kFull ? BOPAlgo_GlueFull : BOPAlgo_GlueShift);
  }
  builder.SetUseOBB(true);
  builder.SetNonDestructive(true);
  if (checked(tolerance, "the tolerance") != 0) builder.SetFuzzyValue(tolerance);
}

Shape run(BOPAlgo_Operation operation, const std::vector<Shape>& shapes, double tolerance,
          Glue glue, const char* attempt) {
  return guarded(attempt, [&] {
    if (shapes.size() < 2) fail_value("a boolean operation needs at least two shapes");
    check_size(shapes, attempt);
    BOPAlgo_BOP builder;
    builder.SetOperation(operation);
    set_options(builder, tolerance, glue);
    builder.AddArgument(occ(shapes[0]));
    for (size_t i = 1; i < shapes.size(); ++i) builder.AddTool(occ(shapes[i]));
    builder.Perform();
    return compound_or_shape(builder.Shape());
  });
}

void add_constraints(BRepOffsetAPI_MakeFilling& filling,
                     const std::vector<NSidedConstraint>& constraints) {
  for (const NSidedConstraint& constraint : constraints) {
    if (const Vec3* point = std::get_if<Vec3>(&constraint)) {
      filling.Add(to_pnt(*point));
    } else {
      for (const Shape& edge : get_edges(std::get<Shape>(constraint))) {
        filling.Add(occ_edge(edge), GeomAbs_C0, false);
      }
    }
  }
}

}  // namespace

Shape fuse(const std::vector<Shape>& shapes, double tolerance, Glue glue) {
  return run(BOPAlgo_FUSE, shapes, tolerance, glue, "fuse shapes");
}
Shape cut(const Shape& a, const Shape& b, double tolerance, Glue glue) {
  return run(BOPAlgo_CUT, {a, b}, tolerance, glue, "cut a shape");
}
Shape intersect(const Shape& a, const Shape& b, double tolerance, Glue glue) {
  return run(BOPAlgo_COMMON, {a, b}, tolerance, glue, "intersect shapes");
}

Shape split(const Shape& a, const Shape& b, double tolerance) {
  return guarded("split a shape", [&] {
    check_size({a, b}, "split a shape");
    BRepAlgoAPI_Splitter builder;
    TopTools_ListOfShape arguments = occ_list({a}), tools = occ_list({b});
    builder.SetArguments(arguments);
    builder.SetTools(tools);
    builder.SetUseOBB(true);
    if (checked(tolerance, "the tolerance") != 0) builder.SetFuzzyValue(tolerance);
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

Shape imprint(const std::vector<Shape>& shapes, double tolerance, Glue glue) {
  return guarded("imprint shapes", [&] {
    check_size(shapes, "imprint shapes");
    BOPAlgo_Builder builder;
    set_options(builder, tolerance, glue);
    for (const Shape& shape : shapes) builder.AddArgument(occ(shape));
    builder.Perform();
    return compound_or_shape(builder.Shape());
  });
}

Shape clean(const Shape& shape) { return normalized_shape(brep::clean(shape)); }

Shape fill(const Shape& edges, const std::vector<NSidedConstraint>& constraints) {
  return guarded("fill a contour", [&] {
    BRepOffsetAPI_MakeFilling builder;
    for (const Shape& edge : get_edges(edges)) builder.Add(occ_edge(edge), GeomAbs_C0);
    add_constraints(builder, constraints);
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

Shape cap(const Shape& edges, const Shape& context,
          const std::vector<NSidedConstraint>& constraints) {
  return guarded("cap a contour", [&] {
    BRepOffsetAPI_MakeFilling builder;
    builder.SetResolParam(2, 15, 5);
    for (const Shape& edge : get_edges(edges)) {
      std::vector<Shape> faces = ancestors(edge, context, Kind::kFace);
      if (faces.empty()) fail_value("an edge to cap has no face in the context shape");
      builder.Add(occ_edge(edge), occ_face(faces[0]), GeomAbs_G1, true);
    }
    add_constraints(builder, constraints);
    builder.Build();
    return compound_or_shape(builder.Shape());
  });
}

bool check(const Shape& shape, double tolerance) {
  return guarded("check a shape", [&] {
    BRepAlgoAPI_Check analyzer(occ(shape));
    analyzer.SetUseOBB(true);
    analyzer.Perform();
    bool valid = analyzer.IsValid();
    if (tolerance != 0) analyzer.SetFuzzyValue(tolerance);
    return valid;
  });
}

}  // namespace cadrecode::brep::ops
