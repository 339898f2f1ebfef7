// Sketch.segment, arc and spline: one name, several signatures.
//
// CadQuery chooses by the types of the positional arguments alone: a point is a Vector or a tuple
// of two numbers, and geometry cannot be named.
#include <optional>
#include <string>

#include "language/cadquery/convert.h"
#include "language/cadquery/sketch_calls.h"

namespace cadrecode::cadquery {
namespace {

std::optional<Vec3> point(const Value& value) {
  if (value.is_list() || (value.is_tuple() && value.as_tuple().items().size() != 2))
    return std::nullopt;
  return try_vector(value);
}

bool is_number(const Value& value) { return value.is_int() || value.is_float(); }

// The leading points and numbers of a call, and the options after them.
struct EdgeCall {
  std::vector<Value> geometry;
  std::string shape;  // one letter for each: p a point, n a number
  Sketch::EdgeOptions options;
};

[[noreturn]] void refuse(const Arguments& a) {
  std::string types;
  for (const Value& value : a.rest())
    types += (types.empty() ? "" : ", ") + interpreter::type_name(value);
  interpreter::throw_type_error(a.signature().function() + "() does not take (" + types + ")");
}

void set_tag(Sketch::EdgeOptions& options, const Value& value, const Arguments& a) {
  if (value.is_none()) return;
  if (!value.is_str()) refuse(a);
  options.tag = value.str();
}

// What follows the geometry: tag, then forConstruction, by place or by name.
Sketch::EdgeOptions options_after(const Arguments& a, std::size_t first, Interpreter& interpreter) {
  const std::vector<Value>& args = a.rest();
  if (args.size() > first + 2) refuse(a);
  Sketch::EdgeOptions options;
  set_tag(options, args.size() > first ? args[first] : a["tag"], a);
  options.for_construction = args.size() > first + 1
                                 ? interpreter::truth(args[first + 1], interpreter)
                                 : a.boolean("forConstruction", interpreter);
  return options;
}

EdgeCall read(const Arguments& a, Interpreter& interpreter) {
  EdgeCall call;
  for (const Value& value : a.rest()) {
    if (!point(value) && !is_number(value)) break;
    call.geometry.push_back(value);
    call.shape += is_number(value) ? 'n' : 'p';
  }
  call.options = options_after(a, call.geometry.size(), interpreter);
  return call;
}

}  // namespace

void sketch_segment(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const EdgeCall call = read(a, interpreter);
  const std::vector<Value>& g = call.geometry;
  if (call.shape == "pp")
    sketch.segment(*point(g[0]), *point(g[1]), call.options);
  else if (call.shape == "p")
    sketch.segment_to(*point(g[0]), call.options);
  else if (call.shape == "nn")
    sketch.segment_along(g[0].as_double(), g[1].as_double(), call.options);
  else
    refuse(a);
}

void sketch_arc(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const EdgeCall call = read(a, interpreter);
  const std::vector<Value>& g = call.geometry;
  if (call.shape == "ppp")
    sketch.arc(*point(g[0]), *point(g[1]), *point(g[2]), call.options);
  else if (call.shape == "pp")
    sketch.arc_to(*point(g[0]), *point(g[1]), call.options);
  else if (call.shape == "pnnn")
    sketch.arc_about(*point(g[0]), g[1].as_double(), g[2].as_double(), g[3].as_double(),
                     call.options);
  else
    refuse(a);
}

void sketch_spline(Sketch& sketch, Arguments& a, Interpreter& interpreter) {
  const std::vector<Value>& args = a.rest();
  if (args.empty()) refuse(a);
  const bool full = args.size() >= 3 && args[2].is_bool();
  if (full && args[1].is_none()) refuse(a);  // CadQuery finds both overloads fit, and gives up
  const auto points = to_vectors(args[0], "Sketch.spline pts", interpreter);
  if (!full) {
    sketch.spline(points, {}, false, options_after(a, 1, interpreter));
    return;
  }
  const auto tangents = to_vectors(args[1], "Sketch.spline tangents", interpreter);
  sketch.spline(points, tangents, args[2].as_bool(), options_after(a, 3, interpreter));
}

}  // namespace cadrecode::cadquery
