// Reading shapes from files. Damaged or foreign files: kInput naming the path.
#pragma once

#include <string>
#include <vector>

#include "geometry/brep/shape.h"

namespace cadrecode::brep {

struct Imported {
  std::vector<Shape> shapes;  // every root, in file order, in millimetres for STEP
  std::string unit;           // the length unit the file states ("mm", "in", …); "" if none
  std::string name;           // first product name; "" if none
};

Imported import_step(const std::string& path);
Imported import_brep(const std::string& path);
// By extension: .step .stp .brep .brp.
Imported import_shape_file(const std::string& path);

}  // namespace cadrecode::brep
