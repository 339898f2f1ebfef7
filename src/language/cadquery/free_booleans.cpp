// func: fuse, cut, intersect, split, imprint, clean, and questions about shapes.
#include "geometry/brep/measure.h"
#include "language/cadquery/free_functions.h"

namespace cadrecode::cadquery {
namespace {

namespace ops = brep::ops;

// Any true word but "full" is partial, as in CadQuery.
ops::Glue glue(const Arguments& a) {
  if (a.is_none("glue")) return ops::Glue::kNone;
  return a.string("glue") == "full" ? ops::Glue::kFull : ops::Glue::kPartial;
}

Value fuse(Arguments& a, Interpreter&) {
  no_history(a);
  Shapes all{shape(a, "s1"), shape(a, "s2")};
  const Shapes more = rest_shapes(a);
  all.insert(all.end(), more.begin(), more.end());
  return shape_value(ops::fuse(all, a.number("tol"), glue(a)));
}
Value cut(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::cut(shape(a, "s1"), shape(a, "s2"), a.number("tol"), glue(a)));
}
Value intersect(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::intersect(shape(a, "s1"), shape(a, "s2"), a.number("tol"), glue(a)));
}
Value split(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::split(shape(a, "s1"), shape(a, "s2"), a.number("tol")));
}
Value imprint(Arguments& a, Interpreter&) {
  no_history(a);
  return shape_value(ops::imprint(rest_shapes(a), a.number("tol"), glue(a)));
}
Value clean(Arguments& a, Interpreter&) { return shape_value(ops::clean(shape(a, "s"))); }

Value check(Arguments& a, Interpreter&) {
  return ops::check(shape(a, "s"), a.optional_number("tol").value_or(0));
}
Value is_subshape(Arguments& a, Interpreter&) {
  return brep::is_subshape(shape(a, "s1"), shape(a, "s2"));
}
Value closest(Arguments& a, Interpreter&) {
  const auto [p, q] = brep::closest(shape(a, "s1"), shape(a, "s2"));
  return interpreter::make_tuple({vector_value(p), vector_value(q)});
}
// How many threads work is not a program's business; results do not depend on it.
Value set_threads(Arguments&, Interpreter&) { return Value::none(); }

}  // namespace

void add_booleans(interpreter::Module& m) {
  constexpr const char* kPair = "s1, s2, tol=0.0, glue=None, history=None, name=None";
  m.function("fuse", "s1, s2, *shapes, tol=0.0, glue=None, history=None, name=None", fuse)
      .function("cut", kPair, cut)
      .function("intersect", kPair, intersect)
      .function("split", "s1, s2, tol=0.0, history=None, name=None", split)
      .function("imprint", "*shapes, tol=0.0, glue='full', history=None, name=None", imprint)
      .function("clean", "s", clean)
      .function("check", "s, results=None, tol=None, verbose=True", check)
      .function("isSubshape", "s1, s2", is_subshape)
      .function("closest", "s1, s2", closest)
      .function("setThreads", "n", set_threads);
}

}  // namespace cadrecode::cadquery
