// Jobs and outcomes as bytes between the owner and its workers.
#pragma once

#include <string>

#include "pipeline/execute/execute.h"

namespace cadrecode::execute {

std::string encode(const Job& job);
Job decode_job(const std::string& bytes);
std::string encode(const Outcome& outcome);
Outcome decode_outcome(const std::string& bytes);

}  // namespace cadrecode::execute
