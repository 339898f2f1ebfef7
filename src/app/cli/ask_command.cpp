// cadrecode ask: what a part measures, in facts, in answers, and what it would measure
// after a change.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/cadqa_table.h"
#include "app/cli/commands.h"
#include "app/cli/exit_code.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "pipeline/ask/load.h"
#include "pipeline/ask/tools.h"
#include "pipeline/question/json.h"
#include "pipeline/question/question.h"
#include "pipeline/sheet/sheet.h"

namespace cadrecode::cli {
namespace {

struct Settings {
  std::string input, question, unit = "mm", benchmark, edit, output,
                               key_variable = "OPENAI_API_KEY", context = "both";
  chat::Server server;
  std::vector<double> price;
  bool json = false, rows = false, yes = false;
};

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

chat::Server server_of(const Settings& s) {
  chat::Server server = s.server;
  if (server.url.empty()) server.url = environment("OPENAI_BASE_URL");
  if (server.url.empty()) server.url = "https://api.openai.com/v1";
  server.key = environment(s.key_variable);
  if (s.price.size() == 2) server.price_in = s.price[0], server.price_out = s.price[1];
  return server;
}

ask::Context context_of(const std::string& word) {
  return word == "program" ? ask::Context::kProgram
         : word == "facts" ? ask::Context::kFacts
                           : ask::Context::kBoth;
}

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

nlohmann::ordered_json json_of(const chat::Reply& r) {
  nlohmann::ordered_json tools = nlohmann::ordered_json::array();
  for (const chat::ToolUse& t : r.tools)
    tools.push_back({{"name", t.name}, {"arguments", t.arguments}, {"result", t.result}});
  return {{"requests", r.requests},     {"retries", r.retries}, {"tokens_in", r.tokens_in},
          {"tokens_out", r.tokens_out}, {"seconds", r.seconds}, {"tools", tools}};
}

std::string dump(const nlohmann::ordered_json& j) {
  return j.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string program_of(const Settings& s) {
  return lower_extension(s.input) == ".py" ? read_file(s.input, size_t{64} << 20) : "";
}

int ask_model(const Settings& s, const sheet::Sheet& sheet) {
  const chat::Server server = server_of(s);
  const auto heard = [&](const std::string& words) {
    if (s.json) return;
    std::fputs(words.c_str(), stdout);
    std::fflush(stdout);
  };
  const chat::Reply reply =
      chat::converse(server, ask::opening(sheet, program_of(s), s.question, context_of(s.context)),
                     ask::measuring_tools(sheet), heard);
  if (s.json) {
    nlohmann::ordered_json out = {{"answer", reply.text}, {"model", server.model}};
    out.update(json_of(reply));
    std::puts(dump(out).c_str());
  } else {
    std::puts("");
    for (const chat::ToolUse& t : reply.tools)
      fmt::print(stderr, "measured: {} {} -> {}\n", t.name, t.arguments, t.result.substr(0, 200));
  }
  fmt::print(stderr, "{}\n", chat::cost_text(server, reply));
  return kDone;
}

bool confirmed(const Settings& s) {
  if (s.yes) return true;
  if (!isatty(STDIN_FILENO)) {
    fmt::print(stderr, "not kept: nobody to ask (--yes keeps it)\n");
    return false;
  }
  fmt::print(stderr, "Keep this change? [y/N] ");
  std::string line;
  return std::getline(std::cin, line) && (line == "y" || line == "Y" || line == "yes");
}

int edit(const Settings& s, execute::Executor& executor) {
  const std::string program = program_of(s);
  if (program.empty())
    throw Error(
        ErrorKind::kUnsupported,
        fmt::format("'{}' is no program: 'cadrecode reconstruct {}' writes one", s.input, s.input));
  const chat::Server server = server_of(s);
  const ask::Edit e = ask::edit_program(server, program, s.edit, executor, s.unit);
  fmt::print(stderr, "{}\n", chat::cost_text(server, e.reply));
  if (e.diff.empty()) {
    fmt::print(stderr, "the model changed nothing\n");
    return kSomeFailed;
  }
  bool kept = false;
  const std::string target = s.output.empty() ? s.input : s.output;
  if (!s.json)
    fmt::print("{}\n{}\n", e.diff, e.changes.empty() ? "no measured fact changes\n" : e.changes);
  std::fflush(stdout);
  if (confirmed(s)) write_file(target, e.after), kept = true;
  if (s.json) {
    nlohmann::ordered_json out = {{"kept", kept},
                                  {"file", target},
                                  {"diff", e.diff},
                                  {"changes", e.changes},
                                  {"program", e.after}};
    out.update(json_of(e.reply));
    std::puts(dump(out).c_str());
  } else if (kept) {
    fmt::print("wrote {}\n", target);
  }
  return kept ? kDone : kSomeFailed;
}

int ask_file(const Settings& s) {
  execute::Executor executor(1, ask::file_limits());  // before any thread
  const bool model = !s.server.model.empty();
  if (model) watch_interrupts();
  if (!s.edit.empty()) return edit(s, executor);
  // a question nobody understands is refused before a large file is read
  if (!s.question.empty() && !model) question::parse(s.question, s.unit);
  const sheet::Sheet sheet = ask::load_sheet(s.input, executor, s.unit);
  if (s.question.empty()) return print_facts(s, sheet);
  return model ? ask_model(s, sheet) : print_answer(s, sheet);
}

int run(const Settings& s) {
  if (s.benchmark.empty()) return ask_file(s);
  const chat::Server server = server_of(s);
  return run_cadqa(s.benchmark, s.rows || s.json, s.server.model.empty() ? nullptr : &server,
                   context_of(s.context));
}

void add_model_options(CLI::App* command, Settings& s) {
  command
      ->add_option("--model", s.server.model,
                   "Let a language model answer, calling the measuring functions")
      ->type_name("NAME");
  command
      ->add_option("--server", s.server.url,
                   "Its OpenAI-compatible address; else $OPENAI_BASE_URL, else OpenAI's")
      ->type_name("URL");
  command->add_option("--key-variable", s.key_variable, "Environment variable that holds the key")
      ->capture_default_str()
      ->type_name("NAME");
  command->add_option("--context", s.context, "What the model is given: program, facts or both")
      ->capture_default_str()
      ->check(CLI::IsMember({"program", "facts", "both"}));
  command->add_option("--timeout", s.server.total_seconds, "Longest time of one answer, in seconds")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->add_option("--retries", s.server.retries, "How often to try again what may pass")
      ->capture_default_str()
      ->check(CLI::Range(0, 20));
  command
      ->add_option("--price", s.price,
                   "Cost of a million tokens in and out, to show what an answer cost")
      ->expected(2)
      ->delimiter(',')
      ->type_name("IN,OUT");
}

}  // namespace

void add_ask(CLI::App& app, Action& action) {
  auto s = std::make_shared<Settings>();
  s->server.url.clear();
  CLI::App* command = app.add_subcommand(
      "ask", "Measure a part: its facts, the answer to a question, or what a change would do");
  auto* input =
      command->add_option("input", s->input, "A CadQuery program, STEP, BREP or mesh file")
          ->type_name("FILE");
  command->add_option("question", s->question,
                      "In English: \"how many through holes are there?\"; without: all facts");
  command->add_option("--units", s->unit, "What a unit of a program or mesh is: mm, cm, m, inch")
      ->capture_default_str();
  command->add_flag("--json", s->json, "JSON on stdout");
  add_model_options(command, *s);
  command
      ->add_option("--edit", s->edit,
                   "Change the program as told: \"make the holes 6 mm\"; the change is run, shown "
                   "and kept on yes")
      ->type_name("TEXT");
  command
      ->add_option("-o,--output", s->output,
                   "Where a kept change goes; else the program's own file")
      ->type_name("FILE.py");
  command->add_flag("--yes", s->yes, "Keep the change without asking");
  command
      ->add_option("--benchmark", s->benchmark,
                   "Answer the CAD-QA questions under FOLDER and score the answers")
      ->type_name("FOLDER")
      ->excludes(input);
  command->add_flag("--rows", s->rows, "With --benchmark: one JSON line a question");
  command->callback([s, &action] {
    if (s->input.empty() && s->benchmark.empty()) throw CLI::RequiredError("FILE or --benchmark");
    if (!s->edit.empty() && s->server.model.empty())
      throw CLI::RequiredError("--edit takes a language model: --model");
    action = [s] { return run(*s); };
  });
}

}  // namespace cadrecode::cli
