// Columns of numbers: XYZ, TXT, CSV, PTS, ASC and whatever else looks so.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "geometry/cloud/formats.h"
#include "geometry/mesh/text.h"

namespace cadrecode::cloud {
namespace {

using mesh::is_blank;
using mesh::TextCursor;
using mesh::trim;

constexpr size_t kMostColumns = 16;  // more are passed over

bool is_comment(std::string_view line) {
  return line[0] == '#' || line[0] == ';' || line[0] == '%' || line[0] == '!' ||
         line.starts_with("//");
}

// Cells between blanks, commas, semicolons. Where semicolons or tabs part the
// cells, a comma inside a number is a decimal comma ("1,5;2,0;3,25").
class Row {
 public:
  void split(std::string_view line) {
    size_ = 0;
    const bool semicolons = line.find(';') != line.npos;
    const bool decimal_comma =
        semicolons && line.find(',') != line.npos && line.find('.') == line.npos;
    text_.assign(line);
    if (decimal_comma) std::replace(text_.begin(), text_.end(), ',', '.');
    const auto is_gap = [](char c) { return is_blank(c) || c == ',' || c == ';'; };
    size_t at = 0;
    while (size_ < kMostColumns) {
      while (at < text_.size() && is_gap(text_[at])) ++at;
      if (at == text_.size()) return;
      const size_t from = at;
      while (at < text_.size() && !is_gap(text_[at])) ++at;
      std::string_view cell(text_.data() + from, at - from);
      while (cell.size() > 1 && (cell.front() == '"' || cell.front() == '\'') &&
             cell.back() == cell.front()) {
        cell = cell.substr(1, cell.size() - 2);
      }
      cells_[size_++] = cell;
    }
  }
  size_t size() const { return size_; }
  std::string_view operator[](size_t i) const { return cells_[i]; }
  bool all_numbers() const {
    for (size_t i = 0; i < size_; ++i) {
      if (!mesh::parse_number(cells_[i])) return false;
    }
    return size_ > 0;
  }

 private:
  std::string text_;
  std::array<std::string_view, kMostColumns> cells_;
  size_t size_ = 0;
};

// Which columns hold what; normals only if normal[0] >= 0.
struct Layout {
  std::array<int, 3> point{0, 1, 2};
  std::array<int, 3> normal{-1, -1, -1};
  bool named = false;
};

// "X", "\"x\"", "x [mm]", "Points:0", "normal_x" -> 0…5 for x y z nx ny nz.
int meaning(std::string_view cell) {
  std::string key;
  for (char c : cell) {
    if (c == '[' || c == '(') break;
    if (c != '_' && c != ' ' && c != '"') key += mesh::lower(c);
  }
  constexpr std::array<std::array<const char*, 4>, 6> kNames = {
      {{"x", "points:0", "xcoord", "coordx"},
       {"y", "points:1", "ycoord", "coordy"},
       {"z", "points:2", "zcoord", "coordz"},
       {"nx", "normals:0", "normalx", "normal:0"},
       {"ny", "normals:1", "normaly", "normal:1"},
       {"nz", "normals:2", "normalz", "normal:2"}}};
  for (int i = 0; i < 6; ++i) {
    for (const char* candidate : kNames[static_cast<size_t>(i)]) {
      if (key == candidate) return i;
    }
  }
  return -1;
}

// The layout a line of names gives, if it names x, y and z.
std::optional<Layout> named_layout(const Row& row) {
  std::array<int, 6> at;
  at.fill(-1);
  for (size_t i = 0; i < row.size(); ++i) {
    const int m = meaning(row[i]);
    if (m >= 0 && at[static_cast<size_t>(m)] < 0) at[static_cast<size_t>(m)] = static_cast<int>(i);
  }
  if (at[0] < 0 || at[1] < 0 || at[2] < 0) return std::nullopt;
  Layout layout;
  layout.named = true;
  layout.point = {at[0], at[1], at[2]};
  if (at[3] >= 0 && at[4] >= 0 && at[5] >= 0) layout.normal = {at[3], at[4], at[5]};
  return layout;
}

// A count in front of a block of points (PTS), against what came.
class BlockCount {
 public:
  void begin(int64_t count, const TextCursor& text) {
    finish(text);
    expected_ = count;
    seen_ = 0;
  }
  void row() { ++seen_; }
  void finish(const TextCursor& text) const {
    if (expected_ >= 0 && seen_ < expected_) {
      text.fail("the file announces " + std::to_string(expected_) + " points, but " +
                std::to_string(seen_) + " follow: it is cut off");
    }
  }

