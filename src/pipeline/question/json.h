// Answers and queries as JSON; queries from JSON, as tool calls bring them.
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/question/query.h"

namespace cadrecode::question {

nlohmann::ordered_json json_of(const Value& value);
nlohmann::ordered_json json_of(const Sheet& sheet, const Query& query, const Answer& answer);

// Errors: kValue naming the member that cannot be.
Query query_from_json(const nlohmann::json& object);

}  // namespace cadrecode::question
