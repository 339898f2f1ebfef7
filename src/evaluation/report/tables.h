// The tables of a report, once, for every form it takes: text, CSV, LaTeX, page.
//
// Everything is a function of rows and options; no time, machine or path is in it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evaluation/report/analysis.h"
#include "evaluation/report/reference.h"

namespace cadrecode::report {

struct TableRow {
  std::vector<std::string> cells;
  bool quoted = false;  // published elsewhere, not measured here
};

struct Table {
  std::string title;
  std::string note;  // what the columns mean, where they do not say so
  std::vector<std::string> columns;
  std::vector<TableRow> rows;
};

struct DataFacts {
  std::string name, set;  // set: the published one it is, or empty
  uint64_t parts = 0;
  std::string fingerprint;
};

// What the tables say besides the rows.
struct Facts {
  std::vector<DataFacts> data;
  std::map<std::string, std::string> systems;  // name -> what it is, in words
  std::string metrics;                         // in words
};

// In order: the data, then for every data set the official figures with quoted rows
// beside them, what the official rule hides, fixed scale and OpenCADRecode's where
// asked for, growth with candidates, the sweep, comparisons, failures.
std::vector<Table> tables(const Analysis& analysis, const Options& options, const Facts& facts);

std::string to_markdown(const Analysis& analysis, const Options& options, const Facts& facts);
// The main tables with booktabs.
std::string to_latex(const Analysis& analysis, const Options& options, const Facts& facts);
// A line a data set, system and choice, with every figure and interval; missing: empty.
std::string to_csv(const Analysis& analysis);

std::string plain_number(double value, int digits);  // "0.155"; "-" for none
const char* choice_words(Choice choice, size_t candidates);

}  // namespace cadrecode::report
