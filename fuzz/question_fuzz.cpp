// Any text as a question to a part, any JSON as a query.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "pipeline/question/json.h"
#include "pipeline/question/question.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace cadrecode;
  const std::string text(reinterpret_cast<const char*>(data), size);
  sheet::Sheet sheet;
  sheet.unit = "mm";
  sheet.box.add(Vec3{0, 0, 0}), sheet.box.add(Vec3{10, 20, 30});
  sheet::Feature hole;
  hole.id = 1, hole.kind = sheet::FeatureKind::kHole, hole.diameter = 6, hole.depth = 10;
  sheet.features = {hole, hole};
  try {
    question::answer(sheet, question::parse(text, "mm"));
  } catch (const Error&) {
  }
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return 0;
  try {
    question::answer(sheet, question::query_from_json(json));
  } catch (const Error&) {
  }
  return 0;
}
