// cadrecode ask: what a part measures, in facts, in answers.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/cadqa_table.h"
#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "pipeline/ask/load.h"
#include "pipeline/question/json.h"
#include "pipeline/question/question.h"
#include "pipeline/sheet/sheet.h"

namespace cadrecode::cli {
namespace {

struct Settings {
  std::string input, question, unit = "mm", benchmark;
  bool json = false, rows = false;
};

int print_facts(const Settings& s, const sheet::Sheet& sheet) {
  std::fputs((s.json ? sheet::to_json(sheet, 1) + "\n" : sheet::to_text(sheet)).c_str(), stdout);
  return kDone;
}

int print_answer(const Settings& s, const sheet::Sheet& sheet) {
  const question::Query query = question::parse(s.question, sheet.unit);
  const question::Answer answer = question::answer(sheet, query);
  if (s.json) {
    std::puts(question::json_of(sheet, query, answer).dump().c_str());
  } else {
    fmt::print("{}\n", answer.text);
    fmt::print(stderr, "understood: {}\n", question::to_text(query));
  }
  return kDone;
}

int ask_file(const Settings& s) {
  execute::Executor executor(1, ask::file_limits());
  // a question nobody understands is refused before a large file is read
  if (!s.question.empty()) question::parse(s.question, s.unit);
  const sheet::Sheet sheet = ask::load_sheet(s.input, executor, s.unit);
  return s.question.empty() ? print_facts(s, sheet) : print_answer(s, sheet);
}

}  // namespace

void add_ask(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  CLI::App* command =
      app.add_subcommand("ask", "Measure a part: its facts, or the answer to a question");
  auto* input =
      command->add_option("input", s->input, "A CadQuery program, STEP, BREP or mesh file")
          ->type_name("FILE");
  command->add_option("question", s->question,
                      "In English: \"how many through holes are there?\"; without: all facts");
  command->add_option("--units", s->unit, "What a unit of a program or mesh is: mm, cm, m, inch")
      ->capture_default_str();
  command->add_flag("--json", s->json, "JSON on stdout");
  command
      ->add_option("--benchmark", s->benchmark,
                   "Answer the CAD-QA questions under FOLDER and score the answers")
      ->type_name("FOLDER")
      ->excludes(input);
  command->add_flag("--rows", s->rows, "With --benchmark: one JSON line a question");
  command->callback([s, &action] {
    if (s->input.empty() && s->benchmark.empty()) throw CLI::RequiredError("FILE or --benchmark");
    action = [s] {
      return s->benchmark.empty() ? ask_file(*s) : run_cadqa(s->benchmark, s->rows || s->json);
    };
  });
}

}  // namespace cadrecode::cli
