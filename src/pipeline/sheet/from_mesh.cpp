// A mesh as a survey: triangles that meet smoothly become faces, the lines where they
// do not become edges. The meshes of CAD programs keep their sharp edges, so this
// finds the faces they were made of; of a rough scan it finds little, and says so by
// leaving those faces freeform.
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "base/error.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"
#include "pipeline/sheet/parts.h"

namespace cadrecode::sheet {
namespace {

using mesh::CurveKind;
using mesh::Meeting;
using mesh::SurfaceKind;
using mesh::Survey;
using mesh::SurveyEdge;
using mesh::SurveyFace;
using mesh::TriangleMesh;

constexpr double kFlat = 0.99999;    // cosine: two triangles of one plane
constexpr double kBend = 0.85;       // cosine: of one curved face (about 32 degrees)
constexpr size_t kFewestCurved = 6;  // strips of a curved face

using Line = std::pair<uint32_t, uint32_t>;  // the ends of a mesh edge, lower first

struct Net {
  std::vector<Vec3> normal;  // unit, of each triangle
  std::vector<double> area;
  std::map<Line, std::vector<uint32_t>> triangles;  // around an edge
};

Line line(uint32_t a, uint32_t b) { return {std::min(a, b), std::max(a, b)}; }

Net net_of(const TriangleMesh& m) {
  Net net;
  for (uint32_t t = 0; t < m.triangles.size(); ++t) {
    const Vec3 n = mesh::triangle_normal_area2(m, t);
    const double size = norm(n);
    net.area.push_back(size / 2);
    net.normal.push_back(size > 0 ? n / size : Vec3{});
    for (size_t k = 0; k < 3; ++k)
      net.triangles[line(m.triangles[t][k], m.triangles[t][(k + 1) % 3])].push_back(t);
  }
  return net;
}

class Groups {
 public:
  explicit Groups(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  uint32_t root(uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(uint32_t a, uint32_t b) {
    parent_[std::max(root(a), root(b))] = std::min(root(a), root(b));
  }

 private:
  std::vector<uint32_t> parent_;
};

// Planes first; then strips between them that bend gently into each other and are
// no plane of their own size join into curved faces.
std::vector<int> faces_of(const TriangleMesh& m, const Net& net, int& count) {
  Groups flat(m.triangles.size());
  for (const auto& [ends, around] : net.triangles) {
    if (around.size() == 2 && dot(net.normal[around[0]], net.normal[around[1]]) > kFlat)
      flat.join(around[0], around[1]);
  }
  std::map<uint32_t, double> widest;  // a plane's area
  for (uint32_t t = 0; t < m.triangles.size(); ++t) widest[flat.root(t)] += net.area[t];
  // how many gentle bends a plane has: strips of a curved face have two or more
  std::map<uint32_t, std::vector<std::pair<uint32_t, double>>> bends;
  for (const auto& [ends, around] : net.triangles) {
    if (around.size() != 2) continue;
    const uint32_t a = flat.root(around[0]), b = flat.root(around[1]);
    const double cosine = dot(net.normal[around[0]], net.normal[around[1]]);
    if (a == b || cosine < kBend || cosine > kFlat) continue;
    bends[a].push_back({b, norm(m.vertices[ends.first] - m.vertices[ends.second])});
    bends[b].push_back({a, norm(m.vertices[ends.first] - m.vertices[ends.second])});
  }
  Groups curved(m.triangles.size());
  for (const auto& [a, others] : bends) {
    for (const auto& [b, length] : others) {
      // strips of one face are about as wide as each other: a plane that a round runs
      // into is far wider than the round's strips
      const double ratio = widest[a] / widest[b];
      if (ratio < 4 && ratio > 0.25) curved.join(a, b);
    }
  }
  std::map<uint32_t, int> strips;
  for (const auto& [root, size] : widest) ++strips[curved.root(root)];
  std::map<uint32_t, int> index;
  std::vector<int> out(m.triangles.size());
  count = 0;
  for (uint32_t t = 0; t < m.triangles.size(); ++t) {
    const uint32_t plane = flat.root(t), group = curved.root(plane);
    const uint32_t key = strips[group] >= static_cast<int>(kFewestCurved) ? group : plane;
    const auto [at, fresh] = index.try_emplace(key, count);
    count += fresh;
    out[t] = at->second;
  }
  return out;
}

Meeting meeting_of(const TriangleMesh& m, const Net& net, Line ends, uint32_t a, uint32_t b) {
  const Vec3 na = net.normal[a], nb = net.normal[b];
  Vec3 far{};  // the corner of b off the edge
  for (const uint32_t v : m.triangles[b]) {
    if (v != ends.first && v != ends.second) far = m.vertices[v];
  }
  const double height = dot(far - m.vertices[ends.first], na);
  if (dot(na, nb) > std::cos(0.35 / 2)) return Meeting::kSmooth;
  return height < 0 ? Meeting::kConvex : Meeting::kConcave;
}

// A circle through a chain's points, if they lie on one.
void fit_circle(const std::vector<Vec3>& p, double tolerance, SurveyEdge& e) {
  if (p.size() < 6) return;
  const Vec3 a = p[0], b = p[p.size() / 3], c = p[2 * p.size() / 3];
  const Vec3 u = b - a, v = c - a, n = cross(u, v);
  const double nn = dot(n, n);
  if (nn <= 1e-24) return;
  const Vec3 center = a + (cross(n, u) * dot(v, v) + cross(v, n) * dot(u, u)) / (2 * nn);
  const double radius = norm(a - center);
  const Vec3 axis = normalized(n);
  for (const Vec3 q : p) {
    if (std::abs(norm(q - center) - radius) > tolerance ||
        std::abs(dot(q - center, axis)) > tolerance)
      return;
  }
  e.kind = CurveKind::kCircle, e.center = center, e.axis = axis, e.radius = radius;
}

// The border between two faces, walked end to end; each walk is one edge, cut where a
// third face meets it or it turns a corner.
struct Border {
  std::vector<Line> lines;
  int meetings[3] = {0, 0, 0};  // concave, smooth, convex
};

void add_chains(const TriangleMesh& m, const std::pair<int, int>& faces, const Border& border,
                double tolerance, Survey& out) {
  std::map<uint32_t, std::vector<size_t>> at;
  for (size_t i = 0; i < border.lines.size(); ++i)
    at[border.lines[i].first].push_back(i), at[border.lines[i].second].push_back(i);
  std::vector<char> used(border.lines.size(), 0);
  const auto corner = [&](uint32_t v, uint32_t before, uint32_t after) {
    const Vec3 a = m.vertices[v] - m.vertices[before], b = m.vertices[after] - m.vertices[v];
    return dot(a, b) < 0.8 * norm(a) * norm(b);
  };
  const auto walk = [&](uint32_t from, size_t first) {
    std::vector<uint32_t> chain{from};
    for (size_t i = first;;) {
      used[i] = 1;
      const uint32_t next =
          border.lines[i].first == chain.back() ? border.lines[i].second : border.lines[i].first;
      chain.push_back(next);
      size_t more = border.lines.size();
      for (const size_t k : at[next]) {
        if (!used[k]) more = k;
      }
      if (more == border.lines.size() || at[next].size() != 2) break;
      const uint32_t after =
          border.lines[more].first == next ? border.lines[more].second : border.lines[more].first;
      if (corner(next, chain[chain.size() - 2], after)) break;
      i = more;
    }
    return chain;
  };
  const auto add = [&](const std::vector<uint32_t>& chain) {
    SurveyEdge e;
    std::vector<Vec3> p;
    for (const uint32_t v : chain) p.push_back(m.vertices[v]);
    for (size_t i = 1; i < p.size(); ++i) e.length += norm(p[i] - p[i - 1]);
    e.start = p.front(), e.middle = p[p.size() / 2], e.end = p.back();
    if (p.size() == 2) e.middle = (p[0] + p[1]) / 2;
    e.left = faces.first, e.right = faces.second;
    const int best =
        static_cast<int>(std::max_element(border.meetings, border.meetings + 3) - border.meetings);
    e.meeting = static_cast<Meeting>(best - 1);
    const Vec3 chord = p.back() - p.front();
    bool straight = norm(chord) > 0;
    for (const Vec3 q : p)
      straight = straight && norm(cross(q - p.front(), chord)) <= tolerance * norm(chord);
    if (straight)
      e.kind = CurveKind::kLine;
    else
      fit_circle(p, tolerance, e);
    out.edges.push_back(e);
  };
  // corners first, so that closed rings are walked whole
  for (size_t pass = 0; pass < 2; ++pass) {
    for (size_t i = 0; i < border.lines.size(); ++i) {
      const uint32_t a = border.lines[i].first, b = border.lines[i].second;
      if (used[i]) continue;
      if (pass == 0 && at[a].size() == 2 && at[b].size() == 2) {
        // a corner in the middle of the border starts a chain too
        const auto other = [&](uint32_t v) {
          const size_t k = at[v][0] == i ? at[v][1] : at[v][0];
          return border.lines[k].first == v ? border.lines[k].second : border.lines[k].first;
        };
        if (corner(a, other(a), b))
          add(walk(a, i));
        else if (corner(b, other(b), a))
          add(walk(b, i));
        continue;
      }
      add(walk(at[a].size() == 2 && pass == 0 ? b : a, i));
    }
  }
}

// Edges of each face grouped into rings by shared ends; the longest box is the outer.
void add_loops(Survey& out, double tolerance) {
  std::vector<std::vector<int>> of_face(out.faces.size());
  for (size_t e = 0; e < out.edges.size(); ++e) {
    of_face[static_cast<size_t>(out.edges[e].left)].push_back(static_cast<int>(e));
    if (out.edges[e].right != out.edges[e].left)
      of_face[static_cast<size_t>(out.edges[e].right)].push_back(static_cast<int>(e));
  }
  for (size_t f = 0; f < of_face.size(); ++f) {
    const auto& mine = of_face[f];
    Groups groups(mine.size());
    const auto ends = [&](size_t i) {
      return std::array<Vec3, 2>{out.edges[static_cast<size_t>(mine[i])].start,
                                 out.edges[static_cast<size_t>(mine[i])].end};
    };
    for (size_t i = 0; i < mine.size(); ++i) {
      for (size_t j = i + 1; j < mine.size(); ++j) {
        for (const Vec3 p : ends(i)) {
          for (const Vec3 q : ends(j)) {
            if (norm(p - q) < tolerance)
              groups.join(static_cast<uint32_t>(i), static_cast<uint32_t>(j));
          }
        }
      }
    }
    std::map<uint32_t, Box3> boxes;
    for (size_t i = 0; i < mine.size(); ++i) {
      Box3& b = boxes[groups.root(static_cast<uint32_t>(i))];
      const SurveyEdge& e = out.edges[static_cast<size_t>(mine[i])];
      b.add(e.start), b.add(e.middle), b.add(e.end);
      if (e.kind == CurveKind::kCircle) {
        const Vec3 r{e.radius, e.radius, e.radius};
        b.add(e.center - r), b.add(e.center + r);
      }
    }
    std::vector<std::pair<double, uint32_t>> order;
    for (const auto& [root, box] : boxes) order.push_back({-box.diagonal(), root});
    std::sort(order.begin(), order.end());
    for (size_t k = 0; k < order.size(); ++k) {
      for (size_t i = 0; i < mine.size(); ++i) {
        if (groups.root(static_cast<uint32_t>(i)) == order[k].second)
          out.loops.push_back({static_cast<int32_t>(f), static_cast<int32_t>(k), mine[i]});
      }
    }
  }
}

// Corners of the triangles with the mean normal of their face there: on a curved face
// the corners lie on the surface and the facets do not.
void add_samples(const TriangleMesh& m, const Net& net, const std::vector<int>& face, Survey& out) {
  std::map<std::pair<int, uint32_t>, Vec3> normals;
  std::map<std::pair<int, uint32_t>, double> shares;
  for (uint32_t t = 0; t < m.triangles.size(); ++t) {
    for (size_t k = 0; k < 3; ++k) {
      const uint32_t v = m.triangles[t][k];
      const Vec3 a = m.vertices[m.triangles[t][(k + 1) % 3]] - m.vertices[v],
                 b = m.vertices[m.triangles[t][(k + 2) % 3]] - m.vertices[v];
      const double size = norm(a) * norm(b);
      if (size <= 0) continue;
      normals[{face[t], v}] += net.normal[t] * std::acos(std::clamp(dot(a, b) / size, -1.0, 1.0));
      shares[{face[t], v}] += net.area[t];
    }
  }
  std::vector<std::vector<mesh::SurveySample>> of_face(out.faces.size());
  for (const auto& [key, n] : normals) {
    if (norm(n) > 0)
      of_face[static_cast<size_t>(key.first)].push_back(
          {key.first, m.vertices[key.second], normalized(n)});
  }
  for (auto& samples : of_face) {
    const size_t stride = (samples.size() + 63) / 64;
    for (size_t i = 0; i < samples.size(); i += std::max<size_t>(stride, 1))
      out.samples.push_back(samples[i]);
  }
}

}  // namespace

Survey survey_of_mesh(const TriangleMesh& given, double tolerance) {
  if (given.empty()) throw Error(ErrorKind::kValue, "there are no triangles to measure");
  TriangleMesh m = given;
  mesh::weld(m);
  mesh::drop_degenerate(m);
  const Box3 box = mesh::bounding_box(m);
  if (tolerance <= 0) tolerance = 1e-3 * box.diagonal();
  const Net net = net_of(m);
  int count = 0;
  const std::vector<int> face = faces_of(m, net, count);
  Survey out;
  out.faces.resize(static_cast<size_t>(count));
  for (uint32_t t = 0; t < m.triangles.size(); ++t) {
    SurveyFace& f = out.faces[static_cast<size_t>(face[t])];
    f.area += net.area[t];
    Vec3 middle{};
    for (const uint32_t v : m.triangles[t]) f.box.add(m.vertices[v]), middle += m.vertices[v] / 3;
    f.center += middle * net.area[t];
  }
  for (SurveyFace& f : out.faces) f.center = f.area > 0 ? f.center / f.area : f.box.center();
  std::map<std::pair<int, int>, Border> borders;
  bool closed = true;
  for (const auto& [ends, around] : net.triangles) {
    closed = closed && around.size() == 2;
    if (around.size() != 2 || face[around[0]] == face[around[1]]) continue;
    const int a = std::min(face[around[0]], face[around[1]]),
              b = std::max(face[around[0]], face[around[1]]);
    Border& border = borders[{a, b}];
    border.lines.push_back(ends);
    ++border.meetings[static_cast<int>(meeting_of(m, net, ends, around[0], around[1])) + 1];
  }
  for (const auto& [faces, border] : borders) add_chains(m, faces, border, tolerance, out);
  add_loops(out, 1e-9 * box.diagonal());
  add_samples(m, net, face, out);
  const mesh::Moments moments = mesh::moments(m);
  out.area = mesh::area(m);
  out.volume = closed ? std::abs(moments.volume) : 0;
  out.center = moments.center, out.inertia = moments.inertia;
  mesh::SurveyBody body;
  body.volume = out.volume, body.area = out.area, body.center = out.center;
  body.box = {box.lo.x, box.lo.y, box.lo.z, box.hi.x, box.hi.y, box.hi.z};
  out.bodies = {body};
  recognise(out, tolerance);
  // both ends of a round wall are its border; only a plane has a border inside another
  for (mesh::SurveyLoopEdge& l : out.loops) {
    if (out.faces[static_cast<size_t>(l.face)].kind != SurfaceKind::kPlane) l.loop = 0;
  }
  out.mesh = std::move(m);
  return out;
}

}  // namespace cadrecode::sheet
