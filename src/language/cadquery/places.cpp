// The overloads that give locations (convert.h).
#include <array>
#include <string_view>

#include "geometry/brep/transform.h"
#include "language/cadquery/convert.h"

namespace cadrecode::cadquery {
namespace {

using Keywords = std::vector<std::pair<std::string, Value>>;

[[noreturn]] void refuse(std::string_view function, const std::vector<Value>& given) {
  std::string types;
  for (const Value& value : given)
    types += (types.empty() ? "" : ", ") + interpreter::type_name(value);
  interpreter::throw_type_error(std::string(function) + "() does not take (" + types + ")");
}

const Value* keyword(const Keywords& keywords, std::string_view name) {
  for (const auto& [key, value] : keywords)
    if (key == name) return &value;
  return nullptr;
}

constexpr std::array<std::string_view, 6> kCoordinates{"x", "y", "z", "rx", "ry", "rz"};

bool are_coordinates(const std::vector<Value>& positional, const Keywords& keywords) {
  if (positional.size() > kCoordinates.size()) return false;
  for (const Value& value : positional)
    if (!value.is_number()) return false;
  for (const auto& [name, value] : keywords) {
    bool known = false;
    for (std::string_view coordinate : kCoordinates) known = known || name == coordinate;
    if (!known) return false;
  }
  return true;
}

// Location(x, y, z, rx, ry, rz), any of them by name.
brep::Location from_coordinates(std::string_view function, const std::vector<Value>& positional,
                                const Keywords& keywords) {
  std::array<double, 6> c{};
  for (std::size_t i = 0; i < kCoordinates.size(); ++i) {
    const Value* named = keyword(keywords, kCoordinates[i]);
    if (named && (i < positional.size() || !named->is_number())) refuse(function, positional);
    if (i < positional.size())
      c[i] = positional[i].as_double();
    else if (named)
      c[i] = named->as_double();
  }
  return brep::Location(Vec3{c[0], c[1], c[2]}, Vec3{c[3], c[4], c[5]});
}

// Named arguments appended in the order of the overload that knows them.
std::vector<Value> in_order(std::vector<Value> positional, const Keywords& keywords) {
  for (std::string_view name : {"t", "T", "ax", "v", "angles", "angle"})
    if (const Value* value = keyword(keywords, name)) positional.push_back(*value);
  return positional;
}

bool is_vector_like(const Value& value) { return !value.is_list() && try_vector(value); }

bool all_vector_like(const std::vector<Value>& values) {
  for (const Value& value : values)
    if (!is_vector_like(value)) return false;
  return !values.empty();
}

bool all_locations(const std::vector<Value>& values) {
  for (const Value& value : values)
    if (!try_location(value)) return false;
  return !values.empty();
}

std::vector<brep::Location> locations_of(const std::vector<Value>& values) {
  std::vector<brep::Location> result;
  for (const Value& value : values) {
    const brep::Location* location = try_location(value);
    result.push_back(location ? *location : brep::Location(*try_vector(value)));
  }
  return result;
}

}  // namespace

brep::Location location_from(const std::vector<Value>& positional, const Keywords& keywords) {
  if (are_coordinates(positional, keywords))
    return from_coordinates("Location", positional, keywords);
  const std::vector<Value> a = in_order(positional, keywords);
  if (a.size() != positional.size() + keywords.size() || a.empty() || a.size() > 3)
    refuse("Location", a);
  if (const auto* plane = a[0].as<PlaneObject>()) {
    if (a.size() == 1) return brep::Location(plane->frame);
    if (a.size() == 2 && is_vector_like(a[1]))
      return brep::Location(plane->frame, *try_vector(a[1]));
    refuse("Location", a);
  }
  if (a.size() == 1) return brep::Location(to_vector(a[0], "Location t"));
  if (!is_vector_like(a[0]) || !is_vector_like(a[1])) refuse("Location", a);
  const Vec3 t = *try_vector(a[0]), second = *try_vector(a[1]);
  if (a.size() == 2) return brep::Location(t, second);
  if (!a[2].is_number()) refuse("Location", a);
  return brep::Location(t, second, a[2].as_double());
}

Places places_from(const Arguments& arguments, Interpreter& interpreter) {
  const std::string& function = arguments.signature().function();
  const std::vector<Value>& given = arguments.rest();
  if (are_coordinates(given, arguments.keywords()))
    return {{from_coordinates(function, given, arguments.keywords())}, false};
  const std::vector<Value>& a = given;
  if (!arguments.keywords().empty()) refuse(function, a);  // places cannot be named
  if (all_locations(a) || all_vector_like(a)) return {locations_of(a), a.size() > 1};
  if (a.size() != 1) refuse(function, a);
  if (const brep::Shape* shape = try_shape(a[0])) return {brep::to_locs(*shape), true};
  if (!a[0].is_tuple() && !a[0].is_list()) refuse(function, a);
  const std::vector<Value> items = interpreter::elements(a[0], interpreter);
  if (!all_locations(items) && !all_vector_like(items)) refuse(function, a);
  return {locations_of(items), true};
}

}  // namespace cadrecode::cadquery
