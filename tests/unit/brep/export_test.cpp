#include "geometry/brep/export.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "geometry/brep/boolean.h"
#include "geometry/brep/drawing.h"
#include "geometry/brep/facts.h"
#include "geometry/brep/feature.h"
#include "geometry/brep/import.h"
#include "geometry/brep/measure.h"
#include "geometry/brep/solid.h"
#include "geometry/mesh/io.h"
#include "geometry/mesh/measure.h"

namespace cadrecode::brep {
namespace {

namespace fs = std::filesystem;

class Export : public testing::Test {
 protected:
  Export() : folder_(fs::temp_directory_path() / ("brep_export_" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Export() override { fs::remove_all(folder_); }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  // A plate with a bore: planes, a cylinder, an inner wire.
  static Shape plate() { return cut(make_box(40, 30, 5), {make_cylinder(6, 20, {20, 15, -5})}); }

 private:
  fs::path folder_;
};

TEST_F(Export, StepComesBackAsTheSameSolid) {
  Shape shape = plate();
  export_file(shape, file("plate.step"), {.name = "Gehäuse 1"});
  Imported back = import_step(file("plate.step"));
  ASSERT_EQ(back.shapes.size(), 1u);
  EXPECT_EQ(back.unit, "mm");
  EXPECT_EQ(back.name, "Gehäuse 1");
  EXPECT_NE(step_text(shape, {.name = "é"}).find("PRODUCT('\\X2\\00E9\\X0\\'"), std::string::npos);
  Facts a = measure({shape}), b = measure(back.shapes);
  EXPECT_TRUE(b.valid);
  EXPECT_NEAR(a.volume, b.volume, 1e-6 * a.volume);
  EXPECT_EQ(a.faces, b.faces);
  EXPECT_EQ(a.solids, b.solids);
}

TEST_F(Export, StepTextIsTheSameEveryTime) {
  EXPECT_EQ(step_text(plate()), step_text(plate()));
  EXPECT_NE(step_text(plate()).find("SI_UNIT(.MILLI.,.METRE.)"), std::string::npos);
}

TEST_F(Export, StepKeepsInches) {
  write_file(file("a.step"), step_text(make_box(1, 1, 1), {.unit = "in"}));
  Imported back = import_step(file("a.step"));
  EXPECT_EQ(back.unit, "in");
  EXPECT_NEAR(volume(back.shapes[0]), 25.4 * 25.4 * 25.4, 1e-3);
}

TEST_F(Export, StepKeepsEveryBodyOfACompound) {
  Shape two = make_compound({make_box(1, 1, 1), make_box(1, 1, 1, {5, 0, 0})});
  export_file(two, file("two.stp"));
  int solids = 0;
  for (const Shape& shape : import_step(file("two.stp")).shapes) {
    solids += static_cast<int>(shape.solids().size());
  }
  EXPECT_EQ(solids, 2);
}

TEST_F(Export, BrepComesBackExactly) {
  Shape shape = plate();
  export_file(shape, file("plate.brep"));
  Shape back = import_shape_file(file("plate.brep")).shapes.at(0);
  EXPECT_NEAR(volume(back), volume(shape), 1e-9);
  // Beyond this line stand flags that reading sets anew.
  auto geometry = [](const std::string& text) { return text.substr(0, text.find("TShapes")); };
  EXPECT_EQ(geometry(brep_text(back)), geometry(brep_text(shape)));
}

TEST_F(Export, MeshesAreReadableAndClosed) {
  Shape shape = plate();
  for (const char* name : {"plate.stl", "plate.3mf"}) {
    export_file(shape, file(name));
    mesh::TriangleMesh back = mesh::read_mesh(file(name)).mesh;
    EXPECT_NEAR(mesh::volume(back), volume(shape), 0.002 * volume(shape)) << name;
  }
  write_file(file("ascii.stl"), to_bytes(shape, Format::kStlAscii));
  EXPECT_NEAR(mesh::volume(mesh::read_mesh(file("ascii.stl")).mesh), volume(shape),
              0.002 * volume(shape));
}

TEST_F(Export, ThreeMfStatesItsUnitAndBodies) {
  Shape two = make_compound({make_box(1, 1, 1), make_box(1, 1, 1, {5, 0, 0})});
  write_file(file("two.3mf"), threemf_bytes(two, {.unit = "in"}));
  mesh::MeshFile back = mesh::read_mesh(file("two.3mf"));
  EXPECT_EQ(back.unit, mesh::Unit::kInch);
  EXPECT_EQ(back.mesh.triangles.size(), 24u);
}

TEST_F(Export, GlbIsWellFormed) {
  std::string glb = glb_bytes(plate());
  uint32_t length = 0;
  std::memcpy(&length, glb.data() + 8, 4);
  EXPECT_EQ(glb.substr(0, 4), "glTF");
  EXPECT_EQ(length, glb.size());
  EXPECT_EQ(glb.size() % 4, 0u);
  EXPECT_NE(gltf_text(plate(), {.name = "a\"b"}).find("\"a\\\"b\""), std::string::npos);
}

TEST_F(Export, DrawingsShowHiddenLinesDashed) {
  std::string sheet = drawing_sheet(plate(), "plate <1>");
  EXPECT_NE(sheet.find("class=\"hidden\""), std::string::npos);
  EXPECT_NE(sheet.find("plate &lt;1&gt;"), std::string::npos);
  ViewLines front = project_view(plate(), {0, -1, 0}, Vec3{1, 0, 0});
  // The outline is four lines, and the bore's two sides are hidden behind the front face.
  EXPECT_EQ(front.visible.size(), 4u);
  EXPECT_GE(front.hidden.size(), 2u);
  EXPECT_NE(svg(plate()).find("stroke-dasharray"), std::string::npos);
}

TEST_F(Export, RefusesWhatItCannotWriteOrRead) {
  EXPECT_THROW(format_of("a.obj2"), Error);
  EXPECT_THROW(step_text(make_box(1, 1, 1), {.unit = "parsec"}), Error);
  write_file(file("bad.step"), "ISO-10303-21;\nHEADER;\nnonsense");
  write_file(file("bad.brep"), "nothing of the kind");
  for (const char* name : {"bad.step", "bad.brep", "missing.step", "missing.brep"}) {
    try {
      import_shape_file(file(name));
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput) << name << ": " << error.what();
    }
  }
}

TEST_F(Export, NothingIsPrintedToStandardOutput) {
  testing::internal::CaptureStdout();
  export_file(plate(), file("quiet.step"));
  import_step(file("quiet.step"));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace cadrecode::brep
