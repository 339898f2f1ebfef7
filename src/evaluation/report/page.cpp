#include "evaluation/report/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/markup.h"
#include "base/random.h"
#include "evaluation/report/chart.h"

namespace cadrecode::report {
namespace {

constexpr const char* kStyle = R"(
:root{--ink:#1b1f24;--soft:#5a6472;--line:#d8dde3;--paper:#fff;--band:#f5f7f9;--quote:#fbf6e9}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#9aa5b1;--line:#39424c;--paper:#15191d;--band:#1d2329;--quote:#2a2618}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1240px;padding:24px 20px 80px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{font-size:28px;margin:8px 0}h2{margin:44px 0 6px;font-size:21px;border-bottom:1px solid var(--line);padding-bottom:4px}h3{margin:26px 0 6px;font-size:16px}
p.note{color:var(--soft);max-width:90ch;margin:4px 0 10px;font-size:14px}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:12px 0}a{color:#0072b2}@media(prefers-color-scheme:dark){a{color:#56b4e9}}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:5px 10px;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;background:var(--band);vertical-align:bottom}
td:first-child,th:first-child,td.text,th.text{text-align:left}td:not(.text),td:nth-child(-n+2){white-space:nowrap}
td.text{max-width:52ch}td.text:last-child:not(:first-child){min-width:18ch}
td small{display:block;color:var(--soft);font-size:11.5px;white-space:nowrap}
tr.quoted td{background:var(--quote);font-style:italic}
tr.quoted td:first-child::after{content:" quoted";font-style:normal;font-size:11px;color:var(--soft);border:1px solid var(--line);border-radius:3px;padding:0 4px;margin-left:6px}
figure{margin:0;display:inline-block;vertical-align:top}
figure svg{max-width:100%;height:auto}
svg text{font-size:11px;fill:var(--soft)}svg .grid{stroke:var(--line);stroke-width:1}
figcaption{font-size:13px;color:var(--soft);padding-left:44px;max-width:460px}.key{white-space:nowrap;margin-right:10px}
.charts{display:flex;flex-wrap:wrap;gap:18px 30px}.charts h4{margin:6px 0 2px;font-size:14px}
.parts{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:16px}
.part{border:1px solid var(--line);border-radius:6px;overflow:hidden;background:var(--band);font-size:13px}
.part img{width:100%;display:block;background:#fff}.part .none{padding:40px 12px;text-align:center;color:var(--soft);background:var(--paper)}
.part div.words{padding:7px 10px 9px}.part b{overflow-wrap:anywhere}.part pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:11px;max-height:220px;overflow:auto;background:var(--paper);padding:6px;margin:6px 0 0}
.bad{color:#b3261e}@media(prefers-color-scheme:dark){.bad{color:#ff8a80}}
details summary{cursor:pointer;color:var(--soft)}
)";

bool is_text_column(const std::string& name) {
  return name == "what it is" || name == "for example" || name == "candidate" || name == "cause" ||
         name == "B" || name.rfind("SHA-256", 0) == 0;
}

// "0.181 [0.153, 0.214]": the interval small below.
std::string cell_html(const std::string& text) {
  const size_t at = text.find(" [");
  if (at == std::string::npos || !text.ends_with(']')) return escape_markup(text);
  return escape_markup(text.substr(0, at)) + "<small>" + escape_markup(text.substr(at + 1)) +
         "</small>";
}

std::string anchor(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  return out;
}

std::string table_html(const Table& t, const char* level) {
  std::string out =
      fmt::format("<{0} id='{1}'>{2}</{0}>\n", level, anchor(t.title), escape_markup(t.title));
  if (!t.note.empty()) out += "<p class='note'>" + escape_markup(t.note) + "</p>\n";
  out += "<div class='wide'><table><thead><tr>";
  for (const std::string& c : t.columns)
    out += fmt::format("<th{}>{}</th>", is_text_column(c) ? " class='text'" : "", escape_markup(c));
  out += "</tr></thead><tbody>\n";
  for (const TableRow& row : t.rows) {
    out += row.quoted ? "<tr class='quoted'>" : "<tr>";
    for (size_t i = 0; i < row.cells.size(); ++i) {
      out += fmt::format("<td{}>{}</td>", is_text_column(t.columns[i]) ? " class='text'" : "",
                         cell_html(row.cells[i]));
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string base64(const std::string& bytes) {
  static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](size_t k) -> uint32_t {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0;
    };
    const uint32_t word = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (size_t k = 0; k < 4; ++k)
      out += k <= bytes.size() - i ? kDigits[word >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

// ---- drawings --------------------------------------------------------------------

std::vector<const Cell*> drawn_cells(const Analysis& a, const std::string& data,
                                     const Options& options) {
  std::vector<const Cell*> out;
  for (const std::string& system : options.systems)
    if (const Cell* c = a.cell(data, system, options.choose.front())) out.push_back(c);
  return out;
}

std::vector<double> values(const Cell& cell, bool cd) {
  std::vector<double> out;
  for (const Chosen& c : cell.chosen) {
    const auto& v = cd ? c.cd : c.iou;
    if (v) out.push_back(cd ? *v : 100 * *v);
  }
  return out;
}

Axis cd_axis(const std::vector<const Cell*>& cells) {
  double lo = 1e9, hi = 0;
  for (const Cell* c : cells)
    for (const double v : values(*c, true)) lo = std::min(lo, v), hi = std::max(hi, v);
  lo = std::pow(10, std::floor(std::log10(std::max(lo, 1e-3))));
  hi = std::pow(10, std::ceil(std::log10(std::max(hi, lo * 1.0001))));
  return {"CD x 1000", lo, hi > lo ? hi : lo * 10, true};
}

std::string titled(const std::string& title, const std::string& figure) {
  return "<div><h4>" + escape_markup(title) + "</h4>" + figure + "</div>\n";
}

std::string growth_charts(const Analysis& a, const std::string& data, const Options& options) {
  std::vector<Curve> iou, cd;
  double most = 1, lo = 100, top = 0;
  for (size_t s = 0; s < options.systems.size(); ++s) {
    const auto at = a.growth.find({data, options.systems[s]});
    if (at == a.growth.end() || at->second.size() < 2) continue;
    Curve oracle{options.systems[s] + " (oracle)", {}, s, false};
    Curve input{options.systems[s] + " (by input)", {}, s, true};
    Curve oracle_cd = oracle, input_cd = input;
    for (const Growth& g : at->second) {
      const auto k = static_cast<double>(g.candidates);
      most = std::max(most, k);
      const auto add = [&](Curve& curve, const std::optional<double>& v, double scale) {
        if (v) curve.points.emplace_back(k, *v * scale);
      };
      add(oracle, g.oracle.mean_iou, 100), add(input, g.input.mean_iou, 100);
      add(oracle_cd, g.oracle.mean_cd, 1), add(input_cd, g.input.mean_cd, 1);
    }
    for (const Curve* c : {&oracle, &input})
      for (const auto& p : c->points) lo = std::min(lo, p.second);
    for (const Curve* c : {&oracle_cd, &input_cd})
      for (const auto& p : c->points) top = std::max(top, p.second);
    iou.push_back(oracle), iou.push_back(input);
    cd.push_back(oracle_cd), cd.push_back(input_cd);
  }
  if (iou.empty()) return "";
  const Axis k{"candidates", 1, most, true};
  lo = std::floor(lo - 1);
  return titled("IoU with candidates",
                curves_svg(iou, k, {"mean IoU %", std::max(0.0, lo), 100, false})) +
         titled("CD with candidates",
                curves_svg(cd, k, {"mean CD x 1000", 0, top > 0 ? top * 1.05 : 1, false}));
}

std::string charts(const Analysis& a, const std::string& data, const Options& options) {
  const auto cells = drawn_cells(a, data, options);
  const Axis cd = cd_axis(cells), iou{"IoU %", 0, 100, false};
  std::vector<Series> cds, ious;
  for (const Cell* c : cells) {
    cds.push_back({c->system, values(*c, true)});
    ious.push_back({c->system, values(*c, false)});
  }
  std::string out = "<div class='charts'>\n";
  out += titled("CD: parts at or below", cumulative_svg(cds, cd));
  out += titled("IoU: parts at or below", cumulative_svg(ious, iou));
  out += titled("CD: distribution", histogram_svg(cds, cd, 40));
  out += titled("IoU: distribution", histogram_svg(ious, iou, 40));
  out += growth_charts(a, data, options);
  for (size_t s = 0; s < cells.size(); ++s) {
    std::vector<std::pair<double, double>> points;
    for (const Chosen& c : cells[s]->chosen)
      if (c.cd && c.iou) points.emplace_back(*c.cd, 100 * *c.iou);
    out += titled("CD and IoU: " + cells[s]->system, scatter_svg(points, cd, iou, s));
  }
  return out + "</div>\n";
}

// ---- galleries --------------------------------------------------------------------

std::string part_html(const Shown& s) {
  const Chosen& c = *s.chosen;
  std::string out = "<div class='part'>";
  const std::string alt = "truth and answer of " + escape_markup(c.part->id());
  if (!s.png.empty()) {
    out += fmt::format("<img loading='lazy' alt='{}' src='data:image/png;base64,{}'>", alt,
                       base64(s.png));
  } else {
    out += "<div class='none'>no picture</div>";
  }
  out += "<div class='words'><b>";
  if (s.link.empty()) {
    out += escape_markup(c.part->id());
  } else {
    out += fmt::format("<a href='{}'>{}</a>", escape_markup(s.link), escape_markup(c.part->id()));
  }
  out += "</b><br>";
  if (c.cd) {
    out += "CD " + plain_number(*c.cd, 3) + ", IoU " +
           (c.iou ? plain_number(100 * *c.iou, 2) + " %" : std::string("-"));
    if (c.row && c.row->candidates > 1)
      out += fmt::format(", candidate {} of {}", c.row->candidate + 1, c.row->candidates);
    if (c.row && c.row->valid == 0) out += " <span class='bad'>unsound solid</span>";
  } else {
    const Row& row = *c.part->rows.front();
    out += "<span class='bad'>" + escape_markup(row.kind + ": " + row.message.substr(0, 160)) +
           "</span>";
  }
  if (!s.code.empty())
    out += "<details><summary>program</summary><pre>" + escape_markup(s.code) + "</pre></details>";
  return out + "</div></div>\n";
}

std::string gallery(const Cell& cell, const Options& options, const Show& show) {
  if (!show || options.gallery == 0) return "";
  std::string out;
  const auto add = [&](const std::string& title, const std::vector<const Chosen*>& parts) {
    if (parts.empty()) return;
    out += "<h3>" + escape_markup(title) + "</h3>\n<div class='parts'>\n";
    for (const Chosen* c : parts) out += part_html(show(cell, *c));
    out += "</div>\n";
  };
  const std::string who = cell.system + " on " + cell.data;
  add(fmt::format("{}: the {} worst", who, std::min(options.gallery, cell.chosen.size())),
      worst(cell, options.gallery));
  add(fmt::format("{}: {} at random", who, std::min(options.gallery, cell.chosen.size())),
      random_parts(cell, options.gallery, options.seed));
  return out;
}

}  // namespace

std::vector<const Chosen*> worst(const Cell& cell, size_t most) {
  std::vector<const Chosen*> out;
  for (const Chosen& c : cell.chosen) out.push_back(&c);
  const auto key = [](const Chosen* c) {
    return std::make_tuple(c->cd.has_value(), c->iou.value_or(-1), -c->cd.value_or(0));
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Chosen* a, const Chosen* b) { return key(a) < key(b); });
  if (out.size() > most) out.resize(most);
  return out;
}

std::vector<const Chosen*> random_parts(const Cell& cell, size_t most, uint64_t seed) {
  std::vector<size_t> order(cell.chosen.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  RandomStream random(seed, 0x67616C6C);  // the same parts for every system
  random.shuffle(order);
  if (order.size() > most) order.resize(most);
  std::sort(order.begin(), order.end());
  std::vector<const Chosen*> out;
  for (const size_t i : order) out.push_back(&cell.chosen[i]);
  return out;
}

std::string to_html(const Analysis& analysis, const Options& options, const Facts& facts,
                    const Show& show) {
  const std::vector<Table> all = tables(analysis, options, facts);
  std::string out =
      "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><meta name='viewport' "
      "content='width=device-width,initial-scale=1'>\n<title>" +
      escape_markup(options.title) + "</title>\n<style>" + kStyle + "</style></head><body>\n<h1>" +
      escape_markup(options.title) + "</h1>\n<p class='note'>" + escape_markup(facts.metrics) +
      "</p>\n<nav>";
  for (const DataFacts& d : facts.data) {
    out += fmt::format("<a href='#data-{0}'>{1}</a><a href='#plots-{0}'>plots</a>", anchor(d.name),
                       escape_markup(d.name));
    if (show && options.gallery)
      out += fmt::format("<a href='#parts-{}'>parts</a>", anchor(d.name));
  }
  out += "</nav>\n";
  for (const Table& t : all)
    if (t.title == "Data" || t.title == "Systems") out += table_html(t, "h3");
  std::string sources;
  for (const DataFacts& d : facts.data) {
    const auto cells = drawn_cells(analysis, d.name, options);
    out += fmt::format("<h2 id='data-{}'>{}</h2>\n", anchor(d.name), escape_markup(d.name));
    for (const Table& t : all)
      if (t.title.rfind(d.name + ": ", 0) == 0) out += table_html(t, "h3");
    if (cells.empty()) continue;
    out +=
        fmt::format("<h3 id='plots-{}'>{}: plots</h3>\n<p class='note'>Of the candidate: {}.</p>\n",
                    anchor(d.name), escape_markup(d.name),
                    choice_words(options.choose.front(), analysis.several ? 2 : 1));
    out += charts(analysis, d.name, options);
    if (show && options.gallery)
      out += fmt::format(
          "<div id='parts-{}'></div><p class='note'>Truth on the left, the answer on "
          "the right, each scaled by its own box as the official protocol does.</p>\n",
          anchor(d.name));
    for (const Cell* c : cells) out += gallery(*c, options, show);
    for (const Reference& r : references_of(d.set)) {
      const std::string line =
          "<li>" + escape_markup(r.method + ", " + r.input + ": " + r.source) + "</li>\n";
      if (sources.find(line) == std::string::npos) sources += line;
    }
  }
  if (!sources.empty())
    out +=
        "<h2>Sources of the quoted rows</h2>\n<p class='note'>Published by others; not measured "
        "here.</p><ul>\n" +
        sources + "</ul>\n";
  return out + "</body></html>\n";
}

}  // namespace cadrecode::report
