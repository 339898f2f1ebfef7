// Exact hidden-line removal (OCCT's HLRBRep_Algo), flattened to polylines.
#include <BRepAdaptor_Curve.hxx>
#include <BRepLib.hxx>
#include <GCPnts_QuasiUniformDeflection.hxx>
#include <HLRAlgo_Projector.hxx>
#include <HLRBRep_Algo.hxx>
#include <HLRBRep_HLRToShape.hxx>
#include <TopoDS_Edge.hxx>

#include "geometry/brep/drawing.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

constexpr double kFlattening = 1e-3;  // CadQuery's DISCRETIZATION_TOLERANCE

void add_lines(const TopoDS_Shape& projected, std::vector<std::vector<Vec2>>& lines) {
  if (projected.IsNull()) return;
  BRepLib::BuildCurves3d(projected, 1e-6);
  for (const Shape& edge : wrap(projected).edges()) {
    BRepAdaptor_Curve curve(occ_edge(edge));
    GCPnts_QuasiUniformDeflection points(curve, kFlattening, curve.FirstParameter(),
                                         curve.LastParameter());
    if (!points.IsDone()) continue;
    std::vector<Vec2> line;
    for (int i = 1; i <= points.NbPoints(); ++i) {
      gp_Pnt p = points.Value(i);
      line.push_back({p.X(), p.Y()});
    }
    if (line.size() > 1) lines.push_back(std::move(line));
  }
}

}  // namespace

ViewLines project_view(const Shape& shape, Vec3 direction, std::optional<Vec3> x_direction,
                       std::optional<double> focus) {
  return guarded("draw a view", [&] {
    check_size(occ(shape), "draw a view");
    Handle(HLRBRep_Algo) algorithm = new HLRBRep_Algo();
    algorithm->Add(occ(shape));
    gp_Dir towards = to_dir(direction);
    gp_Ax2 axes =
        x_direction ? gp_Ax2(gp_Pnt(), towards, to_dir(*x_direction)) : gp_Ax2(gp_Pnt(), towards);
    algorithm->Projector(focus ? HLRAlgo_Projector(axes, checked(*focus, "the focus"))
                               : HLRAlgo_Projector(axes));
    algorithm->Update();
    algorithm->Hide();
    HLRBRep_HLRToShape result(algorithm);
    ViewLines lines;
    add_lines(result.VCompound(), lines.visible);
    add_lines(result.Rg1LineVCompound(), lines.visible);
    add_lines(result.OutLineVCompound(), lines.visible);
    add_lines(result.HCompound(), lines.hidden);
    add_lines(result.OutLineHCompound(), lines.hidden);
    return lines;
  });
}

}  // namespace cadrecode::brep
