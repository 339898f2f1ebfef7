#include "evaluation/report/analysis.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/random.h"

namespace cadrecode::report {
namespace {

using Groups = decltype(Analysis::groups);

std::optional<double> of(const Row& row, Figure figure) {
  return row.ok && row.has(figure) ? std::optional(row[figure]) : std::nullopt;
}

double nan_or(const std::optional<double>& v) {
  return v ? *v : std::numeric_limits<double>::quiet_NaN();
}

Groups group(const std::vector<Row>& rows, const Options& options) {
  const std::set<std::string> data(options.data.begin(), options.data.end());
  const std::set<std::string> systems(options.systems.begin(), options.systems.end());
  std::map<std::pair<std::string, std::string>, std::map<uint64_t, std::vector<const Row*>>> found;
  for (const Row& row : rows) {
    if (data.count(row.data) && systems.count(row.system))
      found[{row.data, row.system}][row.part].push_back(&row);
  }
  Groups groups;
  for (auto& [key, parts] : found) {
    for (auto& [part, list] : parts) {
      std::sort(list.begin(), list.end(),
                [](const Row* a, const Row* b) { return a->candidate < b->candidate; });
      for (size_t i = 1; i < list.size(); ++i) {
        if (list[i]->candidate != list[i - 1]->candidate) continue;
        throw Error(ErrorKind::kInput, "part '" + list[i]->id + "' of '" + key.first +
                                           "' has candidate " + std::to_string(list[i]->candidate) +
                                           " of '" + key.second + "' twice");
      }
      groups[key].push_back({part, std::move(list)});
    }
  }
  return groups;
}

metric::PartScore score_of(const PartRows& part, size_t most) {
  metric::PartScore score{part.id(), {}};
  for (size_t i = 0; i < std::min(most, part.rows.size()); ++i) {
    const Row& r = *part.rows[i];
    score.candidates.push_back(
        {of(r, Figure::kCd), of(r, Figure::kIou), of(r, Figure::kIouOfficial)});
  }
  return score;
}

// Least misfit of the first `most`, sound solids before others; earlier ones win ties.
// A system with one candidate needs no misfit.
const Row* by_input(const PartRows& part, size_t most) {
  const Row* best = nullptr;
  for (size_t i = 0; i < std::min(most, part.rows.size()); ++i) {
    const Row* row = part.rows[i];
    if (!of(*row, Figure::kCd)) continue;
    if (part.rows.size() > 1 && !row->has(Figure::kMisfit)) continue;
    const auto rank = [](const Row& r) { return std::pair(r.valid == 0, r[Figure::kMisfit]); };
    if (!best || rank(*row) < rank(*best)) best = row;
  }
  return best;
}

Chosen of_row(const PartRows& part, const Row* row) {
  Chosen c{&part, row && of(*row, Figure::kCd) ? row : nullptr, {}, {}, {}, {}};
  if (!c.row) return c;
  c.cd = of(*row, Figure::kCd);
  c.iou = c.iou_same = of(*row, Figure::kIou);
  c.iou_official = of(*row, Figure::kIouOfficial);
  return c;
}

Chosen choose(const PartRows& part, Choice choice) {
  if (choice == Choice::kSingle) return of_row(part, part.rows.front());
  if (choice == Choice::kInput) return of_row(part, by_input(part, part.rows.size()));
  const metric::Best best = metric::best_of(score_of(part, part.rows.size()));
  Chosen c{&part, nullptr, best.cd, best.iou, best.iou_official, best.iou_same};
  if (best.candidate >= 0) c.row = part.rows[static_cast<size_t>(best.candidate)];
  return c;
}

metric::PartScore as_score(const Chosen& c) {
  metric::PartScore score{c.part->id(), {}};
  if (c.row || c.cd) score.candidates.push_back({c.cd, c.iou, c.iou_official});
  return score;
}

double median_in_place(std::vector<double>& v) {
  if (v.empty()) return std::numeric_limits<double>::quiet_NaN();
  const size_t half = v.size() / 2;
  const auto middle = v.begin() + static_cast<std::ptrdiff_t>(half);
  std::nth_element(v.begin(), middle, v.end());
  if (v.size() % 2) return *middle;
  return (*std::max_element(v.begin(), middle) + *middle) / 2;
}

double mean_of(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x;
  return v.empty() ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(v.size());
}

// Mean and median CD, IoU, official IoU, IR: the seven of a cell, in this order.
void figures_of(const std::vector<Chosen>& chosen, const std::vector<uint32_t>& drawn,
                std::span<double> out) {
  thread_local std::vector<double> cd, iou, official;
  cd.clear(), iou.clear(), official.clear();
  for (const uint32_t i : drawn) {
    const Chosen& c = chosen[i];
    if (c.cd) cd.push_back(*c.cd);
    if (c.iou) iou.push_back(*c.iou);
    if (c.iou_official) official.push_back(*c.iou_official);
  }
  out[0] = mean_of(cd), out[1] = median_in_place(cd);
  out[2] = mean_of(iou), out[3] = median_in_place(iou);
  out[4] = mean_of(official), out[5] = median_in_place(official);
  out[6] = 1 - static_cast<double>(cd.size()) / static_cast<double>(drawn.size());
}

void estimate(Cell& cell, const Options& options) {
  if (cell.chosen.empty()) return;
  std::vector<uint32_t> all(cell.chosen.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<uint32_t>(i);
  std::array<double, 7> value{};
  figures_of(cell.chosen, all, value);
  const auto intervals = bootstrap(
      all.size(), value.size(), options.bootstrap, options.seed,
      [&](const auto& drawn, std::span<double> out) { figures_of(cell.chosen, drawn, out); });
  Estimate* const where[] = {&cell.mean_cd,      &cell.median_cd,         &cell.mean_iou,
                             &cell.median_iou,   &cell.mean_iou_official, &cell.median_iou_official,
                             &cell.invalid_ratio};
  for (size_t f = 0; f < value.size(); ++f) {
    if (std::isnan(value[f])) continue;
    *where[f] = {value[f], intervals[f]};
  }
}

void average(Cell& cell) {
  for (size_t f = 0; f < kFigures; ++f) {
    std::vector<double> values;
    for (const Chosen& c : cell.chosen) {
      if (c.row && c.row->has(static_cast<Figure>(f))) values.push_back(c.row->figures[f]);
    }
    cell.means[f] = metric::mean(values);
    cell.medians[f] = metric::median(std::move(values));
  }
}

Cell cell_of(const std::string& data, const std::string& system, Choice choice,
             const std::vector<PartRows>& parts, const Options& options) {
  Cell cell;
  cell.data = data, cell.system = system, cell.choice = choice;
  std::vector<metric::PartScore> scores;
  for (const PartRows& part : parts) {
    if (part.truth_failed()) {
      ++cell.truths_failed;
      continue;
    }
    cell.candidates = std::max(cell.candidates, part.rows.size());
    cell.chosen.push_back(choose(part, choice));
    const Chosen& c = cell.chosen.back();
    cell.unsound += c.row && c.row->valid == 0;
    cell.without_iou += c.cd && !c.iou;
    cell.without_iou_official += c.cd && !c.iou_official;
    cell.invalid += !c.cd;
    scores.push_back(as_score(c));
  }
  cell.parts = cell.chosen.size();
  cell.summary = metric::summarize(scores);
  std::vector<double> same;
  for (const Chosen& c : cell.chosen)
    if (c.iou_same) same.push_back(*c.iou_same);
  cell.mean_iou_same = metric::mean(same);
  estimate(cell, options);
  average(cell);
  return cell;
}

std::vector<Growth> growth_of(const std::vector<PartRows>& parts) {
  size_t most = 1;
  for (const PartRows& p : parts) most = std::max(most, p.rows.size());
  std::vector<Growth> out;
  for (size_t k = 1; most > 1; k = k < 2 ? 2 : k < 5 ? 5 : 2 * k) {
    Growth g;
    g.candidates = std::min(k, most);
    std::vector<metric::PartScore> oracle, input;
    for (const PartRows& p : parts) {
      if (p.truth_failed()) continue;
      oracle.push_back(score_of(p, g.candidates));
      input.push_back(as_score(of_row(p, by_input(p, g.candidates))));
    }
    g.oracle = metric::summarize(oracle), g.input = metric::summarize(input);
    out.push_back(std::move(g));
    if (g.candidates >= most) break;
  }
  return out;
}

Failures failures_of(const std::vector<PartRows>& parts) {
  Failures f;
  for (const PartRows& part : parts) {
    for (const Row* row : part.rows) {
      ++f.candidates;
      if (row->ok && row->has(Figure::kCd)) continue;
      const std::string cause = row->ok ? "measure: no distance" : row->stage + ": " + row->kind;
      ++f.causes[cause];
      f.examples.try_emplace(cause, row->id + ": " + row->message);
    }
  }
  return f;
}

Comparison compare(const Cell& a, const Cell& b, const Options& options) {
  Comparison c;
  c.data = a.data, c.a = a.system, c.b = b.system, c.choice = a.choice;
  std::map<uint64_t, const Chosen*> of_b;
  for (const Chosen& x : b.chosen) of_b[x.part->part] = &x;
  struct Pair {
    double cd, iou;
  };
  std::vector<Pair> pairs;
  std::vector<double> cds, ious;
  for (const Chosen& x : a.chosen) {
    const auto at = of_b.find(x.part->part);
    if (at == of_b.end()) continue;
    const Chosen& y = *at->second;
    ++c.parts;
    c.only_a += x.cd && !y.cd, c.only_b += y.cd && !x.cd;
    // An answer that is measured but has no volume to compare says nothing here.
    const bool judged = (!x.cd || x.iou) && (!y.cd || y.iou);
    Pair p{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    if (judged) p.iou = x.iou.value_or(0) - y.iou.value_or(0);
    if (x.cd && y.cd) {
      p.cd = *x.cd - *y.cd;
      ++c.both, c.better_cd += p.cd<0, c.worse_cd += p.cd> 0;
      cds.push_back(p.cd);
    }
    if (judged) ious.push_back(p.iou);
    pairs.push_back(p);
  }
  const auto intervals = bootstrap(pairs.size(), 2, options.bootstrap, options.seed,
                                   [&](const auto& drawn, std::span<double> out) {
                                     std::vector<double> cd, iou;
                                     for (const uint32_t i : drawn) {
                                       if (!std::isnan(pairs[i].cd)) cd.push_back(pairs[i].cd);
                                       if (!std::isnan(pairs[i].iou)) iou.push_back(pairs[i].iou);
                                     }
                                     out[0] = nan_or(metric::mean(cd)),
                                     out[1] = nan_or(metric::mean(iou));
                                   });
  c.cd = {metric::mean(cds), intervals[0]}, c.iou = {metric::mean(ious), intervals[1]};
  c.cd_p = wilcoxon_p(cds), c.iou_p = wilcoxon_p(ious);
  c.valid_p = mcnemar_p(c.only_a, c.only_b);
  return c;
}

}  // namespace

const char* to_string(Choice choice) {
  constexpr const char* kWords[] = {"oracle", "input", "single"};
  return kWords[static_cast<int>(choice)];
}

Choice choice_from_string(const std::string& word) {
  for (const Choice c : {Choice::kOracle, Choice::kInput, Choice::kSingle})
    if (word == to_string(c)) return c;
  throw Error(ErrorKind::kValue, "no choice is called '" + word + "': oracle, input or single");
}

const Cell* Analysis::cell(const std::string& data, const std::string& system,
                           Choice choice) const {
  for (const Cell& c : cells)
    if (c.data == data && c.system == system && c.choice == choice) return &c;
  return nullptr;
}

Analysis analyse(const std::vector<Row>& rows, const Options& options) {
  Analysis out;
  out.groups = group(rows, options);
  for (const std::string& data : options.data) {
    for (const std::string& system : options.systems) {
      const auto at = out.groups.find({data, system});
      if (at == out.groups.end()) continue;
      for (const Choice choice : options.choose)
        out.cells.push_back(cell_of(data, system, choice, at->second, options));
      out.growth[at->first] = growth_of(at->second);
      out.failures[at->first] = failures_of(at->second);
      out.several |= out.cells.back().candidates > 1;
    }
    for (size_t i = 0; i < options.systems.size() && !options.choose.empty(); ++i) {
      for (size_t j = i + 1; j < options.systems.size(); ++j) {
        const Cell* a = out.cell(data, options.systems[i], options.choose.front());
        const Cell* b = out.cell(data, options.systems[j], options.choose.front());
        if (a && b) out.comparisons.push_back(compare(*a, *b, options));
      }
    }
  }
  return out;
}

}  // namespace cadrecode::report
