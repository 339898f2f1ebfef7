// The CAD question answering benchmark of QueryCAD (Kienle et al., 2025): questions in
// English about STEP parts, answers measured by hand.
//
// A sample is a folder with input.txt (a question a line), solution.txt (an answer a
// line), optionally metadata.txt ("sorted": order does not count) and cad.step. Answers
// are Python literals in metres, or "re" followed by a regular expression.
//
// Scoring is the published one (benchmark/scripts/02-evaluate-approach.ipynb): floats
// are rounded to four decimals, lists of one element are that element, "sorted" sorts
// both sides, and the answer's text must match the label's expression from its start.
// The match is of a prefix there (0.0061 satisfies 0.006); `exact` asks for all of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/question/query.h"
#include "pipeline/sheet/sheet.h"

namespace cadrecode::cadqa {

struct Question {
  std::string set, part;  // "abc", "00000002"
  int index = 0;
  std::string text, label;
  bool sorted = false;
  std::string step;  // path of the part; empty: not in the published files
};

// Every sample under `folder`, sets and parts in name order. Errors: kInput when a
// sample has more questions than answers, or there is none.
std::vector<Question> read_questions(const std::string& folder);

// An answer as the benchmark writes it: a Python literal in metres.
std::string literal(const question::Value& value, double millimetres);

struct Score {
  bool right = false;  // as published
  bool exact = false;  // the whole text matches
};
Score score(const Question& question, const std::string& answer);

// Whether a label is met by one measuring call on the sheet, whatever the question:
// by a value of the part as a whole, a value the sheet states of one feature or
// pattern, a property of a selection of features (by kind, side, through or blind, rank
// or diameter), or the least or greatest distance within a selection. Lists count as
// sets of equal members. Of a label met in several ways the first in that order counts.
struct Reach {
  bool whole = false, feature = false, selection = false, distance = false;
  std::string call;  // the first that meets it
  bool any() const { return whole || feature || selection || distance; }
};
// The answers of every call on a sheet, made once.
struct Calls;
struct CallsDeleter {
  void operator()(Calls* calls) const;
};
using CallsPtr = std::unique_ptr<Calls, CallsDeleter>;
CallsPtr all_calls(const sheet::Sheet& sheet);
size_t size(const Calls& calls);
Reach reach(const Calls& calls, const Question& question);

}  // namespace cadrecode::cadqa
