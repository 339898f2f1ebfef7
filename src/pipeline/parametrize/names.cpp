// What features are called: kind words from their shape, numbered where several
// are of one kind.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pipeline/parametrize/finder.h"

namespace cadrecode::parametrize {
namespace {

constexpr double kThin = 0.35;      // a plate's thickness beside its next larger side
constexpr double kOpenShare = 0.4;  // of a frame's area that its opening takes

bool concentric_ring(const RawOuter& o) {
  return o.inner.size() == 1 && o.inner[0].outline.kind == Outline::Kind::kCircle &&
         o.inner[0].places.size() == 1 && norm(o.inner[0].places[0]) < 1e-3 * o.shape.outline.width;
}

bool frame_like(const RawOuter& o) {
  const RawOutline& a = o.shape.outline;
  return o.inner.size() == 1 && o.inner[0].places.size() == 1 &&
         o.inner[0].outline.width * o.inner[0].outline.height > kOpenShare * a.width * a.height;
}

std::string polygon_word(size_t corners) {
  return corners == 6   ? "hexagon"
         : corners == 3 ? "triangle"
         : corners == 4 ? "diamond"
                        : "polygon";
}

std::string solid_word(const RawOuter& o, double depth, bool first) {
  const RawOutline& a = o.shape.outline;
  switch (a.kind) {
    case Outline::Kind::kCircle:
      if (concentric_ring(o)) return depth < 0.5 * a.width ? "ring" : "tube";
      if (depth < kThin * a.width) return "disc";
      return first ? "cylinder" : "boss";
    case Outline::Kind::kRectangle: {
      std::array<double, 3> size{a.width, a.height, depth};
      std::sort(size.begin(), size.end());
      if (frame_like(o)) return "frame";
      return size[0] < kThin * size[1] ? "plate" : "block";
    }
    case Outline::Kind::kPolygon:
      return polygon_word(a.corners.size());
    case Outline::Kind::kChain:
      return frame_like(o) ? "frame" : "body";
  }
  return "body";
}

std::string hollow_word(const RawOutline& o) {
  switch (o.kind) {
    case Outline::Kind::kCircle:
      return "hole";
    case Outline::Kind::kRectangle:
      return std::max(o.width, o.height) > 3 * std::min(o.width, o.height) ? "slot" : "opening";
    case Outline::Kind::kPolygon:
      return polygon_word(o.corners.size()) + "_hole";
    case Outline::Kind::kChain:
      return "cutout";
  }
  return "cutout";
}

std::string shape_word(const RawOutline& o) {
  switch (o.kind) {
    case Outline::Kind::kCircle:
      return "circle";
    case Outline::Kind::kRectangle:
      return "rectangle";
    case Outline::Kind::kPolygon:
      return "regular " + std::to_string(o.corners.size()) + "-gon";
    case Outline::Kind::kChain:
      break;
  }
  const bool arcs = std::any_of(o.bulges.begin(), o.bulges.end(), [](double b) { return b != 0; });
  return arcs ? "outline of lines and arcs" : "outline of lines";
}

// Numbers are given once all are counted: "hole", or "hole1" and "hole2".
class Numbering {
 public:
  void count(const std::string& word) { ++total_[word]; }
  std::string next(const std::string& word) {
    return total_[word] == 1 ? word : word + std::to_string(++used_[word]);
  }

 private:
  std::map<std::string, int> total_, used_;
};

// In order of feature, outer, inner: f(word to number, feature, outer or -1, inner or -1).
template <class Visit>
void visit_words(const std::vector<RawFeature>& raw, const Visit& visit) {
  for (size_t i = 0; i < raw.size(); ++i) {
    const RawFeature& f = raw[i];
    const bool join = f.operation == part::Operation::kJoin;
    std::string whole = f.outers.size() > 1 ? (join ? "bodies" : "cuts") : "";
    if (f.operation == part::Operation::kIntersect) whole = "trim";
    if (!whole.empty()) visit(whole, i, -1, -1);
    for (size_t k = 0; k < f.outers.size(); ++k) {
      const RawOuter& o = f.outers[k];
      const int outer = static_cast<int>(k);
      visit(join                                         ? solid_word(o, f.end - f.start, i == 0)
            : f.operation == part::Operation::kIntersect ? std::string("trim_outline")
                                                         : hollow_word(o.shape.outline),
            i, outer, -1);
      for (size_t j = 0; j < o.inner.size(); ++j) {
        const bool ring = o.shape.outline.kind == Outline::Kind::kCircle && concentric_ring(o);
        const std::string word =
            join ? (ring ? "bore" : hollow_word(o.inner[j].outline)) : "island";
        visit(word, i, outer, static_cast<int>(j));
      }
    }
  }
}

}  // namespace

std::vector<FeatureNames> names_of(const std::vector<RawFeature>& raw) {
  Numbering numbers;
  visit_words(raw, [&](const std::string& word, size_t, int, int) { numbers.count(word); });
  std::vector<FeatureNames> out(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    out[i].outers.resize(raw[i].outers.size());
    for (const RawOuter& o : raw[i].outers) out[i].inner.emplace_back(o.inner.size());
  }
  visit_words(raw, [&](const std::string& word, size_t i, int outer, int inner) {
    const std::string name = numbers.next(word);
    if (outer < 0) {
      out[i].name = name;
      return;
    }
    const RawShape& s =
        inner < 0 ? raw[i].outers[static_cast<size_t>(outer)].shape
                  : raw[i].outers[static_cast<size_t>(outer)].inner[static_cast<size_t>(inner)];
    ShapeNames& to = inner < 0
                         ? out[i].outers[static_cast<size_t>(outer)]
                         : out[i].inner[static_cast<size_t>(outer)][static_cast<size_t>(inner)];
    to.name = name;
    to.what = shape_word(s.outline);
    if (inner < 0 && out[i].name.empty()) out[i].name = name;
  });
  return out;
}

std::string extent_word(const RawFeature& raw, bool first) {
  if (raw.operation == part::Operation::kCut) return "depth";
  if (raw.operation == part::Operation::kIntersect) return "extent";
  if (raw.outers.size() > 1) return "height";
  const RawOutline& a = raw.outers[0].shape.outline;
  const double depth = raw.end - raw.start;
  const std::string word = solid_word(raw.outers[0], depth, first);
  if (word == "disc" || word == "ring" || word == "frame") return "thickness";
  if (word == "cylinder" || word == "boss") return "height";
  if (depth < kThin * std::min(a.width, a.height)) return "thickness";
  return "";
}

}  // namespace cadrecode::parametrize
