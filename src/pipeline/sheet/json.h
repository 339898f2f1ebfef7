// Inside the house: pieces of a sheet as JSON values, for answers and tools.
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/sheet/sheet.h"

namespace cadrecode::sheet {

// Numbers to nine digits, so that 6.000000000001 reads 6; not finite becomes null.
nlohmann::ordered_json number(double value);
nlohmann::ordered_json vector(Vec3 v);
nlohmann::ordered_json sides_json(Sides sides);
nlohmann::ordered_json json_of(const Feature& feature);
nlohmann::ordered_json json_of(const Pattern& pattern);
nlohmann::ordered_json json_of(const Sheet& sheet);

}  // namespace cadrecode::sheet
