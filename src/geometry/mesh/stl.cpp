// STL. The text form names itself with "solid", but so do the 80 free header
// bytes of many binary files; the size tells them apart.
#include <algorithm>

#include "geometry/mesh/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

constexpr size_t kHeader = 84, kRecord = 50;

void read_binary(std::string_view bytes, const std::string& name, const ReadOptions& options,
                 MeshFile& file) {
  if (bytes.size() < kHeader) {
    throw Error(ErrorKind::kInput,
                "STL ends at byte " + std::to_string(bytes.size()) + ", inside its 84-byte header",
                {name});
  }
  const uint32_t count = load<uint32_t>(bytes.data() + 80, false);
  check_count(count, bytes.size() - kHeader, kRecord, "triangles", name, options);
  if (const size_t extra = bytes.size() - kHeader - size_t{count} * kRecord; extra > 0) {
    file.warnings.push_back(std::to_string(extra) + " bytes after the last triangle ignored");
  }
  file.unit = unit_hint(std::string_view(bytes.data(), 80));
  file.mesh.vertices.resize(size_t{count} * 3);
  file.mesh.triangles.resize(count);
  for (uint32_t t = 0; t < count; ++t) {
    const char* record = bytes.data() + kHeader + size_t{t} * kRecord + 12;
    for (uint32_t k = 0; k < 3; ++k) {
      const char* p = record + size_t{k} * 12;
      file.mesh.vertices[size_t{t} * 3 + k] = {load<float>(p, false), load<float>(p + 4, false),
                                               load<float>(p + 8, false)};
    }
    file.mesh.triangles[t] = {t * 3, t * 3 + 1, t * 3 + 2};
  }
}

// solid NAME { facet normal N outer loop vertex P … endloop endfacet } endsolid NAME
void read_text(std::string_view bytes, const std::string& name, const ReadOptions& options,
               MeshFile& file) {
  TextCursor text(bytes, name);
  TriangleMesh& mesh = file.mesh;
  size_t in_facet = 0;
  bool open = false;
  for (std::string_view word = text.next_word(); !word.empty(); word = text.next_word()) {
    if (is_word(word, "vertex")) {
      const double x = text.next_number("x of a vertex"), y = text.next_number("y of a vertex"),
                   z = text.next_number("z of a vertex");
      mesh.vertices.push_back({x, y, z});
      ++in_facet;
    } else if (is_word(word, "endfacet")) {
      if (in_facet != 3) text.fail("a facet has " + std::to_string(in_facet) + " vertices, not 3");
      const auto end = static_cast<uint32_t>(mesh.vertices.size());
      mesh.triangles.push_back({end - 3, end - 2, end - 1});
      check_count(mesh.triangles.size(), ~uint64_t{0}, 1, "triangles", name, options);
      in_facet = 0;
    } else if (is_word(word, "solid")) {
      if (open) text.fail("'solid' inside a solid: an 'endsolid' is missing");
      const Unit unit = unit_hint(text.rest_of_line());
      if (file.unit == Unit::kUnknown) file.unit = unit;
      open = true;
    } else if (is_word(word, "endsolid")) {
      if (in_facet != 0) text.fail("'endsolid' inside a facet");
      text.rest_of_line();
      open = false;
    } else if (is_word(word, "facet")) {
      if (in_facet != 0) text.fail("a facet has no 'endfacet'");
    } else if (is_word(word, "normal")) {
      for (int i = 0; i < 3; ++i) text.next_word();  // often wrong; the turn says it
    } else if (!is_word(word, "outer") && !is_word(word, "loop") && !is_word(word, "endloop")) {
      text.fail("not a word of STL: '" + shown(word) + "'");
    }
  }
  if (in_facet != 0 || open) text.fail("the file ends before 'endsolid'");
}

}  // namespace

void read_stl(std::string_view bytes, const std::string& name, const ReadOptions& options,
              MeshFile& file) {
  if (file.format == Format::kStlText) {
    read_text(bytes, name, options, file);
  } else {
    read_binary(bytes, name, options, file);
  }
}

}  // namespace cadrecode::mesh
