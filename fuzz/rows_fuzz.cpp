// Bytes as lines of rows.jsonl: read or refused; what is read is written and read
// back the same, and a report of it is text.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.h"
#include "evaluation/report/page.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace cadrecode;
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<report::Row> rows;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    try {
      rows.push_back(report::row_of_line(text.substr(at, end - at)));
      const std::string line = report::to_line(rows.back());
      if (report::to_line(report::row_of_line(line)) != line) std::abort();
    } catch (const Error&) {
    }
    at = end + 1;
  }
  if (rows.empty()) return 0;
  report::Options options;
  options.bootstrap = 3, options.gallery = 0;
  for (const report::Row& r : rows) {
    if (options.data.size() < 3) options.data.push_back(r.data);
    if (options.systems.size() < 3) options.systems.push_back(r.system);
  }
  report::Facts facts;
  for (const std::string& d : options.data) facts.data.push_back({d, "deepcad", rows.size(), ""});
  try {
    const report::Analysis analysis = report::analyse(rows, options);
    report::to_markdown(analysis, options, facts);
    report::to_latex(analysis, options, facts);
    report::to_csv(analysis);
    report::to_html(analysis, options, facts, {});
  } catch (const Error&) {
  }
  return 0;
}
