#include "geometry/brep/version.h"

#include <Standard_Version.hxx>

namespace cadrecode::brep {

std::string kernel_version() { return OCC_VERSION_COMPLETE; }

}  // namespace cadrecode::brep
