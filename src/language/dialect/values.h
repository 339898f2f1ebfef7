// Inside the recogniser: the values of the small evaluator.
#pragma once

#include <memory>
#include <string_view>
#include <variant>
#include <vector>

#include "geometry/part/part.h"
#include "language/dialect/recognise.h"

namespace cadrecode::dialect {

struct Refused {
  Refusal kind;
  std::string reason;
  script::Range range{};
};
[[noreturn]] void refuse(std::string reason, Refusal kind = Refusal::kOutside);

// Beyond these a program is not for this path: the checks grow with the square.
inline constexpr size_t kMostLoops = 512;   // of one sketch
inline constexpr size_t kMostEdges = 4096;  // drawn one after the other
inline constexpr size_t kMostSteps = 512;
inline constexpr double kLargest = 1e7;  // coordinate

struct Work;
struct Sketch;
struct Value;
using WorkPtr = std::shared_ptr<const Work>;
using SketchPtr = std::shared_ptr<Sketch>;
using Items = std::shared_ptr<std::vector<Value>>;
enum class Module { kCadquery, kMath };

struct Value : std::variant<std::monostate, double, bool, std::string_view, Items,
                            std::shared_ptr<const Frame>, WorkPtr, SketchPtr, Module> {
  using variant::variant;
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(static_cast<const variant*>(this));
  }
  bool unset() const { return index() == 0; }
};

// A solid built so far, shared until it is changed.
using Body = std::shared_ptr<std::vector<part::Step>>;

// What the workplanes of one chain share.
struct Context {
  std::vector<part::Loop> wires;   // pending, in the frame `frame`
  std::vector<part::Curve> edges;  // pending, in the frame `frame`
  std::vector<Vec2> first;         // first point of the pending edges, or empty
  Frame frame;
  bool added = false;  // add() changed the stack of a workplane that others may name
};

// A Workplane object, immutable.
struct Work {
  enum class Stack { kEmpty, kPoints, kEdge, kWires, kSketch, kSolid };
  Frame plane;
  Stack stack = Stack::kEmpty;
  std::vector<Vec3> points;  // kPoints: in order; kEdge: the last edge's end
  SketchPtr sketch;          // kSketch
  Body body;                 // the nearest solid in the stack or the parents, or null
  std::shared_ptr<Context> context;
};

struct Sketch {
  WorkPtr parent;
  std::vector<Frame> places;  // where its faces go
  part::Profile faces;
  std::vector<part::Curve> edges;
  std::vector<Vec2> selection;  // pushed locations; empty: the origin
};

// The arguments of a call, by parameter name; null where not given.
template <size_t N>
struct Bound {
  const script::Expr* at[N] = {};
  const script::Expr* operator[](size_t i) const { return at[i]; }
};

class Evaluator {
 public:
  explicit Evaluator(const script::Program& program);
  part::Part run();

 private:
  // statements
  void execute(const script::Stmt& stmt);
  void assign(const script::Expr& target, Value value);
  void import(const script::Import& import);
  void import_from(const script::ImportFrom& import);
  void define(const script::FunctionStmt& function);
  Value call_function(const script::FunctionStmt& function, const script::CallExpr& call);
  WorkPtr result() const;

  // expressions
  Value evaluate(const script::Expr& e);
  Value evaluate_chain(const script::Expr& e);
  Value attribute(const Value& object, std::string_view name);
  Value binary(const script::Binary& e, Value left, Value right);
  Value call_module(Module module, std::string_view name, const script::CallExpr& call);
  Value call_name(std::string_view name, const script::CallExpr& call);
  double number(const script::Expr& e);
  double number(const Value& v);
  bool truth(const script::Expr& e);
  Vec2 point2(const script::Expr& e);
  Vec2 point2(const Value& v);
  Vec3 point3(const script::Expr& e);
  std::vector<Vec2> points2(const script::Expr& e);
  double number_or(const script::Expr* e, double fallback) { return e ? number(*e) : fallback; }
  bool truth_or(const script::Expr* e, bool fallback) { return e ? truth(*e) : fallback; }
  template <size_t N>
  Bound<N> bind(const script::CallExpr& call, const char* const (&names)[N], size_t required);
  template <typename NameOf>
  size_t parameter_of(const script::Argument& a, size_t& position, size_t count,
                      const NameOf& name_of);

  // methods: workplane_methods.cpp, drawing_methods.cpp, sketch_methods.cpp
  Value call_workplane(WorkPtr w, std::string_view name, const script::CallExpr& call);
  Value new_workplane(const script::CallExpr& call);
  Value new_plane(const script::CallExpr& call);
  Value workplane(const WorkPtr& w, const script::CallExpr& call);
  Value add(const WorkPtr& w, const script::CallExpr& call);
  Value box(const WorkPtr& w, const script::CallExpr& call);
  Value cylinder(const WorkPtr& w, const script::CallExpr& call);
  Value solids(const WorkPtr& w, std::vector<part::Extrusion> solids, bool combine);
  Value extrude(const WorkPtr& w, const script::CallExpr& call);
  Value cut_blind(const WorkPtr& w, const script::CallExpr& call);
  Value cut_through(const WorkPtr& w);
  Value hole(const WorkPtr& w, const script::CallExpr& call);
  Value boolean(WorkPtr w, const Value& other, part::Operation operation);
  std::vector<part::Extrusion> prisms(const Work& w, double start, double end);
  bool draw(const WorkPtr& w, std::string_view name, const script::CallExpr& call, Value& out);
  Value close_wire(const WorkPtr& w, bool close, const script::CallExpr& call);
  std::vector<Vec2> shape_places(const Work& w);
  part::Loop shape(std::string_view name, const script::CallExpr& call, Vec2 p, Vec2& center);
  Value draw_shape(const WorkPtr& w, std::string_view name, const script::CallExpr& call);
  void place_wires(const WorkPtr& w, const std::vector<part::Loop>& loops);
  Value add_edge(const WorkPtr& w, part::Curve curve);
  Vec2 current_point(const Work& w);
  std::vector<Vec2> grid_places(const script::CallExpr& call);
  std::vector<Vec2> polar_places(const script::CallExpr& call);
  Value call_sketch(const SketchPtr& s, std::string_view name, const script::CallExpr& call);
  bool sketch_shape(Sketch& s, std::string_view name, const script::CallExpr& call);
  void sketch_curve(Sketch& s, std::string_view name, const script::CallExpr& call);
  void sketch_face(Sketch& s, const part::Profile& face, const script::Expr* mode,
                   bool at_selection = true);

  const script::Program& program_;
  const Value* find(std::string_view name) const;  // null: not bound
  void put(std::string_view name, Value value);

  // Bound names; few, so a list. The last one assigned is the last one.
  std::vector<std::pair<std::string_view, Value>> names_;
  std::vector<const script::FunctionStmt*> functions_;
  bool in_function_ = false;
  size_t globals_ = 0;   // of names_, while a function runs; else 0
  script::Range where_;  // the construct being evaluated
};

}  // namespace cadrecode::dialect
