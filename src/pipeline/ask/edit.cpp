#include <fmt/format.h>

#include "base/error.h"
#include "pipeline/ask/load.h"
#include "pipeline/ask/tools.h"

namespace cadrecode::ask {
namespace {

const char* kEditRules =
    "You change CadQuery programs. Make exactly the change asked for and nothing else: keep names, "
    "order, comments and formatting. "
    "Answer with one short sentence and then the whole changed program in one ```python block. The "
    "program runs in a sandbox that knows "
    "cadquery, math and numpy and nothing else; its result must be one valid solid (or several), "
    "bound as in the original.";

// Line ends at the end are nobody's change.
std::string ended_like(std::string code, const std::string& original) {
  while (!code.empty() && code.back() == '\n') code.pop_back();
  if (code.empty()) return code;
  const size_t last = original.find_last_not_of('\n');
  return last == std::string::npos ? code : code + original.substr(last + 1);
}

}  // namespace

Edit edit_program(const chat::Server& server, const std::string& program, const std::string& wish,
                  execute::Executor& executor, const std::string& unit, int attempts,
                  const std::function<void(const std::string&)>& heard) {
  Edit out;
  out.before = program;
  out.sheet_before = sheet_of_program(program, "program.py", executor, unit);
  const auto tools = measuring_tools(out.sheet_before);
  std::vector<chat::Turn> turns = opening(out.sheet_before, program, wish, Context::kBoth);
  turns[0].text = kEditRules;
  turns[1].text.replace(turns[1].text.rfind("Question: "), 10, "Change: ");
  std::string problem;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    chat::Reply reply = chat::converse(server, turns, tools, heard);
    out.reply.text = reply.text;
    out.reply.requests += reply.requests, out.reply.retries += reply.retries,
        out.reply.seconds += reply.seconds;
    out.reply.tokens_in += reply.tokens_in, out.reply.tokens_out += reply.tokens_out;
    out.reply.tools.insert(out.reply.tools.end(), reply.tools.begin(), reply.tools.end());
    const std::string code = ended_like(program_in(reply.text), program);
    try {
      if (code.empty())
        throw Error(ErrorKind::kValue, "the answer holds no program in a ```python block");
      out.sheet_after = sheet_of_program(code, "program.py", executor, unit);
      if (!out.sheet_after.valid && out.sheet_before.valid)
        throw Error(ErrorKind::kGeometry, "the solid of the changed program is invalid");
    } catch (const Error& error) {
      problem = error.has_place() && error.place().line > 0
                    ? fmt::format("line {}: {}", error.place().line, error.what())
                    : error.what();
      turns.push_back({"assistant", reply.text});
      turns.push_back(
          {"user", "That does not work: " + problem + "\nAnswer again with the whole program."});
      continue;
    }
    out.after = code;
    out.words = reply.text.substr(0, std::min(reply.text.find("```"), reply.text.size()));
    out.diff = unified_diff(out.before, out.after, "program.py");
    out.changes = changed_facts(out.sheet_before, out.sheet_after);
    return out;
  }
  throw Error(
      ErrorKind::kValue,
      fmt::format("the model gave no program that runs in {} attempts: {}", attempts, problem));
}

}  // namespace cadrecode::ask
