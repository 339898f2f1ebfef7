#include "learning/convert/sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "geometry/part/build.h"
#include "geometry/part/loop.h"
#include "learning/convert/loops.h"

namespace cadrecode::convert {
namespace {

using nlohmann::json;
using part::Curve;
using part::Loop;

constexpr double kAxisTolerance = 1e-6;   // of unit vectors
constexpr double kChainTolerance = 1e-5;  // of the sketch's size
constexpr double kFlat = 1e-5;            // of the sketch's size, off its plane

// A value of the text and where it stands in it.
class Node {
 public:
  Node(const json& value, std::string path, const std::string& file)
      : value_(value), path_(std::move(path)), file_(file) {}

  [[noreturn]] void fail(ErrorKind kind, const std::string& why) const {
    throw Error(kind, (path_.empty() ? "" : path_ + ": ") + why, {file_, 0, 0});
  }
  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }
  Node operator[](const std::string& key) const {
    if (!value_.is_object()) fail(ErrorKind::kInput, "is no object");
    const auto at = value_.find(key);
    if (at == value_.end()) fail(ErrorKind::kInput, "'" + key + "' is missing");
    return {*at, path_.empty() ? key : path_ + "." + key, file_};
  }
  size_t size() const {
    if (!value_.is_array()) fail(ErrorKind::kInput, "is no list");
    return value_.size();
  }
  Node operator[](size_t i) const { return {value_.at(i), fmt::format("{}[{}]", path_, i), file_}; }
  std::string text() const {
    if (!value_.is_string()) fail(ErrorKind::kInput, "is no text");
    return value_.get<std::string>();
  }
  double number() const {
    if (!value_.is_number()) fail(ErrorKind::kInput, "is no number");
    const double v = value_.get<double>();
    if (!(std::abs(v) < 1e9)) fail(ErrorKind::kInput, "is too large a number");
    return v;
  }
  bool truth() const {
    if (!value_.is_boolean()) fail(ErrorKind::kInput, "is neither true nor false");
    return value_.get<bool>();
  }
  Vec3 vector() const {
    return {(*this)["x"].number(), (*this)["y"].number(), (*this)["z"].number()};
  }
  // Runs `work`; geometric refusals without a place get this one.
  template <typename Work>
  auto placed(const Work& work) const {
    try {
      return work();
    } catch (const Error& error) {
      if (error.has_place()) throw;
      fail(error.kind(), error.what());
    }
  }

 private:
  const json& value_;
  std::string path_;
  const std::string& file_;
};

double plain(double v) {
  if (std::abs(v) < 1e-9) return 0;
  if (std::abs(std::abs(v) - 1) < 1e-9) return v < 0 ? -1 : 1;
  return v;
}

class Reader {
 public:
  Reader(const Node& root, Archive archive)
      : root_(root), archive_(archive), unit_(archive == Archive::kDeepcad ? 1000 : 10) {}

  Sequence read() {
    Sequence out;
    std::set<std::string> done;  // Fusion 360 may list an extrusion's parts
    const Node list = root_["sequence"];
    for (size_t i = 0; i < list.size(); ++i) {
      const std::string type = list[i]["type"].text();
      if (type == "Sketch") continue;
      if (type != "ExtrudeFeature") {
        list[i].fail(ErrorKind::kUnsupported,
                     "a feature '" + type + "', not a sketch or extrusion");
      }
      const std::string id = list[i]["entity"].text();
      if (done.insert(id).second) extrude(root_["entities"][id], out.part);
    }
    if (out.part.steps.empty())
      root_.fail(ErrorKind::kUnsupported, "a sequence without extrusions");
    if (out.part.steps[0].operation != part::Operation::kJoin) {
      root_.fail(ErrorKind::kUnsupported,
                 "the first extrusion cuts or intersects: nothing is there yet");
    }
    if (root_.has("properties") && root_["properties"].has("bounding_box")) {
      const Node box = root_["properties"]["bounding_box"];
      const Vec3 lo = box["min_point"].vector() * unit_, hi = box["max_point"].vector() * unit_;
      out.box = {lo, hi};
    }
    return out;
  }

 private:
  // ---- extrusions -----------------------------------------------------------

