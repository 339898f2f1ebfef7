// Queries on edges and wires: CadQuery's Mixin1D.
//
// A position along the curve is given either as a share of its length in [0, 1]
// (ParamMode::kLength, CadQuery's default) or as the curve's own parameter.
// A wire of more than one edge is one composite curve.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "geometry/brep/location.h"
#include "geometry/brep/shape.h"

namespace cadrecode::brep {

enum class ParamMode { kLength, kParameter };
enum class FrameMode { kFrenet, kCorrected };

std::pair<double, double> bounds(const Shape& curve);
Vec3 start_point(const Shape& curve);
Vec3 end_point(const Shape& curve);
double length(const Shape& curve);
bool is_closed(const Shape& curve);  // IsClosed()
double radius(const Shape& curve);   // kValue if not a circle
Vec3 arc_center(const Shape& edge);  // circles and ellipses, else kValue
Vec3 normal(const Shape& curve);     // planar curves, else kValue

double param_at(const Shape& curve, double share);
double param_at(const Shape& curve, Vec3 point);  // nearest
std::vector<double> params(const Shape& curve, const std::vector<Vec3>& points);
std::vector<double> params_length(const Shape& curve, const std::vector<double>& shares);

Vec3 position_at(const Shape& curve, double d, ParamMode mode = ParamMode::kLength);
std::vector<Vec3> positions(const Shape& curve, const std::vector<double>& ds,
                            ParamMode mode = ParamMode::kLength);
Vec3 tangent_at(const Shape& curve, double d = 0.5, ParamMode mode = ParamMode::kLength);
std::vector<Vec3> tangents(const Shape& curve, const std::vector<double>& ds,
                           ParamMode mode = ParamMode::kLength);
double curvature_at(const Shape& curve, double d, ParamMode mode = ParamMode::kLength,
                    double resolution = 1e-6);
Location location_at(const Shape& curve, double d, ParamMode mode = ParamMode::kLength,
                     FrameMode frame = FrameMode::kFrenet, bool planar = false);
std::vector<Location> locations(const Shape& curve, const std::vector<double>& ds,
                                ParamMode mode = ParamMode::kLength,
                                FrameMode frame = FrameMode::kFrenet, bool planar = false);

struct CurveSamples {
  std::vector<Vec3> points;
  std::vector<double> parameters;
};
CurveSamples sample(const Shape& curve, int count);
CurveSamples sample(const Shape& curve, double deflection);

// Projections of an edge or wire onto a face along a direction; the closest one, or all.
Shape project_closest(const Shape& curve, const Shape& face, Vec3 direction);
std::vector<Shape> project_all(const Shape& curve, const Shape& face, Vec3 direction);

// Whether the edge has a curve in the face's parameter space (Edge.hasPCurve).
bool has_pcurve(const Shape& edge, const Shape& face);

}  // namespace cadrecode::brep
