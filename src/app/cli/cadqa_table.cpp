#include "app/cli/cadqa_table.h"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "app/cli/exit_code.h"
#include "base/error.h"
#include "base/progress.h"
#include "evaluation/cadqa/cadqa.h"
#include "pipeline/ask/load.h"
#include "pipeline/question/question.h"

namespace cadrecode::cli {
namespace {

struct Tally {
  int asked = 0, with_part = 0, whole = 0, feature = 0, selection = 0, distance = 0, any = 0;
  int understood = 0, answered = 0, right = 0, exact = 0;
  double chance = 0;

  void add(const Tally& t) {
    asked += t.asked, with_part += t.with_part, whole += t.whole;
    feature += t.feature, selection += t.selection;
    distance += t.distance, any += t.any, understood += t.understood, answered += t.answered;
    right += t.right, exact += t.exact, chance += t.chance;
  }
};

struct Offline {
  bool understood = false;
  std::string literal, reason;
};

Offline answer_offline(const cadqa::Question& q, const sheet::Sheet& sheet) {
  Offline out;
  try {
    const question::Query query = question::parse(q.text, sheet.unit);
    out.understood = true;
    out.literal = cadqa::literal(question::answer(sheet, query).value, sheet.millimetres());
  } catch (const Error& error) {
    out.reason = error.what();
    if (!out.understood) out.reason = out.reason.substr(0, out.reason.find(". Ask for"));
  }
  return out;
}

// The model is told the benchmark's form; its last line is the answer.
Offline answer_by_model(const cadqa::Question& q, const sheet::Sheet& sheet,
                        const chat::Server& server, ask::Context context) {
  Offline out;
  const std::string asked = q.text +
                            " End with one line that holds only the answer as a Python literal: "
                            "lengths in metres with a decimal "
                            "point, counts as whole numbers, several values as a list.";
  try {
    const chat::Reply reply = chat::converse(server, ask::opening(sheet, "", asked, context),
                                             ask::measuring_tools(sheet));
    out.understood = true;
    std::string text = reply.text;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '`'))
      text.pop_back();
    out.literal = text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
  } catch (const Error& error) {
    out.reason = error.what();
  }
  return out;
}

struct Part {
  std::optional<sheet::Sheet> sheet;
  cadqa::CallsPtr calls;
};

void print_row(const char* name, const Tally& t) {
  fmt::print("{:<12}{:>6}{:>8}{:>8}{:>9}{:>8}{:>8}{:>10}{:>9.1f}{:>12}{:>10}{:>8}{:>8}\n", name,
             t.asked, t.with_part, t.whole, t.feature, t.selection, t.distance, t.any, t.chance,
             t.understood, t.answered, t.right, t.exact);
}

void print_table(const std::map<std::string, Tally>& sets, bool by_model) {
  fmt::print("{:<12}{:>6}{:>8}{:>8}{:>9}{:>8}{:>8}{:>10}{:>9}{:>12}{:>10}{:>8}{:>8}\n", "set",
             "asked", "parts'", "part", "feature", "select", "dist.", "one call", "chance",
             "understood", "answered", "right", "exact");
  Tally all;
  for (const auto& [name, tally] : sets) {
    print_row(name.c_str(), tally);
    all.add(tally);
  }
  print_row("all", all);
  const auto share = [](int n, int of) { return of ? 100.0 * n / of : 0; };
  fmt::print(
      "\none measuring call gives {} of {} answers ({:.1f} %), of those whose part is there {:.1f} "
      "%;\n"
      "the calls of another part would by chance give {:.1f} %. {}: {} right ({:.1f} %) of {} "
      "answered.\n",
      all.any, all.asked, share(all.any, all.asked), share(all.any, all.with_part),
      100 * all.chance / std::max(1, all.with_part), by_model ? "Model" : "Offline", all.right,
      share(all.right, all.asked), all.answered);
}

}  // namespace

int run_cadqa(const std::string& folder, bool rows, const chat::Server* server,
              ask::Context context) {
  const std::vector<cadqa::Question> questions = cadqa::read_questions(folder);
  execute::Executor executor(1, ask::file_limits());
  std::map<std::string, Part> parts;
  Progress progress("parts", 0);
  for (const cadqa::Question& q : questions) {
    if (q.step.empty() || parts.count(q.step)) continue;
    Part& part = parts[q.step];
    try {
      part.sheet = ask::load_sheet(q.step, executor);
      part.calls = cadqa::all_calls(*part.sheet);
    } catch (const Error& error) {
      fmt::print(stderr, "{}: {}\n", q.step, error.what());
    }
    progress.update(parts.size());
  }
  std::map<std::string, Tally> sets;
  for (const cadqa::Question& q : questions) {
    Tally& t = sets[q.set];
    ++t.asked;
    nlohmann::ordered_json row = {{"set", q.set},
                                  {"part", q.part},
                                  {"index", q.index},
                                  {"question", q.text},
                                  {"label", q.label}};
    const auto at = parts.find(q.step);
    if (at != parts.end() && at->second.sheet) {
      ++t.with_part;
      const cadqa::Reach r = cadqa::reach(*at->second.calls, q);
      t.whole += r.whole, t.feature += r.feature, t.selection += r.selection;
      t.distance += r.distance, t.any += r.any();
      double others = 0, met = 0;
      for (const auto& [path, other] : parts) {
        if (path == q.step || !other.calls) continue;
        ++others, met += cadqa::reach(*other.calls, q).any();
      }
      t.chance += others > 0 ? met / others : 0;
      const Offline a = server ? answer_by_model(q, *at->second.sheet, *server, context)
                               : answer_offline(q, *at->second.sheet);
      const cadqa::Score s = a.literal.empty() ? cadqa::Score{} : cadqa::score(q, a.literal);
      t.understood += a.understood, t.answered += !a.literal.empty(), t.right += s.right,
          t.exact += s.exact;
      row["one_call"] = r.any() ? nlohmann::ordered_json(r.call) : nlohmann::ordered_json(nullptr);
      row["answer"] = a.literal, row["reason"] = a.reason, row["right"] = s.right,
      row["exact"] = s.exact;
    }
    if (rows)
      std::puts(row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
  }
  if (!rows) print_table(sets, server != nullptr);
  return kDone;
}

}  // namespace cadrecode::cli
