// Errors with a kind and a place.
//
// Every failure the program reports is an `Error`: what kind it is (which the
// command line maps to an exit code and JSON rows carry as `error.kind`), a
// message that names the offending value and, where there is one, the remedy,
// and the place in the input it concerns.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace cadrecode {

// Kinds as they stand in JSON (`error.kind`).
enum class ErrorKind {
  kSyntax,       // text that is not the language or format it claims to be
  kUnsupported,  // understood, but outside what this program does
  kValue,        // a value, name or type the called operation cannot take
  kGeometry,     // the geometry kernel could not build the shape
  kLimit,        // a budget was used up: time, memory, steps, size
  kInput,        // a file that is missing, unreadable or damaged
  kInternal,     // a defect of this program
};

// "syntax", "unsupported", …; the inverse accepts exactly those words.
const char* to_string(ErrorKind kind);
ErrorKind error_kind_from_string(const std::string& word);

// A position in a text: 1-based line and column; 0 where unknown.
// `file` may be empty (a program from a batch row).
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

// "file:line:column", leaving out what is unknown.
std::string to_string(const Place& place);

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message, Place place = {})
      : std::runtime_error(message), kind_(kind), place_(std::move(place)) {}

  ErrorKind kind() const { return kind_; }
  const Place& place() const { return place_; }
  bool has_place() const { return place_.line > 0 || !place_.file.empty(); }

  // The same error at `place`, unless it already has one.
  Error at(const Place& place) const { return has_place() ? *this : Error(kind_, what(), place); }

 private:
  ErrorKind kind_;
  Place place_;
};

}  // namespace cadrecode
