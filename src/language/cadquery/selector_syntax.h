// The grammar of CadQuery's string selectors: ">Z", "|X and not <Y", ">>(1,0,1)[-2]", "%PLANE".
//
// Text to a tree; what the tree selects stands in selectors.h. The language is the one of
// cadquery/selectors.py (2.8), whose precedence is unusual and kept: `and` binds tightest, then
// `or`, then `exc`/`except`; `not` may stand before any operand and takes everything to its right,
// so "|X and not |Y or |Z" is |X and not(|Y or |Z). Words need no space around them ("|Xor|Y").
// Directions are as written, not normalised: XY is (1,1,0).
//
//   expression = or  { ("except" | "exc") or }
//   or         = and { "or" and }
//   and        = operand { "and" operand }
//   operand    = simple | "not" expression | "(" expression ")"
//   simple     = direction                                   as +direction
//              | "%" curve or surface type, any case
//              | (">" | "<" | ">>" | "<<") direction [ "[" ["-"] digits "]" ]
//              | ("|" | "#" | "+" | "-") direction
//              | "front" | "back" | "left" | "right" | "top" | "bottom"
//   direction  = "XY" | "XZ" | "YZ" | "X" | "Y" | "Z" | "(" number "," number "," number ")"
//   number     = ["+" | "-"] digits [ "." [digits] ]
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/vec.h"

namespace cadrecode::cadquery {

enum class SelectorKind {
  kParallel,       // |v
  kPerpendicular,  // #v
  kAligned,        // +v, -v (the vector already turned round), v alone
  kType,           // %TYPE
  kExtreme,        // >v, <v and the named views: farthest cluster of centres
  kDirectionNth,   // >v[n]: parallel to v, then the n-th cluster of centres
  kCenterNth,      // >>v, >>v[n]: the n-th cluster of centres, whatever the kind
  kAnd,
  kOr,
  kExcept,
  kNot,
};

struct SelectorSyntax {
  SelectorKind kind = SelectorKind::kAligned;
  Vec3 direction;         // all kinds with a direction
  bool ascending = true;  // '>' (true) or '<'
  int index = -1;         // the n of the n-th kinds; negative counts from the end
  std::string type;       // kType, in capitals
  std::shared_ptr<const SelectorSyntax> left, right;  // combinations; kNot has only left
};

// Throws a value error that quotes `text` and the column at which it stops being a selector.
SelectorSyntax parse_selector_syntax(const std::string& text);

}  // namespace cadrecode::cadquery
