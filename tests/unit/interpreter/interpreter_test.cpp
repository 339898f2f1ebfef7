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

}  // namespace
}  // namespace cadrecode::interpreter
