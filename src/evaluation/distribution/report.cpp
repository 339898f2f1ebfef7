#include "evaluation/distribution/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/markup.h"
#include "evaluation/distribution/features.h"

namespace cadrecode::distribution {
namespace {

constexpr size_t kMostValues = 24;  // bins of a drawing

std::vector<double> column(const Matrix& rows, size_t f) {
  std::vector<double> out;
  for (const auto& row : rows) out.push_back(row[f]);
  return out;
}

double mean(const std::vector<double>& v) {
  return v.empty() ? 0 : std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
}

// The features in the order they are shown.
std::vector<Telling> order_of(const TwoSample* told) {
  if (told) return told->features;
  std::vector<Telling> out(features().size());
  for (size_t f = 0; f < out.size(); ++f) out[f].feature = f;
  return out;
}

constexpr const char* kColors[] = {"#1f6fb4", "#e07b1a"};

// ---- one drawing --------------------------------------------------------------

constexpr double kWidth = 300, kHeight = 120, kLeft = 8, kBottom = 16;

std::string bars(const Histogram& h) {
  double most = 1e-12;
  for (const auto& s : h.shares) most = std::max(most, *std::max_element(s.begin(), s.end()));
  const size_t bins = h.shares[0].size();
  const double step = (kWidth - 2 * kLeft) / static_cast<double>(bins);
  const double bar = 0.9 * step / static_cast<double>(h.shares.size());
  std::string out;
  for (size_t s = 0; s < h.shares.size(); ++s) {
    for (size_t b = 0; b < bins; ++b) {
      const double tall = (kHeight - kBottom - 4) * h.shares[s][b] / most;
      const double x = kLeft + step * static_cast<double>(b) + bar * static_cast<double>(s);
      out += fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='{}'/>",
                         x, kHeight - kBottom - tall, bar, tall, kColors[s % 2]);
    }
  }
  return out;
}

std::string drawing(const Histogram& h) {
  const std::string lowest = fmt::format("{:.4g}", h.edges.front());
  const std::string highest =
      fmt::format("{:.4g}", h.discrete ? h.edges[h.edges.size() - 2] : h.edges.back());
  return fmt::format(
      "<svg viewBox='0 0 {0} {1}' width='{0}' height='{1}' role='img'>{2}"
      "<line x1='{3}' x2='{4}' y1='{5}' y2='{5}' stroke='#888'/>"
      "<text x='{3}' y='{6}'>{7}</text><text x='{4}' y='{6}' text-anchor='end'>{8}</text></svg>",
      kWidth, kHeight, bars(h), kLeft, kWidth - kLeft, kHeight - kBottom, kHeight - 3, lowest,
      highest);
}

std::string caption(const std::vector<Described>& sets, const Telling& t, bool told) {
  std::string out = fmt::format("<h2>{}</h2><p>{}</p><p>mean", features()[t.feature].name,
                                escape_markup(features()[t.feature].about));
  for (const Described& s : sets) out += fmt::format(" {:.4g}", mean(column(s.rows, t.feature)));
  if (told) out += fmt::format(" · distance {:.3f} · AUC drop {:.4f}", t.ks, t.drop);
  return out + "</p>";
}

std::string intro(const std::vector<Described>& sets, const TwoSample* told) {
  std::string out = "<p>";
  for (size_t s = 0; s < sets.size(); ++s) {
    out += fmt::format("<b style='color:{}'>{}</b>: {} programs ({} outside the dialect). ",
                       kColors[s % 2], escape_markup(sets[s].name), sets[s].rows.size(),
                       sets[s].outside);
  }
  if (told) {
    out += fmt::format(
        "A classifier tells them apart with an AUC of <b>{:.3f}</b> "
        "(0.5: not at all, 1: always).",
        told->auc);
  }
  return out + "</p>";
}

}  // namespace