 private:
  int64_t expected_ = -1, seen_ = 0;
};

// All numbers of the file: rows of `columns`.
struct Table {
  size_t columns = 0;
  std::vector<double> values;
  size_t rows() const { return columns ? values.size() / columns : 0; }
  double at(size_t row, int column) const {
    return values[row * columns + static_cast<size_t>(column)];
  }
  Vec3 vec(size_t row, const std::array<int, 3>& c) const {
    return {at(row, c[0]), at(row, c[1]), at(row, c[2])};
  }
};

void add_row(const Row& row, const Layout& layout, const TextCursor& text, Table& table) {
  if (table.columns == 0) {
    const int last = std::max({layout.point[0], layout.point[1], layout.point[2], layout.normal[0],
                               layout.normal[1], layout.normal[2]});
    if (row.size() <= static_cast<size_t>(last)) {
      text.fail("a point needs three coordinates, the line has " + std::to_string(row.size()) +
                " values");
    }
    table.columns = row.size();
  }
  if (row.size() < table.columns) {
    text.fail("the line has " + std::to_string(row.size()) + " values, the first had " +
              std::to_string(table.columns));
  }
  for (size_t i = 0; i < table.columns; ++i) {
    const auto value = mesh::parse_number(row[i]);
    if (!value && i < 3) text.fail("not a number: '" + mesh::shown(row[i]) + "'");
    table.values.push_back(value.value_or(std::nan("")));
  }
}

// Three columns in a row that are unit vectors on nearly every row.
std::array<int, 3> find_normals(const Table& table) {
  const size_t rows = table.rows(), step = rows / 1000 + 1;
  for (int c = 3; c + 3 <= static_cast<int>(table.columns); ++c) {
    size_t tried = 0, unit = 0;
    for (size_t r = 0; r < rows; r += step, ++tried) {
      if (std::abs(norm(table.vec(r, {c, c + 1, c + 2})) - 1) < 0.01) ++unit;
    }
    if (tried > 0 && unit * 20 >= tried * 19) return {c, c + 1, c + 2};
  }
  return {-1, -1, -1};
}

}  // namespace

void read_xyz(std::string_view bytes, const std::string& name, CloudFile& file) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  TextCursor text(bytes, name);
  Table table;
  Layout layout;
  BlockCount block;
  Row row;
  bool header_seen = false;
  std::string_view line;
  while (text.next_line(line)) {
    line = trim(line);
    if (line.empty()) continue;
    if (is_comment(line)) {
      row.split(line.substr(line.find_first_not_of("#;%!/ \t") == line.npos
                                ? line.size()
                                : line.find_first_not_of("#;%!/ \t")));
      const auto named = named_layout(row);
      if (named && table.columns == 0) layout = *named;
      if (file.unit == mesh::Unit::kUnknown) file.unit = mesh::unit_hint(line);
      continue;
    }
    row.split(line);
    if (row.size() == 1 && mesh::parse_integer(row[0]).value_or(-1) >= 0) {
      block.begin(*mesh::parse_integer(row[0]), text);
      continue;
    }
    if (table.columns == 0 && !header_seen && !row.all_numbers()) {
      header_seen = true;  // one line of names
      if (const auto named = named_layout(row)) layout = *named;
      continue;
    }
    add_row(row, layout, text, table);
    block.row();
  }
  block.finish(text);
  if (!layout.named) layout.normal = find_normals(table);
  for (size_t r = 0; r < table.rows(); ++r) {
    file.cloud.points.push_back(table.vec(r, layout.point));
    if (layout.normal[0] >= 0) file.cloud.normals.push_back(table.vec(r, layout.normal));
  }
}

}  // namespace cadrecode::cloud
