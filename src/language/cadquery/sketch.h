// CadQuery's Sketch: faces drawn in the XY plane, shape by shape or from edges.
//
// Mirrors cadquery/sketch.py (2.8) method by method; the binding to programs is sketch_type.cpp.
// A sketch holds a compound of faces, loose edges, a current selection and tagged selections. Every
// face-making method repeats its shape at each selected place (the origin when nothing is selected)
// and joins the result to the faces by its Mode. Lengths in program units, angles in degrees.
//
// Once a shape has been made by one fuse the faces may be a single Face instead of a compound, as
// in CadQuery; faces() gives whatever stands.
//
// Errors: kValue where CadQuery raises (nothing selected, unknown tag, unknown mode), kGeometry
// where the kernel fails.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/vec.h"
#include "geometry/brep/location.h"
#include "geometry/brep/shape.h"
#include "language/cadquery/selectors.h"

namespace cadrecode::cadquery {

// What every edge of a sketch may have; an empty tag tags nothing.
struct SketchEdgeOptions {
  std::string tag;
  bool for_construction = false;
};

class Sketch {
 public:
  enum class Mode { kAdd, kSubtract, kIntersect, kConstruct, kReplace };
  // What a selection holds: shapes, or places set by push and the arrays.
  using Item = std::variant<brep::Shape, brep::Location>;
  using Items = std::vector<Item>;
  // How a new face joins the others. An empty tag tags nothing.
  struct Join {
    Mode mode = Mode::kAdd;
    std::string tag;
  };

  using EdgeOptions = SketchEdgeOptions;

  // An empty sketch, or one of the given faces; null is empty.
  explicit Sketch(std::vector<brep::Location> locations = {brep::Location()},
                  const brep::Shape& faces = {});

  // "a", "s", "i", "c", "r"; anything else is a value error.
  static Mode mode_from(const std::string& letter);

  // --- Faces (sketch_faces.cpp) ---
  void face(const brep::Shape& wire_or_shape, double angle, const Join& join,
            bool ignore_selection = false);
  void face(const Shapes& edges, double angle, const Join& join, bool ignore_selection = false);
  void face(const Sketch& sketch, double angle, const Join& join, bool ignore_selection = false);
  void rect(double width, double height, double angle, const Join& join);
  void circle(double radius, const Join& join);
  void ellipse(double radius1, double radius2, double angle, const Join& join);
  // The base angles are a1 and a2 (a1 when unset or 0).
  void trapezoid(double width, double height, double a1, std::optional<double> a2, double angle,
                 const Join& join);
  void slot(double width, double height, double angle, const Join& join);
  void regular_polygon(double radius, int count, double angle, const Join& join);
  void polygon(const std::vector<Vec3>& points, double angle, const Join& join);
  void hull(const Join& join);
  void offset(double distance, const Join& join);
  // Calls `make` for each selected place (the origin when there is none) and joins all its faces.
  using Maker = std::function<Shapes(const brep::Location&)>;
  void each(const Maker& make, const Join& join, bool ignore_selection = false);
  void fillet(double radius);
  void chamfer(double distance);
  void clean();

  // --- Places (sketch_places.cpp) ---
  void rarray(double dx, double dy, int nx, int ny);
  void parray(double radius, double start, double range, int count, bool rotate = true);
  void distribute(int count, double start = 0, double stop = 1, bool rotate = true);
  void push(const std::vector<brep::Location>& places, const std::string& tag = "");

  // --- Edges (sketch_edges.cpp). The last edge's end is where the next one starts. ---
  void edge(const brep::Shape& edge, const EdgeOptions& options = {});
  void segment(Vec3 start, Vec3 end, const EdgeOptions& options = {});
  void segment_to(Vec3 end, const EdgeOptions& options = {});
  void segment_along(double length, double angle, const EdgeOptions& options = {});
  void arc(Vec3 start, Vec3 middle, Vec3 end, const EdgeOptions& options = {});
  void arc_to(Vec3 middle, Vec3 end, const EdgeOptions& options = {});
  // About `center`, from angle `start` over `sweep`; the full circle from 360 on.
  void arc_about(Vec3 center, double radius, double start, double sweep,
                 const EdgeOptions& options = {});
  void spline(const std::vector<Vec3>& points, const std::vector<Vec3>& tangents, bool periodic,
              const EdgeOptions& options = {});
  void bezier(const std::vector<Vec3>& points, const EdgeOptions& options = {});
  void close(const std::string& tag = "");
  void assemble(const Join& join);

  // --- Selection (sketch_selection.cpp) ---
  enum class Part { kFaces, kWires, kEdges, kVertices };
  // From the tagged items, else the selection, else all faces and edges.
  void select_parts(Part part, const std::optional<Selector>& selector,
                    const std::string& tag = "");
  void select(const std::vector<std::string>& tags);
  void tag(const std::string& name);
  void reset() { selection_.reset(); }
  void delete_selected();
  void set_selection(Items items) { selection_ = std::move(items); }
  const std::optional<Items>& selection() const { return selection_; }
  bool has_selection() const { return selection_ && !selection_->empty(); }
  Item val() const;
  Items vals() const;

  // --- As a whole (sketch_selection.cpp) ---
  void add();
  void subtract();
  void replace();
  // Partial copies, as CadQuery's: faces only.
  Sketch copy() const;
  Sketch moved(const std::vector<brep::Location>& places, bool several) const;
  Sketch located(const brep::Location& place) const;
  // a + b, a - b, a * b, a / b on what val() gives.
  enum class Operation { kFuse, kCut, kIntersect, kSplit };
  static Sketch combined(Operation operation, const Sketch& a, const Sketch& b);

  const brep::Shape& faces() const { return faces_; }
  bool has_faces() const;
  const Shapes& edges() const { return edges_; }
  const std::vector<brep::Location>& locations() const { return locations_; }
  // What iterating gives: every face, else every edge, at every location.
  Shapes placed() const;

 private:
  void join_faces(const Shapes& made, const Join& join);
  std::vector<brep::Location> places(bool ignore_selection) const;
  brep::Shape selected_faces() const;
  Vec3 start_point() const;
  Vec3 end_point() const;
  const Items& tagged(const std::string& tag) const;

  std::vector<brep::Location> locations_;
  brep::Shape faces_;
  Shapes edges_;
  std::optional<Items> selection_;
  std::map<std::string, Items> tags_;
};

// CadQuery's Center() of an item: a shape's centre or the place itself.
brep::Location place_of(const Sketch::Item& item);

}  // namespace cadrecode::cadquery
