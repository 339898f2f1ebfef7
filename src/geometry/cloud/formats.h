// The readers behind io.h, one function a format.
#pragma once

#include <string>
#include <string_view>

#include "geometry/cloud/io.h"

namespace cadrecode::cloud {

// Each fills file.cloud as the file has it; unusable points go later, together.
void read_npy(std::string_view bytes, const std::string& name, CloudFile& file);
void read_xyz(std::string_view bytes, const std::string& name, CloudFile& file);
void read_ply(std::string_view bytes, const std::string& name, CloudFile& file);
void read_pcd(std::string_view bytes, const std::string& name, CloudFile& file);

}  // namespace cadrecode::cloud
