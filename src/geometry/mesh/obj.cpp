// Wavefront OBJ: vertices and faces; everything else is passed over.
#include "geometry/mesh/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

// "7", "7/1", "7/1/2", "7//2" or negative, counting from the last vertex.
uint32_t vertex_index(std::string_view word, size_t vertices, const TextCursor& text) {
  const auto number = parse_integer(word.substr(0, word.find('/')));
  if (!number || *number == 0) text.fail("not a vertex number: '" + shown(word) + "'");
  const int64_t index = *number > 0 ? *number - 1 : static_cast<int64_t>(vertices) + *number;
  if (index < 0 || index >= static_cast<int64_t>(vertices)) {
    text.fail("a face names vertex " + std::to_string(*number) + ", but there are " +
              std::to_string(vertices) + " so far");
  }
  return static_cast<uint32_t>(index);
}

Vec3 vertex(std::string_view rest, const TextCursor& text) {
  Vec3 p;
  for (int axis = 0; axis < 3; ++axis) {
    const std::string_view word = next_word(rest);
    const auto value = parse_number(word);
    if (!value) text.fail("not a coordinate: '" + shown(word) + "'");
    p[axis] = *value;
  }
  return p;
}

}  // namespace

void read_obj(std::string_view bytes, const std::string& name, const ReadOptions& options,
              MeshFile& file) {
  TextCursor text(bytes, name);
  TriangleMesh& mesh = file.mesh;
  std::vector<uint32_t> corners;
  std::string joined;  // a line continued by a backslash
  std::string_view line;
  while (text.next_line(line)) {
    if (trim(line).ends_with('\\')) {
      line = trim(line);
      joined.assign(line.substr(0, line.size() - 1));
      while (text.next_line(line)) {
        const bool more = trim(line).ends_with('\\');
        if (more) line = trim(line), line.remove_suffix(1);
        joined += ' ';
        joined += line;
        if (!more) break;
      }
      line = joined;
    }
    const std::string_view word = next_word(line);
    if (word == "v") {
      mesh.vertices.push_back(vertex(line, text));
    } else if (word == "f" || word == "fo") {
      corners.clear();
      for (std::string_view w = next_word(line); !w.empty() && w[0] != '#'; w = next_word(line)) {
        corners.push_back(vertex_index(w, mesh.vertices.size(), text));
      }
      if (corners.size() < 3) text.fail("a face needs three vertices");
      add_polygon(mesh, corners);
    } else if (word.starts_with('#') && file.unit == Unit::kUnknown &&
               line.find("nit") != std::string_view::npos) {
      file.unit = unit_hint(line);
    }
  }
  check_count(mesh.vertices.size(), ~uint64_t{0}, 1, "vertices", name, options);
  check_count(mesh.triangles.size(), ~uint64_t{0}, 1, "triangles", name, options);
}

}  // namespace cadrecode::mesh
