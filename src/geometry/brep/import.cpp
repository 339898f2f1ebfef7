#include "geometry/brep/import.h"

#include <BRepTools.hxx>
#include <BRep_Builder.hxx>
#include <sstream>

#include "base/files.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {

Imported import_brep(const std::string& path) {
  return guarded("read a BREP file", [&] {
    std::string text = read_file(path);
    // The kernel would complain of foreign files on standard output.
    if (text.find("CASCADE Topology V") == std::string::npos) {
      throw Error(ErrorKind::kInput, "not a BREP file", {path});
    }
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    TopoDS_Shape shape;
    BRep_Builder builder;
    BRepTools::Read(shape, in, builder);
    if (shape.IsNull()) throw Error(ErrorKind::kInput, "not a readable BREP file", {path});
    return Imported{{wrap(shape)}, "", ""};
  });
}

Imported import_shape_file(const std::string& path) {
  std::string ending = lower_extension(path);
  if (ending == ".step" || ending == ".stp") return import_step(path);
  if (ending == ".brep" || ending == ".brp") return import_brep(path);
  throw Error(ErrorKind::kUnsupported,
              "cannot read '" + path + "' as a solid: the ending must be .step, .stp or .brep");
}

}  // namespace cadrecode::brep
