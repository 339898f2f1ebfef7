// Mutants of sketch-and-extrude programs: what a model's mistakes look like.
//
// mutant(code, seed, i) is a pure function of its arguments: one to three edits,
// each chosen uniformly from
//   nudge      a number moved by -20 … 20             sign     a number negated
//   copy       a number replaced by another of the text
//   zero       a number set to 0                       scale    a number times 0.1 … 3
//   plane      'XY', 'YZ', 'ZX' exchanged              mode     mode='s' and 'a' exchanged
//   drop       a step or curve taken out               twice    one repeated
//   swap       two calls of one chain exchanged        turn     a chain's calls rotated
//   operation  union, cut and intersect exchanged      lines    two lines exchanged or one dropped
// An edit that finds nothing to change is skipped. No text of any corpus is in
// here; the programs come from where the corpus lies.
#pragma once

#include <cstdint>
#include <string>

namespace cadrecode::measure {

std::string mutant(const std::string& code, uint64_t seed, uint64_t index);

}  // namespace cadrecode::measure
