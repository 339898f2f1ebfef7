#include "evaluation/report/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace cadrecode::report {
namespace {

using Value = std::optional<double>;

std::string number(const Value& v, int digits, double scale = 1) {
  return v ? plain_number(*v * scale, digits) : "-";
}

std::string with_interval(const Estimate& e, int digits, double scale = 1) {
  if (!e.value) return "-";
  std::string text = plain_number(*e.value * scale, digits);
  if (e.interval) {
    text += fmt::format(" [{}, {}]", plain_number(e.interval->lo * scale, digits),
                        plain_number(e.interval->hi * scale, digits));
  }
  return text;
}

std::string probability(double p) { return p < 1e-4 ? "< 0.0001" : fmt::format("{:.4f}", p); }

std::string chosen_words(const Cell& c) { return choice_words(c.choice, c.candidates); }

bool any(const std::vector<const Cell*>& cells, Figure f) {
  return std::any_of(cells.begin(), cells.end(),
                     [&](const Cell* c) { return c->means[static_cast<size_t>(f)].has_value(); });
}

Value mean(const Cell& c, Figure f) { return c.means[static_cast<size_t>(f)]; }
Value median(const Cell& c, Figure f) { return c.medians[static_cast<size_t>(f)]; }

// With one candidate the three choices are one: shown once.
std::vector<const Cell*> cells_of(const Analysis& a, const std::string& data,
                                  const Options& options) {
  std::vector<const Cell*> out;
  for (const Cell& c : a.cells) {
    const bool repeat = c.candidates == 1 && c.choice != options.choose.front();
    if (c.data == data && !repeat) out.push_back(&c);
  }
  return out;
}

Table main_table(const std::vector<const Cell*>& cells, const DataFacts& data) {
  Table t;
  t.title = data.name + ": official protocol";
  t.note =
      "CD is x 1000 over 8192 points a surface, each shape scaled by its own box; IoU is the "
      "official script's (bodies that are not watertight are lost) and, beside it, the true one; "
      "IR is the share of parts without any CD. In brackets: 95 % bootstrap intervals over parts.";
  t.columns = {"system",           "candidate", "parts",        "mean CD", "median CD",
               "IoU % (official)", "median",    "IoU % (true)", "median",  "IR %"};
  for (const Reference& r : references_of(data.set)) {
    t.rows.push_back({{r.method, r.input, "", number(r.mean_cd, 3), number(r.median_cd, 3),
                       number(r.iou, 1), "", "", "", number(r.ir, 2)},
                      true});
  }
  for (const Cell* c : cells) {
    t.rows.push_back(
        {{c->system, chosen_words(*c), std::to_string(c->parts), with_interval(c->mean_cd, 3),
          with_interval(c->median_cd, 3), with_interval(c->mean_iou_official, 2, 100),
          number(c->median_iou_official.value, 2, 100), with_interval(c->mean_iou, 2, 100),
          number(c->median_iou.value, 2, 100), with_interval(c->invalid_ratio, 2, 100)},
         false});
  }
  return t;
}

Table hidden_table(const std::vector<const Cell*>& cells, const DataFacts& data) {
  Table t;
  t.title = data.name + ": what the official rule hides";
  t.note =
      "Excess CD is CD less that of the truth drawn twice (at 8192 points the best medians lie at "
      "that floor). Same-candidate IoU is of the candidate that gave the CD. Commands and "
      "parameters are DeepCAD's accuracies, of answers that are sketch-and-extrude programs. "
      "Unsound: measured, though the CAD kernel calls the solid invalid. Without IoU: a CD, but no "
      "closed volume to compare, by the official script and in truth; they leave the mean IoU.";
  t.columns = {
      "system",     "candidate",    "mean excess CD", "median excess CD", "IoU % (same candidate)",
      "commands %", "parameters %", "tokens",         "unsound",          "without IoU"};
  for (const Cell* c : cells) {
    t.rows.push_back(
        {{c->system, chosen_words(*c), number(mean(*c, Figure::kExcessCd), 4),
          number(median(*c, Figure::kExcessCd), 4), number(c->mean_iou_same, 2, 100),
          number(mean(*c, Figure::kAccCmd), 2, 100), number(mean(*c, Figure::kAccParam), 2, 100),
          number(mean(*c, Figure::kTokens), 0), std::to_string(c->unsound),
          fmt::format("{} / {}", c->without_iou_official, c->without_iou)},
         false});
  }
  return t;
}

Table fixed_table(const std::vector<const Cell*>& cells, const DataFacts& data) {
  Table t;
  t.title = data.name + ": fixed scale";
  t.note =
      "Both shapes in one frame (program units / 200 + 0.5) instead of their own boxes: errors of "
      "position and size count. It means something for programs in +-100 and truths likewise.";
  t.columns = {"system", "candidate", "mean CD", "median CD", "IoU %", "median IoU %"};
  for (const Cell* c : cells) {
    t.rows.push_back(
        {{c->system, chosen_words(*c), number(mean(*c, Figure::kFixedCd), 3),
          number(median(*c, Figure::kFixedCd), 3), number(mean(*c, Figure::kFixedIou), 2, 100),
          number(median(*c, Figure::kFixedIou), 2, 100)},
         false});
  }
  return t;
}

Table peer_table(const std::vector<const Cell*>& cells, const DataFacts& data) {
  Table t;
  t.title = data.name + ": OpenCADRecode's distances";
  t.note =
      "Means over the parts with an answer; distances are not squared, longest side 1, 2000 "
      "points, no alignment unless asked for. Not comparable with the official figures.";
  t.columns = {"system", "candidate", "success %", "Chamfer",  "Hausdorff", "RMS",
               "EMD",    "IoU",       "matching",  "coverage", "normals"};
  for (const Cell* c : cells) {
    t.rows.push_back(
        {{c->system, chosen_words(*c),
          c->invalid_ratio.value ? plain_number(100 * (1 - *c->invalid_ratio.value), 2) : "-",
          number(mean(*c, Figure::kPeerChamfer), 5), number(mean(*c, Figure::kPeerHausdorff), 4),
          number(mean(*c, Figure::kPeerRms), 5), number(mean(*c, Figure::kPeerEarthMover), 5),
          number(mean(*c, Figure::kPeerIou), 4), number(mean(*c, Figure::kPeerMatching), 4),
          number(mean(*c, Figure::kPeerCoverage), 4), number(mean(*c, Figure::kPeerNormals), 4)},
         false});
  }
  return t;
}

Table growth_table(const Analysis& a, const Options& options, const DataFacts& data) {
  Table t;
  t.title = data.name + ": with the number of candidates";
  t.note =
      "The first k candidates of each part; the oracle sees the truth, the choice by input only "
      "the points the system was shown. IoU is the true one; a part that gets its first CD or IoU "
      "from a later candidate joins the means then.";
  t.columns = {"system",
               "k",
               "mean CD (oracle)",
               "by input",
               "median CD (oracle)",
               "by input",
               "IoU % (oracle)",
               "by input",
               "IR %"};
  for (const std::string& system : options.systems) {
    const auto at = a.growth.find({data.name, system});
    if (at == a.growth.end()) continue;
    for (const Growth& g : at->second) {
      t.rows.push_back(
          {{system, std::to_string(g.candidates), number(g.oracle.mean_cd, 3),
            number(g.input.mean_cd, 3), number(g.oracle.median_cd, 3), number(g.input.median_cd, 3),
            number(g.oracle.mean_iou, 2, 100), number(g.input.mean_iou, 2, 100),
            plain_number(100 * g.oracle.invalid_ratio, 2)},
           false});
    }
  }
  return t;
}

Table sweep_table(const std::vector<const Cell*>& cells, const DataFacts& data) {
  Table t;
  t.title = data.name + ": IR against mean CD";
  t.note = "As the official script prints it: the i worst CDs are dropped and added to IR.";
  t.columns = {"system", "candidate"};
  for (int i = 0; i < 5; ++i) t.columns.push_back(fmt::format("{} dropped: IR % / mean CD", i));
  for (const Cell* c : cells) {
    TableRow row{{c->system, chosen_words(*c)}, false};
    for (const auto& s : c->summary.sweep)
      row.cells.push_back(plain_number(100 * s.invalid_ratio, 2) + " / " + number(s.mean_cd, 3));
    t.rows.push_back(std::move(row));
  }
  return t;
}

Table comparison_table(const Analysis& a, const DataFacts& data) {
  Table t;
  t.title = data.name + ": pairs of systems";
  t.note =
      "A less B on the same parts, by the first choice. CD over parts where both have one; IoU "
      "over all, an invalid answer counting 0 (parts whose answer has no volume are left out). p: "
      "Wilcoxon's signed ranks, two-sided; validity: "
      "McNemar's exact test. Not corrected for the number of pairs.";
  t.columns = {"A",
               "B",
               "parts",
               "CD: A - B",
               "A nearer / B nearer",
               "p",
               "IoU %: A - B",
               "p",
               "valid only in A / only in B",
               "p"};
  for (const Comparison& c : a.comparisons) {
    if (c.data != data.name) continue;
    t.rows.push_back({{c.a, c.b, std::to_string(c.parts), with_interval(c.cd, 4),
                       fmt::format("{} / {}", c.better_cd, c.worse_cd), probability(c.cd_p),
                       with_interval(c.iou, 2, 100), probability(c.iou_p),
                       fmt::format("{} / {}", c.only_a, c.only_b), probability(c.valid_p)},
                      false});
  }
  return t;
}

Table failure_table(const Analysis& a, const Options& options, const DataFacts& data) {
  Table t;
  t.title = data.name + ": failures by cause";
  t.note =
      "Of all candidates. answer: the system gave none; run: its program or file makes no shape; "
      "truth: the truth itself cannot be measured (such parts are counted nowhere else).";
  t.columns = {"system", "cause", "candidates", "%", "for example"};
  for (const std::string& system : options.systems) {
    const auto at = a.failures.find({data.name, system});
    if (at == a.failures.end()) continue;
    const Failures& f = at->second;
    if (f.causes.empty())
      t.rows.push_back(
          {{system, "none", "0", "0.00", fmt::format("{} candidates", f.candidates)}, false});
    for (const auto& [cause, n] : f.causes) {
      std::string example = f.examples.at(cause);
      if (example.size() > 120) example = example.substr(0, 117) + "...";
      for (char& c : example)
        if (c == '\n' || c == '\r' || static_cast<signed char>(c) < 0) c = ' ';
      t.rows.push_back(
          {{system, cause, std::to_string(n),
            plain_number(100 * static_cast<double>(n) / static_cast<double>(f.candidates), 2),
            example},
           false});
    }
  }
  return t;
}

Table data_table(const Analysis& a, const Facts& facts) {
  Table t;
  t.title = "Data";
  t.columns = {"name", "parts", "truths that cannot be measured", "SHA-256 of truths and ids"};
  for (const DataFacts& d : facts.data) {
    size_t failed = 0;
    for (const Cell& c : a.cells)
      if (c.data == d.name) failed = std::max(failed, c.truths_failed);
    t.rows.push_back(
        {{d.name, std::to_string(d.parts), std::to_string(failed), d.fingerprint.substr(0, 16)},
         false});
  }
  return t;
}

Table system_table(const Options& options, const Facts& facts) {
  Table t;
  t.title = "Systems";
  t.columns = {"name", "what it is"};
  for (const std::string& s : options.systems) {
    const auto at = facts.systems.find(s);
    t.rows.push_back({{s, at == facts.systems.end() ? "" : at->second}, false});
  }
  return t;
}

std::string markdown_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*' || c == '`') out += '\\';
    out += c;
  }
  return out;
}

std::string latex_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\textbackslash{}";
    } else if (c == '~') {
      out += "\\textasciitilde{}";
    } else if (c == '^') {
      out += "\\textasciicircum{}";
    } else if (c == '<') {
      out += "$<$";
    } else {
      if (std::string("&%$#_{}").find(c) != std::string::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string markdown_table(const Table& t) {
  std::string out = "## " + t.title + "\n\n";
  if (!t.note.empty()) out += t.note + "\n\n";
  out += "|";
  for (const std::string& c : t.columns) out += " " + markdown_escaped(c) + " |";
  out += "\n|";
  for (size_t i = 0; i < t.columns.size(); ++i) out += "---|";
  out += "\n";
  for (const TableRow& row : t.rows) {
    out += "|";
    for (const std::string& c : row.cells) {
      const std::string text = markdown_escaped(c);
      out += row.quoted && !text.empty() ? " *" + text + "* |" : " " + text + " |";
    }
    out += "\n";
  }
  return out + "\n";
}

}  // namespace

std::string plain_number(double value, int digits) {
  if (!std::isfinite(value)) return "-";
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
  return text;
}

const char* choice_words(Choice choice, size_t candidates) {
  if (candidates == 1) return "the only one";
  switch (choice) {
    case Choice::kOracle:
      return "best (oracle)";
    case Choice::kInput:
      return "chosen by input";
    default:
      return "first";
  }
}

std::vector<Table> tables(const Analysis& analysis, const Options& options, const Facts& facts) {
  std::vector<Table> out = {data_table(analysis, facts), system_table(options, facts)};
  for (const DataFacts& data : facts.data) {
    const auto cells = cells_of(analysis, data.name, options);
    if (cells.empty()) continue;
    out.push_back(main_table(cells, data));
    out.push_back(hidden_table(cells, data));
    if (any(cells, Figure::kFixedCd)) out.push_back(fixed_table(cells, data));
    if (any(cells, Figure::kPeerChamfer)) out.push_back(peer_table(cells, data));
    Table growth = growth_table(analysis, options, data);
    if (!growth.rows.empty()) out.push_back(std::move(growth));
    out.push_back(sweep_table(cells, data));
    Table pairs = comparison_table(analysis, data);
    if (!pairs.rows.empty()) out.push_back(std::move(pairs));
    out.push_back(failure_table(analysis, options, data));
  }
  return out;
}

std::string to_markdown(const Analysis& analysis, const Options& options, const Facts& facts) {
  std::string out = "# " + markdown_escaped(options.title) + "\n\n";
  if (!facts.metrics.empty()) out += facts.metrics + "\n\n";
  bool quoted = false;
  std::string sources;
  for (const DataFacts& d : facts.data)
    for (const Reference& r : references_of(d.set)) {
      quoted = true;
      const std::string line = "- " + r.method + ", " + r.input + ": " + r.source + "\n";
      if (sources.find(line) == std::string::npos) sources += line;
    }
  if (quoted) out += "Rows in *italics* are quoted from publications, not measured here.\n\n";
  for (const Table& t : tables(analysis, options, facts)) out += markdown_table(t);
  if (quoted) out += "## Sources of the quoted rows\n\n" + sources;
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

std::string to_latex(const Analysis& analysis, const Options& options, const Facts& facts) {
  std::string out = "% \\usepackage{booktabs}\n";
  for (const DataFacts& data : facts.data) {
    const auto cells = cells_of(analysis, data.name, options);
    if (cells.empty()) continue;
    out += "\\begin{table}\n\\centering\n\\caption{" + latex_escaped(options.title) + ", " +
           latex_escaped(data.name) + fmt::format(" ({} parts)", data.parts) +
           ". CD $\\times 10^3$; quoted rows are marked $\\dagger$.}\n"
           "\\begin{tabular}{llrrrr}\n\\toprule\n"
           "System & Candidate & Mean CD & Median CD & IoU \\% & IR \\% \\\\\n\\midrule\n";
    const auto references = references_of(data.set);
    for (const Reference& r : references) {
      out += latex_escaped(r.method) + "$^\\dagger$ & " + latex_escaped(r.input) + " & " +
             number(r.mean_cd, 3) + " & " + number(r.median_cd, 3) + " & " + number(r.iou, 1) +
             " & " + number(r.ir, 2) + " \\\\\n";
    }
    if (!references.empty()) out += "\\midrule\n";
    for (const Cell* c : cells) {
      const Estimate& iou = c->mean_iou_official.value ? c->mean_iou_official : c->mean_iou;
      out += latex_escaped(c->system) + " & " + chosen_words(*c) + " & " +
             number(c->mean_cd.value, 3) + " & " + number(c->median_cd.value, 3) + " & " +
             number(iou.value, 2, 100) + " & " + number(c->invalid_ratio.value, 2, 100) + " \\\\\n";
    }
    out += "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
  }
  return out;
}

std::string to_csv(const Analysis& analysis) {
  std::string out = "data,system,choice,candidates,parts,truths_failed,invalid,unsound";
  const std::pair<const char*, Estimate Cell::*> estimates[] = {
      {"mean_cd", &Cell::mean_cd},
      {"median_cd", &Cell::median_cd},
      {"mean_iou", &Cell::mean_iou},
      {"median_iou", &Cell::median_iou},
      {"mean_iou_official", &Cell::mean_iou_official},
      {"median_iou_official", &Cell::median_iou_official},
      {"invalid_ratio", &Cell::invalid_ratio}};
  for (const auto& [name, unused] : estimates) out += fmt::format(",{0},{0}_lo,{0}_hi", name);
  out += ",mean_iou_same";
  for (size_t f = 0; f < kFigures; ++f)
    out += fmt::format(",chosen_mean_{0},chosen_median_{0}", figure_name(static_cast<Figure>(f)));
  out += "\n";
  const auto field = [](const Value& v) {
    return v ? fmt::format(",{:.9g}", *v) : std::string(",");
  };
  for (const Cell& c : analysis.cells) {
    out += fmt::format("{},{},{},{},{},{},{},{}", csv_field(c.data), csv_field(c.system),
                       to_string(c.choice), c.candidates, c.parts, c.truths_failed, c.invalid,
                       c.unsound);
    for (const auto& [unused, member] : estimates) {
      const Estimate& e = c.*member;
      out += field(e.value);
      out += field(e.interval ? Value(e.interval->lo) : Value());
      out += field(e.interval ? Value(e.interval->hi) : Value());
    }
    out += field(c.mean_iou_same);
    for (size_t f = 0; f < kFigures; ++f) out += field(c.means[f]) + field(c.medians[f]);
    out += "\n";
  }
  return out;
}

}  // namespace cadrecode::report
