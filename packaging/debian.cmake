# cpack -G DEB in the build folder: cadrecode (the program), libcadrecode-dev (for C++), and
# cadrecode-train where libtorch was found. What the binaries need is asked of
# dpkg-shlibdeps; only what no binary names is listed by hand.
set(CADRECODE_MAINTAINER "The cadrecode authors <maintainers@cadrecode.invalid>" CACHE STRING
  "Maintainer field of the Debian packages")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cadrecode)
set(CPACK_PACKAGE_VENDOR cadrecode)
set(CPACK_PACKAGE_CONTACT "${CADRECODE_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_OUTPUT_FILE_PREFIX ${CMAKE_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime dev)
if(TARGET cadrecode-train)
  list(APPEND CPACK_COMPONENTS_ALL train)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME cadrecode)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION science)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "fonts-dejavu-core")  # letters of text()
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "cadrecode-train")
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "scans to editable CadQuery programs
Turns scans, meshes, point clouds and STEP files into editable CadQuery
programs with STEP, STL, drawings and a report of how well they fit, and
executes CadQuery programs natively, each in a confined worker. Also draws
procedural parts, decodes models and measures predictions.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libcadrecode-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
string(CONCAT dev_needs "libfmt-dev, libexpat1-dev, zlib1g-dev, libhwy-dev, libnanoflann-dev, libfreetype-dev, "
  "nlohmann-json3-dev, libocct-foundation-dev, libocct-modeling-data-dev, libocct-modeling-algorithms-dev, "
  "libocct-data-exchange-dev, libocct-visualization-dev, libocct-ocaf-dev, libtbb-dev")
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "${dev_needs}")
set(CPACK_COMPONENT_DEV_DESCRIPTION "sketch-and-extrude geometry and CadQuery for C++
Headers, static libraries and CMake package files of cadrecode: parts,
meshes and clouds measured without a CAD kernel, program text and its
meaning, and the isolated execution of CadQuery programs.")

set(CPACK_DEBIAN_TRAIN_PACKAGE_NAME cadrecode-train)
set(CPACK_DEBIAN_TRAIN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_TRAIN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TRAIN_PACKAGE_DEPENDS "cadrecode (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_TRAIN_DESCRIPTION "training of models for cadrecode
The commands `cadrecode train` and `cadrecode merge`, which need libtorch.")
include(CPack)