Histogram histogram(const std::vector<std::vector<double>>& values) {
  Histogram h;
  std::vector<double> all;
  std::set<double> distinct;
  for (const auto& v : values) {
    all.insert(all.end(), v.begin(), v.end());
    for (const double x : v) {
      if (distinct.size() <= kMostValues) distinct.insert(x);
    }
  }
  h.discrete = distinct.size() <= kMostValues;
  if (h.discrete) {
    h.edges.assign(distinct.begin(), distinct.end());
    h.edges.push_back(h.edges.empty() ? 1 : h.edges.back() + 1);
    if (h.edges.size() == 1) h.edges.insert(h.edges.begin(), 0);
  } else {
    const double lo = quantile(all, 0.005), hi = std::max(quantile(all, 0.995), lo + 1e-9);
    for (size_t b = 0; b <= kMostValues; ++b) {
      h.edges.push_back(lo + (hi - lo) * static_cast<double>(b) / kMostValues);
    }
  }
  const size_t bins = h.edges.size() - 1;
  for (const auto& v : values) {
    std::vector<double> share(bins);
    for (const double x : v) {
      const auto after = std::upper_bound(h.edges.begin() + 1, h.edges.end() - 1, x);
      share[static_cast<size_t>(after - h.edges.begin()) - 1] += 1 / static_cast<double>(v.size());
    }
    h.shares.push_back(std::move(share));
  }
  return h;
}

std::string table(const std::vector<Described>& sets, const TwoSample* told) {
  std::string out;
  for (const Described& s : sets) {
    out +=
        fmt::format("{}: {} programs, {} outside the dialect\n", s.name, s.rows.size(), s.outside);
  }
  out += fmt::format("{:<21}", "feature");
  for (size_t s = 0; s < sets.size(); ++s) {
    out += fmt::format(" |{:>9}{:>9}{:>9}{:>9}", "mean", "10%", "50%", "90%");
  }
  if (told) out += fmt::format(" |{:>8}{:>9}", "distance", "AUC drop");
  out += '\n';
  for (const Telling& t : order_of(told)) {
    out += fmt::format("{:<21}", features()[t.feature].name);
    for (const Described& s : sets) {
      const std::vector<double> v = column(s.rows, t.feature);
      out += fmt::format(" |{:>9.4g}{:>9.4g}{:>9.4g}{:>9.4g}", mean(v), quantile(v, 0.1),
                         quantile(v, 0.5), quantile(v, 0.9));
    }
    if (told) out += fmt::format(" |{:>8.3f}{:>9.4f}", t.ks, t.drop);
    out += '\n';
  }
  if (told) {
    out += fmt::format("AUC of a classifier (gradient boosting, {} features, {}-fold): {:.3f}\n",
                       features().size(), told->fold_auc.size(), told->auc);
  }
  return out;
}

std::string features_csv(const std::vector<Described>& sets, const TwoSample& told) {
  std::string out = "label,fold,score";
  for (const Feature& f : features()) out += std::string(",") + f.name;
  out += '\n';
  size_t at = 0;
  for (size_t s = 0; s < sets.size(); ++s) {
    for (const std::vector<double>& row : sets[s].rows) {
      out += fmt::format("{},{},{},{}\n", s, told.fold[at], told.scores[at], fmt::join(row, ","));
      ++at;
    }
  }
  return out;
}

std::string page(const std::vector<Described>& sets, const TwoSample* told) {
  std::string out =
      "<!doctype html><html lang='en'><meta charset='utf-8'><title>distributions</title><style>"
      "body{font:14px sans-serif;margin:24px;max-width:1320px}main{display:grid;gap:16px;"
      "grid-template-columns:repeat(auto-fill,minmax(300px,1fr))}h2{font-size:14px;margin:0}"
      "p{margin:2px 0;color:#444}svg text{font:10px sans-serif;fill:#666}</style>"
      "<h1>Distributions</h1>" +
      intro(sets, told) + "<main>";
  for (const Telling& t : order_of(told)) {
    std::vector<std::vector<double>> values;
    for (const Described& s : sets) values.push_back(column(s.rows, t.feature));
    out += "<section>" + caption(sets, t, told != nullptr) + drawing(histogram(values)) +
           "</section>\n";
  }
  return out + "</main></html>\n";
}

}  // namespace cadrecode::distribution
