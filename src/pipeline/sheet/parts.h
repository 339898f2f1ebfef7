// Inside the room: the steps from a survey to a sheet.
#pragma once

#include "geometry/mesh/query.h"
#include "pipeline/sheet/sheet.h"

namespace cadrecode::sheet {

// Surfaces stored as something more general than they are, named for what they are.
void recognise(mesh::Survey& survey, double tolerance);

// Everything the steps look up: who lies next to whom, and where rays end.
struct Context {
  const mesh::Survey& survey;
  const mesh::MeshIndex& rays;
  Box3 box;
  double tiny = 0;                         // lengths below it are nothing
  std::vector<std::vector<int>> edges_of;  // by face
  std::vector<std::vector<const mesh::SurveySample*>> samples_of;

  Context(const mesh::Survey& s, const mesh::MeshIndex& index);
  int other(int edge, int face) const;  // the face across; -1
  bool open_towards(Vec3 from, Vec3 direction) const;
  Sides seen(const std::vector<int>& faces) const;  // by any sample
};

void find_round_features(const Context& c, std::vector<Feature>& out, std::vector<char>& used);
void find_openings(const Context& c, std::vector<Feature>& out, const std::vector<char>& used);
void find_small_faces(const Context& c, std::vector<Feature>& out, std::vector<char>& used);
void find_flats(const Context& c, std::vector<Feature>& out);

std::vector<Pattern> find_patterns(const std::vector<Feature>& features, double tiny);
Wall measure_walls(const Context& c);
Symmetry find_symmetry(const Context& c, const Sheet& sheet);

}  // namespace cadrecode::sheet