  void extrude(const Node& e, part::Part& part) {
    const Node profiles = e["profiles"];
    if (profiles.size() == 0) {
      e.fail(ErrorKind::kUnsupported,
             "an extrusion without profiles: its shape is not in the file");
    }
    const auto [start, end] = extent(e);
    const part::Operation operation = operation_of(e["operation"]);
    // Profiles of one sketch are joined in the plane; several sketches, rare,
    // become several steps.
    std::vector<std::pair<std::string, part::Profile>> sketches;
    for (size_t i = 0; i < profiles.size(); ++i) {
      const std::string sketch = profiles[i]["sketch"].text();
      const Node node = root_["entities"][sketch]["profiles"][profiles[i]["profile"].text()];
      const part::Profile p = node.placed([&] { return profile(node); });
      const auto at = std::find_if(sketches.begin(), sketches.end(),
                                   [&](const auto& s) { return s.first == sketch; });
      if (at == sketches.end()) {
        sketches.emplace_back(sketch, p);
      } else {
        at->second =
            node.placed([&] { return part::combine(at->second, p, part::Operation::kJoin); });
      }
    }
    if (sketches.size() > 1 && operation == part::Operation::kIntersect) {
      e.fail(ErrorKind::kUnsupported, "an intersection with profiles of several sketches");
    }
    for (auto& [sketch, profile] : sketches) {
      const Frame plane = frame(root_["entities"][sketch]["transform"]);
      part.steps.push_back({operation, {plane, std::move(profile), start, end}});
    }
  }

  static part::Operation operation_of(const Node& node) {
    const std::string word = node.text();
    if (word == "NewBodyFeatureOperation" || word == "JoinFeatureOperation") {
      return part::Operation::kJoin;
    }
    if (word == "CutFeatureOperation") return part::Operation::kCut;
    if (word == "IntersectFeatureOperation") return part::Operation::kIntersect;
    node.fail(ErrorKind::kUnsupported, "an operation '" + word + "'");
  }

  double distance(const Node& extent) const {
    const std::string type =
        extent.has("type") ? extent["type"].text() : "DistanceExtentDefinition";
    if (type != "DistanceExtentDefinition" && type != "SymmetricExtentDefinition") {
      extent.fail(ErrorKind::kUnsupported, "an extent '" + type + "', not a distance");
    }
    if (extent.has("taper_angle") && std::abs(extent["taper_angle"]["value"].number()) > 1e-9) {
      extent.fail(ErrorKind::kUnsupported, "a tapered extrusion");
    }
    return extent["distance"]["value"].number() * unit_;
  }

  std::pair<double, double> extent(const Node& e) const {
    const std::string type = e["extent_type"].text();
    double from = 0, to = distance(e["extent_one"]);
    if (type == "SymmetricFeatureExtentType") {
      const Node one = e["extent_one"];
      if (one.has("is_full_length") && one["is_full_length"].truth()) to /= 2;
      from = -to;
    } else if (type == "TwoSidesFeatureExtentType") {
      from = -distance(e["extent_two"]);
    } else if (type != "OneSideFeatureExtentType") {
      e.fail(ErrorKind::kUnsupported, "an extent type '" + type + "'");
    }
    const double offset = start_offset(e);
    const double start = std::min(from, to) + offset, end = std::max(from, to) + offset;
    if (!(end - start > part::kTolerance))
      e.fail(ErrorKind::kGeometry, "an extrusion without height");
    return {start, end};
  }

  double start_offset(const Node& e) const {
    if (!e.has("start_extent")) return 0;
    const Node start = e["start_extent"];
    const std::string type = start["type"].text();
    if (type == "ProfilePlaneStartDefinition") return 0;
    if (type == "OffsetStartDefinition") return start["offset"]["value"].number() * unit_;
    start.fail(ErrorKind::kUnsupported, "a start '" + type + "'");
  }

  // ---- sketches -------------------------------------------------------------

  Frame frame(const Node& t) const {
    Frame f;
    f.origin = t["origin"].vector() * unit_;
    f.x = t["x_axis"].vector();
    f.normal = t["z_axis"].vector();
    for (int a = 0; a < 3; ++a) f.x[a] = plain(f.x[a]), f.normal[a] = plain(f.normal[a]);
    const Vec3 y = t["y_axis"].vector();
    if (std::abs(norm(f.x) - 1) > kAxisTolerance || std::abs(norm(f.normal) - 1) > kAxisTolerance ||
        norm(f.y() - y) > 3 * kAxisTolerance) {
      t.fail(ErrorKind::kUnsupported, "axes that are not of length 1, square and right-handed");
    }
    f.normal = normalized(f.normal);
    f.x = normalized(f.x - f.normal * dot(f.x, f.normal));
    return f;
  }

