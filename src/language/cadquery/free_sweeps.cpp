// func: sweeps, lofts, projections, prisms, drafts.
#include "language/cadquery/free_functions.h"

namespace cadrecode::cadquery {
namespace {

namespace ops = brep::ops;
using interpreter::Signature;

Value sweep(Arguments& a, Interpreter& interpreter) {
  no_history(a);
  return shape_value(ops::sweep(to_shapes(a["s"], "sweep s", interpreter, true), shape(a, "path"),
                                optional_shape(a, "aux"), a.boolean("cap", interpreter),
                                transition_from(a.string("transition"))));
}

ops::LoftOptions::Parametrization parametrization(const std::string& word) {
  using Parametrization = ops::LoftOptions::Parametrization;
  if (word == "uniform") return Parametrization::kUniform;
  if (word == "chordal") return Parametrization::kChordal;
  if (word == "centripetal") return Parametrization::kCentripetal;
  interpreter::throw_value_error("'" + word + "' is not uniform, chordal or centripetal");
}

ops::LoftOptions loft_options(const Arguments& a, Interpreter& interpreter) {
  ops::LoftOptions o;
  o.cap = a.boolean("cap", interpreter);
  o.ruled = a.boolean("ruled", interpreter);
  o.continuity = continuity_from(a.string("continuity"));
  o.parametrization = parametrization(a.string("parametrization"));
  o.degree = static_cast<int>(a.integer("degree"));
  o.compat = a.boolean("compat", interpreter);
  o.smoothing = a.boolean("smoothing", interpreter);
  const std::vector<double> w = a.numbers("weights", 3);
  o.weights = {w[0], w[1], w[2]};
  return o;
}

// loft(s, cap, …) of a sequence, or loft(s1, s2, *s, cap=…).
Value loft(Arguments& a, Interpreter& interpreter) {
  constexpr const char* kOptions =
      "cap=False, ruled=False, continuity='C2', parametrization='uniform', degree=3, compat=True, "
      "smoothing=False, weights=(1, 1, 1), history=None, name=None";
  static const Signature of_sequence("loft", std::string("s, ") + kOptions);
  static const Signature of_shapes("loft", std::string("*s, ") + kOptions);
  const bool variadic = !a.rest().empty() && try_shape(a.rest().front());
  const Arguments b = rebound(variadic ? of_shapes : of_sequence, a);
  no_history(b);
  const Shapes sections = variadic ? rest_shapes(b) : shapes(b, "s", interpreter);
  if (sections.size() < 2) interpreter::throw_type_error("loft() needs at least two sections");
  return shape_value(ops::loft(sections, loft_options(b, interpreter)));
}

// project(s, base, direction), or along the normals: project(s, base, continuity, …).
Value project(Arguments& a, Interpreter&) {
  static const Signature normal("project",
                                "s, base, continuity='C2', degree=3, maxseg=30, tol=1e-4");
  static const Signature cylindrical("project", "s, base, direction");
  bool directed = a.rest().size() == 3 && try_vector(a.rest()[2]);
  for (const auto& [name, value] : a.keywords()) directed = directed || name == "direction";
  if (directed) {
    const Arguments b = rebound(cylindrical, a);
    return shape_value(ops::project(shape(b, "s"), shape(b, "base"), vector(b, "direction")));
  }
  const Arguments b = rebound(normal, a);
  return shape_value(ops::project(shape(b, "s"), shape(b, "base"),
                                  continuity_from(b.string("continuity")),
                                  static_cast<int>(b.integer("degree")),
                                  static_cast<int>(b.integer("maxseg")), b.number("tol")));
}

ops::Until until(const Arguments& a) {
  const Value& t = a["t"];
  if (t.is_none()) return std::monostate();
  if (t.is_number()) return t.as_double();
  if (t.is_tuple() && t.as_tuple().items().size() == 2)
    return std::pair(to_shape(t.as_tuple().items()[0], "prism t"),
                     to_shape(t.as_tuple().items()[1], "prism t"));
  return shape(a, "t");
}

// The fifth argument is a draft angle or a direction.
Value prism(Arguments& a, Interpreter& interpreter) {
  static const Signature drafted(
      "prism", "ctx, base, faces, t, angle=0.0, additive=True, history=None, name=None");
  static const Signature tilted("prism",
                                "ctx, base, faces, t, dir, additive=True, history=None, name=None");
  bool direction = a.rest().size() > 4 && try_vector(a.rest()[4]);
  for (const auto& [name, value] : a.keywords()) direction = direction || name == "dir";
  const Arguments b = rebound(direction ? tilted : drafted, a);
  no_history(b);
  const brep::Shape base = optional_shape(b, "base");
  const bool additive = b.boolean("additive", interpreter);
  if (direction)
    return shape_value(
        ops::prism(shape(b, "ctx"), base, shape(b, "faces"), until(b), vector(b, "dir"), additive));
  return shape_value(
      ops::prism(shape(b, "ctx"), base, shape(b, "faces"), until(b), b.number("angle"), additive));
}

// draft(ctx, base, faces, angle), or with a direction before the angle.
Value draft(Arguments& a, Interpreter&) {
  static const Signature along_normal("draft", "ctx, base, faces, angle, history=None, name=None");
  static const Signature along("draft", "ctx, base, faces, dir, angle, history=None, name=None");
  bool direction = a.rest().size() > 3 && try_vector(a.rest()[3]);
  for (const auto& [name, value] : a.keywords()) direction = direction || name == "dir";
  const Arguments b = rebound(direction ? along : along_normal, a);
  no_history(b);
  std::optional<Vec3> d;
  if (direction) d = vector(b, "dir");
  return shape_value(
      ops::draft(shape(b, "ctx"), shape(b, "base"), shape(b, "faces"), b.number("angle"), d));
}

}  // namespace

void add_sweeps(interpreter::Module& m) {
  m.function("sweep",
             "s, path, aux=None, cap=False, transition='transformed', history=None, name=None",
             sweep)
      .function("loft", "*args, **kwargs", loft)
      .function("project", "*args, **kwargs", project)
      .function("prism", "*args, **kwargs", prism)
      .function("draft", "*args, **kwargs", draft);
}

}  // namespace cadrecode::cadquery
