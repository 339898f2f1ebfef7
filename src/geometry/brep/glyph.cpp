// Glyph outlines as planar faces: lines and Bezier curves joined into wires, wires
// nested into faces by even-odd depth.
#include <ft2build.h>

#include <BRepBuilderAPI_MakeWire.hxx>
#include <BRepLib_MakeEdge.hxx>
#include <BRepTopAdaptor_FClass2d.hxx>
#include <BRep_Builder.hxx>
#include <BRep_Tool.hxx>
#include <Geom2d_Curve.hxx>
#include <Geom_BezierCurve.hxx>
#include <Geom_Plane.hxx>
#include <Precision.hxx>
#include <TColgp_Array1OfPnt.hxx>
#include <TopExp.hxx>
#include <TopoDS.hxx>
#include <TopoDS_Compound.hxx>
#include <TopoDS_Edge.hxx>
#include <TopoDS_Face.hxx>
#include <TopoDS_Iterator.hxx>
#include <TopoDS_Vertex.hxx>
#include <TopoDS_Wire.hxx>
#include <gp_Pln.hxx>
#include FT_FREETYPE_H

#include <algorithm>
#include <vector>

#include "base/vec.h"
#include "geometry/brep/font.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

gp_Pnt at(Vec2 p) { return {p.x, p.y, 0}; }

TopoDS_Edge bezier(std::initializer_list<Vec2> poles) {
  TColgp_Array1OfPnt array(1, static_cast<int>(poles.size()));
  int i = 0;
  for (Vec2 p : poles) array.SetValue(++i, at(p));
  Handle(Geom_BezierCurve) curve = new Geom_BezierCurve(array);
  return BRepLib_MakeEdge(curve);
}

// One closed contour of an outline: points that are on the curve or control it.
struct Contour {
  std::vector<Vec2> points;
  std::vector<int> tags;

  size_t size() const { return points.size(); }
  Vec2 point(size_t i) const { return points[i % size()]; }
  int tag(size_t i) const { return tags[i % size()]; }
  // Where the curve starts before, or ends after, the conic control point i: at its
  // neighbour if that lies on the curve, else half way to it.
  Vec2 conic_end(size_t i, size_t neighbour) const {
    return tag(neighbour) == FT_CURVE_TAG_CONIC ? (point(i) + point(neighbour)) * 0.5
                                                : point(neighbour);
  }
};

std::vector<Contour> contours_of(const FT_Outline& outline, double scale) {
  std::vector<Contour> contours;
  int start = 0;
  for (int c = 0; c < outline.n_contours; ++c) {
    Contour contour;
    for (int i = start; i <= outline.contours[c]; ++i) {
      contour.points.push_back({scale * static_cast<double>(outline.points[i].x) / 64.0,
                                scale * static_cast<double>(outline.points[i].y) / 64.0});
      contour.tags.push_back(FT_CURVE_TAG(outline.tags[i]));
    }
    start = outline.contours[c] + 1;
    if (contour.size() >= 3) contours.push_back(std::move(contour));
  }
  return contours;
}

std::vector<TopoDS_Edge> edges_of(const Contour& c) {
  std::vector<TopoDS_Edge> edges;
  size_t n = c.size();
  Vec2 from = c.point(n - 1);  // the last point on the curve, for lines
  bool line = c.tag(n - 1) == FT_CURVE_TAG_ON;
  for (size_t i = 0; i < n; ++i) {
    Vec2 here = c.point(i);
    if (c.tag(i) == FT_CURVE_TAG_ON) {
      if (line && norm(here - from) > Precision::Confusion()) {
        edges.push_back(BRepLib_MakeEdge(at(from), at(here)));
      }
      from = here;
      line = true;
    } else {
      line = false;
      if (c.tag(i) == FT_CURVE_TAG_CONIC) {
        edges.push_back(bezier({c.conic_end(i, i + n - 1), here, c.conic_end(i, i + 1)}));
      } else if (c.tag(i + 1) == FT_CURVE_TAG_CUBIC) {
        edges.push_back(bezier({c.point(i + n - 1), here, c.point(i + 1), c.point(i + 2)}));
      }
    }
  }
  return edges;
}