  part::Profile profile(const Node& node) const {
    const Node list = node["loops"];
    std::vector<Loop> loops;
    for (size_t i = 0; i < list.size(); ++i) {
      const Node curves = list[i]["profile_curves"];
      loops.push_back(list[i].placed([&] { return loop(curves); }));
    }
    return profile_of(std::move(loops));
  }

  Loop loop(const Node& list) const {
    std::vector<Curve> curves;
    part::Box2 box;
    for (size_t i = 0; i < list.size(); ++i) {
      curves.push_back(curve(list[i]));
      const Curve& c = curves.back();
      if (c.kind != Curve::Kind::kCircle) box.add(c.start), box.add(c.end), box.add(c.mid);
    }
    return chain(std::move(curves), std::max(kChainTolerance * box.diagonal(), 1e-7));
  }

  Vec2 point(const Node& node) const {
    const Vec3 p = node.vector() * unit_;
    if (std::abs(p.z) > kFlat * std::max({std::abs(p.x), std::abs(p.y), unit_ * 1e-2})) {
      node.fail(ErrorKind::kUnsupported, "a sketch point off the sketch's plane");
    }
    return {p.x, p.y};
  }

  Curve curve(const Node& node) const {
    const std::string type = node["type"].text();
    if (type == "Line3D") return Curve::line(point(node["start_point"]), point(node["end_point"]));
    if (type == "Arc3D") return arc(node);
    if (type == "Circle3D") {
      const double r = node["radius"].number() * unit_;
      if (!(r > part::kTolerance)) node.fail(ErrorKind::kGeometry, "a circle without radius");
      return Curve::circle(point(node["center_point"]), r);
    }
    node.fail(ErrorKind::kUnsupported, "a curve '" + type + "', not a line, arc or circle");
  }

  // The middle is the reference vector turned by the mean angle: counter-clockwise
  // in the sketch, as both archives' own readers have it (the curve's `normal` is
  // the plane's, in the world), unless only the other sense meets both ends.
  Curve arc(const Node& node) const {
    const Vec2 start = point(node["start_point"]), end = point(node["end_point"]),
               center = point(node["center_point"]);
    const double r = node["radius"].number() * unit_;
    const double a0 = node["start_angle"].number(), a1 = node["end_angle"].number();
    const Vec3 reference = node["reference_vector"].vector();
    const auto at = [&](double angle, double sense) {
      const double c = std::cos(angle), s = sense * std::sin(angle);
      return center +
             Vec2{reference.x * c - reference.y * s, reference.x * s + reference.y * c} * r;
    };
    for (const double sense : {1.0, -1.0}) {
      const Vec2 p = at(a0, sense), q = at(a1, sense);
      const double off = std::min(std::max(norm(p - start), norm(q - end)),
                                  std::max(norm(p - end), norm(q - start)));
      if (off > 1e-4 * r) continue;
      const Curve c = Curve::arc(start, at((a0 + a1) / 2, sense), end);
      if (!part::segment(c)) node.fail(ErrorKind::kGeometry, "an arc without length");
      return c;
    }
    node.fail(ErrorKind::kGeometry, "an arc whose angles do not lead to its ends");
  }

  const Node& root_;
  Archive archive_;
  double unit_;  // millimetres in the file's unit
};

}  // namespace

Sequence read_sequence(std::string_view text, Archive archive, const std::string& name) {
  json parsed;
  try {
    parsed = json::parse(text);
  } catch (const json::parse_error& error) {
    const size_t at = std::min(error.byte ? error.byte - 1 : 0, text.size());
    const auto before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n');
    const size_t column = at - (line ? before.rfind('\n') + 1 : 0);
    throw Error(ErrorKind::kInput,
                at >= text.size() ? "the JSON text ends too early: the file is cut off"
                                  : "the text is no JSON",
                {name, static_cast<int>(line) + 1, static_cast<int>(column) + 1});
  } catch (const json::exception&) {
    throw Error(ErrorKind::kInput, "a number in the JSON text is beyond all measure", {name, 1, 1});
  }
  const Node root(parsed, "", name);
  return Reader(root, archive).read();
}

}  // namespace cadrecode::convert
