#include "language/interpreter/interpreter.h"

#include <gtest/gtest.h>

#include "unit/interpreter/run_program.h"

namespace cadrecode::interpreter {
namespace {

TEST(Interpreter, RunsAProgram) {
  EXPECT_EQ(run_program("print(1 + 2 * 3, 'a' 'b', [x for x in range(3)])"), "7 ab [0, 1, 2]\n");
}

TEST(Interpreter, ErrorsHaveTheInnermostPlace) {
  EXPECT_EQ(run_program("def f(x):\n    return 1 / x\n\ny = f(\n  0)\n"),
            "value 2:14 ZeroDivisionError: division by zero");
}

TEST(Interpreter, GlobalsAndLocalsAreSnapshots) {
  EXPECT_EQ(run_program("a = 1\nprint('a' in globals(), 'b' in locals(), globals()['a'])\n"
                        "globals()['a'] = 2\nlocals()['a'] = 3\nprint(a)\n"
                        "def f(x):\n    y = 2\n    return sorted(locals())\nprint(f(1))"),
            "True False 1\n1\n['x', 'y']\n");
}

// --- Host objects, as the cadquery room defines them ---

class Box : public Object {
 public:
  explicit Box(double size) : size(size) {}
  double size;
  const Type& type() const override;
  Value binary(BinaryOp op, const Value& other, bool reflected, Interpreter&) override {
    const auto* box = other.as<Box>();
    if (op != BinaryOp::kAdd || reflected || !box) return {};
    return make<Box>(size + box->size);
  }
};

Value scale(Box& self, Arguments& a, Interpreter& interpreter) {
  const double by = a.number("by") + (a.is_none("extra") ? 0 : a.number("extra"));
  if (by == 0) throw Error(ErrorKind::kGeometry, "a box of size 0");
  Value result = make<Box>(self.size * by);
  if (a.given("each")) return interpreter.call(a.callable("each"), {result});
  return result;
}
Value size_of(Box& self, Interpreter&) { return self.size; }
void set_size(Box& self, const Value& value, Interpreter&) { self.size = value.as_double(); }

const Type& box_type() {
  static const Type& type =
      define_type("Box")
          .constructor(
              "size=1",
              [](Arguments& a, Interpreter&) -> Value { return make<Box>(a.number("size")); })
          .method("scale", "by, extra=None, *, each=None", scale)
          .property("size", size_of, set_size)
          .static_method("unit", "", [](Arguments&, Interpreter&) -> Value { return make<Box>(1); })
          .constant("SIDES", 6)
          .unsupported("solve", "there is no solver");
  return type;
}
const Type& Box::type() const { return box_type(); }

std::string run_with_host(const std::string& text) {
  static const Module& module =
      define_module("host").add("Box", Value(const_cast<Type*>(&box_type())));
  const auto program = script::parse("import host as h\nfrom host import *\n" + text);
  Interpreter interpreter;
  interpreter.add_module(module);
  try {
    interpreter.run(*program);
    return interpreter.output();
  } catch (const Error& e) {
    return interpreter.output() + to_string(e.kind()) + " " + to_string(e.place()) + " " + e.what();
  }
}

TEST(Host, TypesMethodsAndProperties) {
  EXPECT_EQ(run_with_host("b = h.Box(2)\nprint(b.size, b.scale(3).size, b.scale(by=2, "
                          "extra=1).size, (b + Box.unit()).size)\n"
                          "b.size = 9\nprint(b.size, Box.SIDES, b.SIDES, isinstance(b, h.Box), "
                          "type(b) is Box, Box.__name__)\n"
                          "m = b.scale\nprint(m(2).size, Box.scale(b, 2).size, getattr(b, 'size'), "
                          "hasattr(b, 'nope'))"),
            "2.0 6.0 6.0 3.0\n9.0 6 6 True True Box\n18.0 18.0 9.0 False\n");
}

TEST(Host, CallsBack) {
  EXPECT_EQ(run_with_host("print(Box(2).scale(2, each=lambda b: b.size + 1))"), "5.0\n");
  EXPECT_EQ(run_with_host("print(Box(2).scale(\n  2, each=lambda b:\n 1 / 0))"),
            "value 5:4 ZeroDivisionError: division by zero");
}

TEST(Host, Errors) {
  EXPECT_EQ(run_with_host("Box(1).spin()"), "unsupported 3:8 Box.spin is not supported");
  EXPECT_EQ(run_with_host("x = (Box(1)\n  .scale(2)\n  .solve())"),
            "unsupported 5:4 Box.solve is not supported: there is no solver");
  EXPECT_EQ(run_with_host("Box('a')"),
            "value 3:1 TypeError: Box() argument 'size' must be a number, not 'str'");
  EXPECT_EQ(run_with_host("Box(1).scale()"),
            "value 3:8 TypeError: Box.scale() missing 1 required argument: 'by'");
  EXPECT_EQ(
      run_with_host("Box(1).scale(1, 2, 3)"),
      "value 3:8 TypeError: Box.scale() takes at most 2 positional arguments but 3 were given");
  EXPECT_EQ(run_with_host("Box(1).scale(1, by=2)"),
            "value 3:8 TypeError: Box.scale() got multiple values for argument 'by'");
  EXPECT_EQ(run_with_host("Box(1).scale(1, to=2)"),
            "value 3:8 TypeError: Box.scale() got an unexpected keyword argument 'to'");
  EXPECT_EQ(run_with_host("Box(1) + 1"),
            "value 3:8 TypeError: unsupported operand type(s) for +: 'Box' and 'int'");
  EXPECT_EQ(run_with_host("h.missing"), "unsupported 3:3 host.missing is not supported");
  EXPECT_EQ(run_with_host("from host import other"),
            "unsupported 3:18 host.other is not supported");
  EXPECT_EQ(run_with_host("Box(1).scale(0)"), "geometry 3:8 a box of size 0");
}

TEST(Host, GeometryErrorsCanBeCaughtRefusalsCannot) {
  EXPECT_EQ(run_with_host(
                "try:\n  Box(1).scale(0)\nexcept Exception as e:\n  print(type(e).__name__, e)"),
            "StdFail_NotDone a box of size 0\n");
  EXPECT_EQ(run_with_host("try:\n  Box(1).scale(0)\nexcept ValueError:\n  print('no')"),
            "geometry 4:10 a box of size 0");
  EXPECT_EQ(run_with_host("try:\n  Box(1).scale(0)\nexcept Exception:\n  raise"),
            "geometry 4:10 StdFail_NotDone: a box of size 0");
  EXPECT_EQ(run_with_host("try:\n  Box(1).spin()\nexcept Exception:\n  print('no')"),
            "unsupported 4:10 Box.spin is not supported");
}

TEST(Interpreter, TellsItsGlobals) {
  const auto program = script::parse("a = 1\nb = 2\ndef f(): pass\nc = a\ndel b\n");
  Interpreter interpreter;
  interpreter.run(*program);
  std::string names;
  for (const auto& [name, value] : interpreter.globals()) names += name + " ";
  EXPECT_EQ(names, "a f c ");
  ASSERT_NE(interpreter.global("c"), nullptr);
  EXPECT_EQ(interpreter.global("c")->as_int(), 1);
  EXPECT_EQ(interpreter.global("b"), nullptr);
  EXPECT_EQ(interpreter.global("print"), nullptr);
}

}  // namespace
}  // namespace cadrecode::interpreter
