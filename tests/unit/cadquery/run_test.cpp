// run_program: which value is the result, what is collected, and that runs do not touch each other.
#include "language/cadquery/run.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace cadrecode::cadquery {
namespace {

const std::string kImport = "import cadquery as cq\n";

RunResult run(const std::string& code) { return run_program(kImport + code); }

double volume(const std::string& code) { return run(code).facts.volume; }

Error failure(const std::string& code) {
  try {
    run(code);
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::kInternal, "no error");
}

TEST(Run, ResultVariablesHaveAnOrder) {
  const std::string two =
      "part = cq.Workplane().box(1, 1, 1)\nresult = cq.Workplane().box(2, 2, 2)\n";
  EXPECT_NEAR(volume(two), 8, 1e-9);
  EXPECT_NEAR(volume(two + "r = cq.Workplane().box(3, 3, 3)"), 27, 1e-9);
  EXPECT_EQ(run(two).variable, "result");
}

TEST(Run, AVariableWithoutAShapeDoesNotCount) {
  EXPECT_NEAR(volume("r = 5\nbox = cq.Workplane().box(1, 2, 3)"), 6, 1e-9);
}

TEST(Run, ShownObjectsComeBeforeTheLastAssigned) {
  const RunResult shown = run(
      "a = cq.Workplane().box(1, 1, 1)\nb = cq.Workplane().sphere(1)\nshow_object(a, name='a')\n"
      "show_object(a.translate((5, 0, 0)))");
  EXPECT_EQ(shown.variable, "show_object");
  EXPECT_EQ(shown.bodies.size(), 2u);
  EXPECT_NEAR(shown.facts.volume, 2, 1e-9);
}

TEST(Run, TheLastAssignedCountsEvenIfItsNameIsOlder) {
  EXPECT_EQ(run("a = cq.Workplane().box(1, 1, 1)\nb = cq.Workplane().sphere(1)\n"
                "a = a.translate((1, 0, 0))")
                .variable,
            "a");
}

TEST(Run, AllBodiesOnTheStackAreTheResult) {
  const RunResult result =
      run("r = cq.Workplane().pushPoints([(0, 0), (9, 0)]).box(1, 1, 1, combine=False)");
  EXPECT_EQ(result.bodies.size(), 2u);
  EXPECT_EQ(result.facts.solids, 2);
}

TEST(Run, NoShapeIsAValueError) {
  EXPECT_EQ(failure("x = 1").kind(), ErrorKind::kValue);
  EXPECT_EQ(failure("r = cq.Workplane()").kind(), ErrorKind::kValue);
}

TEST(Run, ErrorsHaveKindAndPlace) {
  const Error missing = failure("r = cq.Workplane().box(1, 1, 1).frobnicate()");
  EXPECT_EQ(missing.kind(), ErrorKind::kUnsupported);
  EXPECT_EQ(missing.place().line, 2);
  EXPECT_NE(std::string(missing.what()).find("frobnicate"), std::string::npos);
  EXPECT_EQ(failure("x = 1\nr = cq.Workplane().box(1, 1)").place().line, 3);
  EXPECT_EQ(failure("r = cq.Workplane().circle(1).extrude(0)").kind(), ErrorKind::kGeometry);
  EXPECT_EQ(failure("r = cq.Workplane().rect(1, 1).extrude('up')").kind(), ErrorKind::kValue);
  EXPECT_EQ(failure("r = (").kind(), ErrorKind::kSyntax);
  EXPECT_EQ(failure("import os").kind(), ErrorKind::kUnsupported);
}

TEST(Run, ExportsAreCollectedNotWritten) {
  const RunResult result =
      run("part = cq.Workplane().box(1, 1, 1)\n"
          "cq.exporters.export(part, 'never/written.step', opt={'write_pcurves': False})\n"
          "part.export('never/drawn.SVG', tolerance=0.2)");
  ASSERT_EQ(result.exports.size(), 2u);
  EXPECT_EQ(result.exports[0].file, "never/written.step");
  EXPECT_EQ(result.exports[0].type, "STEP");
  ASSERT_EQ(result.exports[0].options.size(), 1u);
  EXPECT_EQ(result.exports[0].options[0].first, "opt.write_pcurves");
  EXPECT_EQ(result.exports[1].type, "SVG");
  EXPECT_EQ(result.exports[1].options[0],
            (std::pair<std::string, std::string>("tolerance", "0.2")));
  EXPECT_EQ(failure("cq.exporters.export(cq.Workplane().box(1, 1, 1), 'part.xyz')").kind(),
            ErrorKind::kValue);
}

TEST(Run, ProgramsDoNotSeeEachOther) {
  run("leak = cq.Workplane().box(1, 1, 1).tag('base')\ncq_leak = 3");
  EXPECT_EQ(failure("r = leak").kind(), ErrorKind::kValue);
  EXPECT_EQ(failure("r = cq.Workplane().box(1, 1, 1).workplaneFromTagged('base')").kind(),
            ErrorKind::kValue);
}

TEST(Run, BudgetsEndAProgram) {
  RunOptions options;
  options.limits.steps = 10'000;
  try {
    run_program("while True:\n  pass", options);
    FAIL() << "an endless loop ended";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kLimit);
  }
}

TEST(Run, PrintIsLogged) {
  EXPECT_EQ(run("print('hello', 3)\nr = cq.Workplane().box(1, 1, 1)").log, "hello 3\n");
}

// A chain as long as a loop makes it must not end in deep recursion when it is freed.
TEST(Run, LongChainsAreFreed) {
  const RunResult result =
      run("w = cq.Workplane()\nfor i in range(100000):\n  w = w.moveTo(i, 0)\n"
          "r = cq.Workplane().box(1, 1, 1)");
  EXPECT_NEAR(result.facts.volume, 1, 1e-9);
}

}  // namespace
}  // namespace cadrecode::cadquery
