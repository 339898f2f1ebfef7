// HTML pages that carry everything they need: they open from a disk, without a
// network, and in ten years.
//
// three.js and, where parts are rebuilt, manifold-3d (WebAssembly) are inside this
// program (third_party/web) and are written into each page, which is so never
// smaller than 0.7 MB (1.6 MB with sliders).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geometry/cloud/cloud.h"
#include "geometry/mesh/mesh.h"

namespace cadrecode::page {

// Sliders for a parametrised part that is rebuilt as they move.
struct Sliders {
  std::string title, summary;
  std::string model;    // parametrize::to_json
  std::string program;  // text shown and saved, with the sliders' values as defaults
  std::vector<std::pair<std::string, std::string>> relations;  // kind, what
};
std::string sliders_page(const Sliders& sliders);

// A reconstruction to turn around: the part coloured by its deviation, the input.
struct Comparison {
  std::string title, verdict, reason;
  std::string unit;               // "" where unknown
  mesh::TriangleMesh part;        // fine enough to carry colour (render::Deviations)
  std::vector<double> deviation;  // signed, one a vertex of `part`
  mesh::TriangleMesh input_mesh;  // one of the two
  cloud::PointCloud input_cloud;
  std::vector<std::pair<std::string, std::string>> figures;  // name, value with unit
  std::string program;
  std::string sliders;  // link to the page with sliders, relative; empty: none
};
std::string comparison_page(const Comparison& comparison);

// One page over many reconstructions: a table with a picture a row.
struct Entry {
  std::string id, verdict, reason, picture, link;  // picture and link: relative, may be empty
  std::vector<std::string> cells;                  // one for each column
};
std::string index_page(const std::string& title, const std::string& summary,
                       const std::vector<std::string>& columns, const std::vector<Entry>& entries);

}  // namespace cadrecode::page
