// The JSON row of an outcome.
#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/execute/execute.h"

namespace cadrecode::execute {
namespace {

using nlohmann::ordered_json;

ordered_json number(double x) { return std::isfinite(x) ? ordered_json(x) : ordered_json(nullptr); }

ordered_json point(double x, double y, double z) {
  return ordered_json::array({number(x), number(y), number(z)});
}

ordered_json error_row(const Failure& failure) {
  ordered_json row = {{"kind", to_string(failure.kind)}, {"message", failure.message}};
  row["line"] = failure.line > 0 ? ordered_json(failure.line) : ordered_json(nullptr);
  row["column"] = failure.column > 0 ? ordered_json(failure.column) : ordered_json(nullptr);
  return row;
}

void add_facts(ordered_json& row, const Facts& f) {
  row["valid"] = f.valid;
  row["volume"] = number(f.volume);
  row["area"] = number(f.area);
  row["bbox"] = ordered_json::array(
      {point(f.bbox[0], f.bbox[1], f.bbox[2]), point(f.bbox[3], f.bbox[4], f.bbox[5])});
  row["center"] = point(f.center[0], f.center[1], f.center[2]);
  row["solids"] = f.solids;
  row["faces"] = f.faces;
  row["edges"] = f.edges;
  row["vertices"] = f.vertices;
}

void add_no_facts(ordered_json& row) {
  for (const char* key :
       {"valid", "volume", "area", "bbox", "center", "solids", "faces", "edges", "vertices"}) {
    row[key] = nullptr;
  }
}

}  // namespace

std::string to_json(const Outcome& outcome) {
  ordered_json row = {{"id", outcome.id}, {"status", outcome.failure ? "error" : "ok"}};
  if (outcome.facts) {
    add_facts(row, *outcome.facts);
  } else {
    add_no_facts(row);
  }
  row["seconds"] = outcome.seconds;
  if (outcome.failure) row["error"] = error_row(*outcome.failure);
  if (!outcome.written.empty()) row["outputs"] = outcome.written;
  if (!outcome.requested.empty()) row["exports"] = outcome.requested;
  if (!outcome.log.empty()) row["log"] = outcome.log;
  // Text that a model wrote is not always UTF-8; JSON must be.
  return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace cadrecode::execute
