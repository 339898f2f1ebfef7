// The report as one page: no outside file, script library or font; it opens from a
// disk, a mail, an archive of ten years.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evaluation/report/tables.h"

namespace cadrecode::report {

// One part in a gallery: its picture and what is said below.
struct Shown {
  const Chosen* chosen = nullptr;
  std::string png;   // truth | answer; empty: there is none
  std::string link;  // of the part in a viewer; empty: none
  std::string code;  // of the answer, if it is a program
};

// The parts of a cell that a gallery shows: the worst first (invalid ones before
// all, then by IoU, then by CD), or a random choice of the options' seed.
std::vector<const Chosen*> worst(const Cell& cell, size_t most);
std::vector<const Chosen*> random_parts(const Cell& cell, size_t most, uint64_t seed);

// `show` makes a part's picture and text for a cell.
using Show = std::function<Shown(const Cell& cell, const Chosen& chosen)>;

// Galleries show the first choice of the options. Without `show` there are none.
std::string to_html(const Analysis& analysis, const Options& options, const Facts& facts,
                    const Show& show);

}  // namespace cadrecode::report
