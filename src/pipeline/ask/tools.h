// What a language model is told of a part, and the measuring functions it may call.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pipeline/chat/chat.h"
#include "pipeline/execute/execute.h"
#include "pipeline/sheet/sheet.h"

namespace cadrecode::ask {

// select (a question::Query as JSON), feature, distance between two features, facts.
// The sheet must outlive the tools.
std::vector<chat::Tool> measuring_tools(const sheet::Sheet& sheet);

enum class Context : uint8_t { kProgram, kFacts, kBoth };

// The turns that open a conversation: how to answer, the program, the facts (shortened
// to what a context holds), the question.
std::vector<chat::Turn> opening(const sheet::Sheet& sheet, const std::string& program,
                                const std::string& question, Context context);

// A program changed as the user asked, by a model, checked here.
struct Edit {
  std::string before, after;  // programs
  std::string diff;           // unified, three lines of context
  sheet::Sheet sheet_before, sheet_after;
  std::string changes;  // facts that changed, one a line: "volume 100 -> 90 mm³"
  std::string words;    // what the model said beside the program
  chat::Reply reply;    // of all rounds together
};

// The model may try `attempts` times: a program that does not run, or gives an invalid
// solid, goes back to it with the error. Errors: those of converse(); kValue when no
// attempt gave a program that runs, with the last error.
Edit edit_program(const chat::Server& server, const std::string& program, const std::string& wish,
                  execute::Executor& executor, const std::string& unit, int attempts = 3,
                  const std::function<void(const std::string&)>& heard = {});

std::string unified_diff(const std::string& before, const std::string& after,
                         const std::string& name);
std::string changed_facts(const sheet::Sheet& before, const sheet::Sheet& after);

// The program in a model's answer: the last fenced block, or all of it when it has
// none and imports cadquery; empty otherwise.
std::string program_in(const std::string& answer);

}  // namespace cadrecode::ask