// A wire with its inside to the left; null if the contour does not make one.
TopoDS_Wire wire_of(const Contour& contour, const Handle(Geom_Plane) & plane) {
  BRepBuilderAPI_MakeWire maker;
  for (const TopoDS_Edge& edge : edges_of(contour)) maker.Add(edge);
  if (!maker.IsDone()) return {};
  TopoDS_Vertex first, last;
  TopExp::Vertices(maker.Wire(), first, last);
  if (!BRep_Tool::Pnt(first).IsEqual(BRep_Tool::Pnt(last), Precision::Confusion())) {
    maker.Add(BRepLib_MakeEdge(first, last));
  }
  if (!maker.IsDone()) return {};
  TopoDS_Wire wire = maker.Wire();
  TopoDS_Face face;
  BRep_Builder builder;
  builder.MakeFace(face, plane, Precision::Confusion());
  builder.Add(face, wire);
  BRepTopAdaptor_FClass2d classifier(face, Precision::PConfusion());
  if (classifier.PerformInfinitePoint() != TopAbs_OUT) wire.Reverse();
  return wire;
}

// True if the middles of all edges of `inner` lie inside `outer`.
bool contains(const TopoDS_Wire& outer, const TopoDS_Wire& inner,
              const Handle(Geom_Plane) & plane) {
  TopoDS_Face face;
  BRep_Builder builder;
  builder.MakeFace(face, plane, Precision::Confusion());
  builder.Add(face, outer);
  BRepTopAdaptor_FClass2d classifier(face, Precision::PConfusion());
  bool any = false;
  for (TopoDS_Iterator it(inner); it.More(); it.Next()) {
    double first = 0, last = 0;
    Handle(Geom2d_Curve) curve =
        BRep_Tool::CurveOnSurface(TopoDS::Edge(it.Value()), face, first, last);
    if (curve.IsNull()) continue;
    TopAbs_State state = classifier.Perform(curve->Value((first + last) / 2), false);
    if (state == TopAbs_OUT) return false;
    any |= state == TopAbs_IN;
  }
  return any;
}

// Faces of wires nested to any depth: those inside an even number of others bound a
// face from outside, the rest are its holes, each going to the deepest face around it.
TopoDS_Shape faces_of(const std::vector<TopoDS_Wire>& wires, const Handle(Geom_Plane) & plane) {
  size_t n = wires.size();
  std::vector<std::vector<size_t>> inside(n);
  std::vector<int> depth(n, 0);
  for (size_t i = 0; i < n; ++i) {
    for (size_t k = 0; k < n; ++k) {
      if (i != k && contains(wires[i], wires[k], plane)) inside[i].push_back(k), ++depth[k];
    }
  }
  std::vector<size_t> outer;
  for (size_t i = 0; i < n; ++i) {
    if (depth[i] % 2 == 0) outer.push_back(i);
  }
  std::stable_sort(outer.begin(), outer.end(),
                   [&](size_t a, size_t b) { return depth[a] > depth[b]; });
  std::vector<bool> used(n, false);
  std::vector<TopoDS_Shape> faces;
  BRep_Builder builder;
  for (size_t i : outer) {
    TopoDS_Face face;
    builder.MakeFace(face, plane, Precision::Confusion());
    builder.Add(face, wires[i]);
    used[i] = true;
    for (size_t k : inside[i]) {
      if (!used[k]) builder.Add(face, wires[k].Reversed());
      used[k] = true;
    }
    faces.push_back(face);
  }
  if (faces.size() == 1) return faces[0];
  TopoDS_Compound compound;
  builder.MakeCompound(compound);
  for (const TopoDS_Shape& face : faces) builder.Add(compound, face);
  return faces.empty() ? TopoDS_Shape() : compound;
}

}  // namespace

TopoDS_Shape FontFace::glyph(char32_t symbol, double size) {
  if (size != size_) glyphs_.clear();
  size_ = size;
  auto [it, inserted] = glyphs_.try_emplace(symbol);
  if (!inserted) return it->second;
  if (FT_Load_Char(face_, symbol, FT_LOAD_NO_BITMAP | FT_LOAD_NO_HINTING) != 0 ||
      face_->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
    return it->second;
  }
  Handle(Geom_Plane) plane = new Geom_Plane(gp_Pln());
  std::vector<TopoDS_Wire> wires;
  for (const Contour& contour : contours_of(face_->glyph->outline, size / kUnitsPerEm)) {
    TopoDS_Wire wire = wire_of(contour, plane);
    if (!wire.IsNull()) wires.push_back(wire);
  }
  if (!wires.empty()) it->second = faces_of(wires, plane);
  return it->second;
}

}  // namespace cadrecode::brep
