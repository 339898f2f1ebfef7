#include "geometry/brep/boolean.h"

#include <BOPAlgo_GlueEnum.hxx>
#include <BRepAlgoAPI_Common.hxx>
#include <BRepAlgoAPI_Cut.hxx>
#include <BRepAlgoAPI_Fuse.hxx>
#include <BRepAlgoAPI_Splitter.hxx>
#include <atomic>

#include "geometry/brep/occ.h"
#include "geometry/brep/refcount.h"

namespace cadrecode::brep {
namespace {

std::atomic<bool> g_parallel{false};

// CadQuery's _bool_op. Operation is a BRepAlgoAPI_BooleanOperation or a Splitter.
template <class Operation>
Shape run(const std::vector<Shape>& arguments, const std::vector<Shape>& tools, Operation& op,
          std::optional<double> tolerance, const char* attempt) {
  return guarded(attempt, [&] {
    std::vector<Shape> all = arguments;
    all.insert(all.end(), tools.begin(), tools.end());
    check_size(all, attempt);
    if (tolerance.value_or(0) != 0) op.SetFuzzyValue(checked(*tolerance, "the tolerance"));
    TopTools_ListOfShape argument_list = occ_list(arguments), tool_list = occ_list(tools);
    op.SetArguments(argument_list);
    op.SetTools(tool_list);
    op.SetRunParallel(g_parallel);
    op.Build();
    return wrap(op.Shape());
  });
}

// Compound's methods take its members as arguments, Shape's the shape itself.
std::vector<Shape> arguments_of(const Shape& shape) {
  return shape.type() == Kind::kCompound ? shape.children() : std::vector<Shape>{shape};
}

}  // namespace

void set_parallel(bool on) {
  if (on) count_for_threads();
  g_parallel = on;
}

Shape fuse(const Shape& shape, const std::vector<Shape>& with, bool glue,
           std::optional<double> tolerance) {
  BRepAlgoAPI_Fuse op;
  if (glue) op.SetGlue(BOPAlgo_GlueShift);
  if (shape.type() != Kind::kCompound) return run({shape}, with, op, tolerance, "fuse shapes");
  std::vector<Shape> all = shape.children();
  all.insert(all.end(), with.begin(), with.end());
  if (all.empty()) fail_value("there is nothing to fuse: the compound is empty");
  if (all.size() == 1) return all[0];
  return run({all[0]}, {all.begin() + 1, all.end()}, op, tolerance, "fuse shapes");
}

Shape cut(const Shape& shape, const std::vector<Shape>& with, std::optional<double> tolerance) {
  BRepAlgoAPI_Cut op;
  return run(arguments_of(shape), with, op, tolerance, "cut a shape");
}

Shape intersect(const Shape& shape, const std::vector<Shape>& with,
                std::optional<double> tolerance) {
  BRepAlgoAPI_Common op;
  return run(arguments_of(shape), with, op, tolerance, "intersect shapes");
}

Shape split(const Shape& shape, const std::vector<Shape>& splitters) {
  BRepAlgoAPI_Splitter op;
  return run({shape}, splitters, op, {}, "split a shape");
}

}  // namespace cadrecode::brep
