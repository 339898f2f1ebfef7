// Geomview's Object File Format: [ST][C][N]OFF, counts, vertices, faces.
#include "geometry/mesh/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::mesh {
namespace {

// The next line with something on it, comments taken off.
std::string_view content_line(TextCursor& text, const char* expected) {
  std::string_view line;
  while (text.next_line(line)) {
    line = trim(line.substr(0, line.find('#')));
    if (!line.empty()) return line;
  }
  text.fail(std::string(expected) + " expected, the file ends here");
}

uint64_t count(std::string_view& line, const TextCursor& text) {
  const std::string_view word = next_word(line);
  const auto number = parse_integer(word);
  if (!number || *number < 0) text.fail("not a count: '" + shown(word) + "'");
  return static_cast<uint64_t>(*number);
}

// Returns what stands on the header's line after the keyword.
std::string_view header(TextCursor& text) {
  std::string_view line = content_line(text, "OFF");
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  std::string_view rest = line;
  std::string_view word = next_word(rest);
  const size_t keyword = word.find("OFF");  // some writers set no blank: "OFF8 6 12"
  if (keyword == word.npos) text.fail("an OFF file begins with 'OFF'");
  word = word.substr(0, keyword + 3);
  line.remove_prefix(word.size());
  if (word.find('4') != word.npos || word.find('n') != word.npos) {
    throw Error(ErrorKind::kUnsupported,
                "OFF in other than three dimensions: '" + shown(word) + "'",
                {text.name(), text.line()});
  }
  if (is_word(trim(line), "binary")) {
    throw Error(ErrorKind::kUnsupported, "binary OFF; save it as text, PLY or STL",
                {text.name(), text.line()});
  }
  return trim(line);
}

}  // namespace

void read_off(std::string_view bytes, const std::string& name, const ReadOptions& options,
              MeshFile& file) {
  TextCursor text(bytes, name);
  std::string_view line = header(text);
  if (line.empty()) line = content_line(text, "the counts");
  const uint64_t vertices = count(line, text), faces = count(line, text);
  const uint64_t left = bytes.size() - text.offset() + 1;
  check_count(vertices, left, 6, "vertices", name, options);
  check_count(faces, left, 2, "faces", name, options);

  TriangleMesh& mesh = file.mesh;
  mesh.vertices.reserve(vertices);
  for (uint64_t v = 0; v < vertices; ++v) {
    line = content_line(text, "a vertex");
    Vec3 p;
    for (int axis = 0; axis < 3; ++axis) {
      const std::string_view word = next_word(line);
      const auto value = parse_number(word);
      if (!value) text.fail("not a coordinate: '" + shown(word) + "'");
      p[axis] = *value;
    }
    mesh.vertices.push_back(p);
  }
  std::vector<uint32_t> corners;
  for (uint64_t f = 0; f < faces; ++f) {
    line = content_line(text, "a face");
    const uint64_t n = count(line, text);
    if (n > line.size() / 2 + 1)
      text.fail("a face of " + std::to_string(n) + " corners is cut off");
    corners.clear();
    for (uint64_t i = 0; i < n; ++i) {
      const uint64_t corner = count(line, text);
      if (corner >= vertices) {
        text.fail("a face names vertex " + std::to_string(corner) + ", but there are " +
                  std::to_string(vertices));
      }
      corners.push_back(static_cast<uint32_t>(corner));
    }
    add_polygon(mesh, corners);
  }
}

}  // namespace cadrecode::mesh
