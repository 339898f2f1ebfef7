// Faces and edges of a training sample, read from files made beforehand.
//
// Making grids needs the CAD kernel, training does not: `cadrecode sample DATA
// --brep -o FOLDER` writes FOLDER/<id>.npz for every program of a data set, and
// here they are read, put into the frame of the sample's points, and turned with
// its program.
#pragma once

#include <memory>
#include <string>

#include "base/random.h"
#include "geometry/mesh/uv_grid.h"
#include "learning/dataset/draw.h"

namespace cadrecode::dataset {

enum class Modality { kPoints, kBrep, kBoth, kMixed };  // kMixed: one of the three, each sample

// What a sample is shown: the modality itself, or an even choice for kMixed.
Modality chosen(Modality modality, const RandomStream& random);

// FOLDER/<id>.npz, '/' and '\\' of the id written as '_'.
std::string brep_path(const std::string& folder, const std::string& id);

// Grids with coordinates in `frame` (draw.h), turned by the cube's rotation.
// Errors: kInput for a missing or damaged file, and for a part without faces.
std::shared_ptr<const mesh::UvGrids> read_brep(const std::string& folder, const std::string& id,
                                               CloudFrame frame, int rotation);

}  // namespace cadrecode::dataset
