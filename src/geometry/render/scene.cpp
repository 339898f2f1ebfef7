#include "geometry/render/scene.h"

#include <array>
#include <numbers>

#include "geometry/cloud/process.h"
#include "geometry/mesh/edges.h"
#include "geometry/mesh/measure.h"
#include "geometry/mesh/repair.h"

namespace cadrecode::render {
namespace {

using mesh::TriangleMesh;

constexpr Rgb kBackdropTop{0.985f, 0.988f, 0.992f}, kBackdropBottom{0.905f, 0.920f, 0.938f};
constexpr Rgb kPlain{0.70f, 0.755f, 0.815f};  // steel, for what has no deviation
constexpr Rgb kInside{0.86f, 0.72f, 0.55f};   // the back of a surface: seen only if open
constexpr Rgb kEdge{0.13f, 0.17f, 0.23f};
constexpr Rgb kDot{0.36f, 0.53f, 0.72f};

// Each corner's normal: the mean of the triangles around its vertex that are
// bent from its own by less than the crease, so that round faces look round and
// sharp edges sharp.
std::vector<std::array<Vec3, 3>> corner_normals(const TriangleMesh& mesh,
                                                const std::vector<uint32_t>& group,
                                                double crease_deg) {
  const size_t n = mesh.triangles.size();
  std::vector<Vec3> area(n), unit(n);
  std::vector<std::vector<uint32_t>> around(mesh.vertices.size());
  for (uint32_t t = 0; t < n; ++t) {
    area[t] = mesh::triangle_normal_area2(mesh, t);
    const double length = norm(area[t]);
    unit[t] = length > 0 ? area[t] / length : Vec3{};
    for (uint32_t v : mesh.triangles[t]) around[group[v]].push_back(t);
  }
  const double least = std::cos(crease_deg * std::numbers::pi / 180);
  constexpr size_t kMostAround = 256;  // a fan's hub: flat shading will do
  std::vector<std::array<Vec3, 3>> normals(n);
  for (uint32_t t = 0; t < n; ++t) {
    for (int k = 0; k < 3; ++k) {
      const auto& near = around[group[mesh.triangles[t][k]]];
      Vec3 sum;
      for (uint32_t other : near) {
        if (near.size() <= kMostAround && dot(unit[other], unit[t]) >= least) sum += area[other];
      }
      const double length = norm(sum);
      normals[t][k] = length > 0 ? sum / length : unit[t];
    }
  }
  return normals;
}

// Soft daylight: a key light over the camera's left shoulder, sky above, and
// never darker than `ambient`. Colours that are to be read off a scale get more
// of it than plain ones.
constexpr float kPlainAmbient = 0.58f, kScaleAmbient = 0.76f;

struct Light {
  Vec3 key, glint, toward;

  explicit Light(const Camera& camera)
      : key(normalized(camera.toward * 0.75 + camera.up * 0.75 - camera.right * 0.55)),
        glint(normalized(camera.toward * 1.4 + camera.up * 0.9 - camera.right * 0.5)),
        toward(camera.toward) {}

  Rgb on(Rgb base, Vec3 normal, float ambient) const {
    const double diffuse = std::max(0.0, dot(normal, key)), sky = 0.5 + 0.5 * normal.z;
    const double facing = std::max(0.0, dot(normal, toward));
    const auto light = static_cast<float>(0.62 * diffuse + 0.22 * sky + 0.16 * facing);
    const double g = std::max(0.0, dot(normal, glint)), g2 = g * g, g8 = g2 * g2 * g2 * g2;
    const auto shine = static_cast<float>(0.10 * g8 * g8 * g8);
    return base * (ambient + (1.03f - ambient) * light) + Rgb{shine, shine, shine};
  }
};

void draw_backdrop(Canvas& canvas) {
  for (int y = 0; y < canvas.height; ++y) {
    const Rgb c = mix(kBackdropTop, kBackdropBottom,
                      static_cast<float>(y) / static_cast<float>(canvas.height));
    for (int x = 0; x < canvas.width; ++x) canvas.color[canvas.index(x, y)] = c;
  }
}

void draw_faces(Canvas& canvas, const Camera& camera, const Subject& subject,
                const std::vector<uint32_t>& group, double range, double crease_deg) {
  const TriangleMesh& mesh = subject.mesh;
  const auto normals = corner_normals(mesh, group, crease_deg);
  const bool colored = subject.deviation.size() == mesh.vertices.size();
  const Light light(camera);
  for (size_t t = 0; t < mesh.triangles.size(); ++t) {
    const auto& [a, b, c] = mesh.triangles[t];
    const bool back = dot(mesh::triangle_normal_area2(mesh, t), camera.toward) < 0;
    const auto& n = normals[t];
    const auto shade = [&](double wa, double wb, double wc) {
      Vec3 normal = n[0] * wa + n[1] * wb + n[2] * wc;
      const double length = norm(normal);
      normal = length > 0 ? normal / length : camera.toward;
      if (back) normal = -normal;
      Rgb base = back ? kInside : kPlain;
      if (colored) {
        const double d =
            subject.deviation[a] * wa + subject.deviation[b] * wb + subject.deviation[c] * wc;
        base = to_rgb(diverging_color(range > 0 ? d / range : 0));
      }
      return light.on(base, normal, colored ? kScaleAmbient : kPlainAmbient);
    };
    fill_triangle(canvas, camera.project(mesh.vertices[a]), camera.project(mesh.vertices[b]),
                  camera.project(mesh.vertices[c]), shade);
  }
}

// Edges bent beyond the crease, and borders.
std::vector<std::array<uint32_t, 2>> feature_edges(const TriangleMesh& mesh,
                                                   const std::vector<uint32_t>& group,
                                                   double crease_deg) {
  TriangleMesh grouped = mesh;
  for (auto& t : grouped.triangles) {
    for (uint32_t& v : t) v = group[v];
  }
  std::vector<std::array<uint32_t, 2>> edges;
  size_t all = 0;
  const double least = std::cos(crease_deg * std::numbers::pi / 180);
  mesh::for_each_edge(mesh::edge_uses(grouped),
                      [&](const mesh::EdgeUse* first, const mesh::EdgeUse* last) {
                        ++all;
                        bool feature = last - first == 1;
                        for (const mesh::EdgeUse* use = first + 1; use < last && !feature; ++use) {
                          const Vec3 n = mesh::triangle_normal_area2(mesh, first->triangle);
                          const Vec3 m = mesh::triangle_normal_area2(mesh, use->triangle);
                          feature = dot(n, m) < least * norm(n) * norm(m);
                        }
                        if (feature) edges.push_back({first->low, first->high});
                      });
  // A noisy scan is creased all over: its "features" would only be dirt.
  if (mesh.triangles.size() > 3000 && edges.size() * 5 > all) edges.clear();
  return edges;
}

void draw_mesh(Canvas& canvas, const Camera& camera, const Subject& subject, double range,
               double crease_deg, int pixel) {
  const TriangleMesh& mesh = subject.mesh;
  const std::vector<uint32_t> group = mesh::first_equal(mesh.vertices);
  draw_faces(canvas, camera, subject, group, range, crease_deg);
  const double extent = mesh::bounding_box(mesh).diagonal() * camera.scale;
  draw_outline(canvas, std::max(1, (pixel * 4 + 2) / 5), extent * 0.02, kEdge);
  for (const auto& [a, b] : feature_edges(mesh, group, crease_deg)) {
    draw_line(canvas, camera.project(mesh.vertices[a]), camera.project(mesh.vertices[b]),
              1.1 * pixel, kEdge, extent * 0.004);
  }
}

// The cloud's own normals, or guessed ones, turned to the camera: a point that
// is seen is seen from outside. Too large a cloud is left flat.
std::vector<Vec3> facing_normals(const cloud::PointCloud& cloud, const Camera& camera) {
  constexpr size_t kMostToGuess = 200'000;
  std::vector<Vec3> normals = cloud.normals;
  if (normals.empty()) {
    if (cloud.points.size() > kMostToGuess) {
      return std::vector<Vec3>(cloud.points.size(), camera.toward);
    }
    normals = cloud::estimate_normals(cloud.points, 9).normals;
  }
  for (Vec3& n : normals) {
    if (dot(n, camera.toward) < 0) n = -n;
  }
  return normals;
}

// Dots just large enough to cover the silhouette. Dots behind the surface that
// broad discs on their neighbours would make are left out, so that a dense
// cloud looks solid.
void draw_cloud(Canvas& canvas, const Camera& camera, const Subject& subject, double range,
                int pixel) {
  const cloud::PointCloud& cloud = subject.cloud;
  Box3 box;
  std::vector<Vec3> screen;
  screen.reserve(cloud.points.size());
  for (const Vec3& p : cloud.points) {
    screen.push_back(camera.project(p));
    box.add(screen.back());
  }
  const double share = box.size().x * box.size().y / static_cast<double>(screen.size());
  const double radius = std::clamp(std::sqrt(share / std::numbers::pi), 0.7 * pixel, 4.0 * pixel);
  const double depth = box.hi.z - box.lo.z;
  Canvas cover(canvas.width, canvas.height);
  constexpr size_t kFewestToCover = 1500;
  if (screen.size() >= kFewestToCover) {
    for (const Vec3& p : screen) draw_dot(cover, p, 1.4 * std::sqrt(share), {});
  }
  const bool colored = subject.deviation.size() == screen.size();
  const std::vector<Vec3> normals = facing_normals(cloud, camera);
  const Light light(camera);
  for (size_t i = 0; i < screen.size(); ++i) {
    Rgb c = colored ? to_rgb(diverging_color(range > 0 ? subject.deviation[i] / range : 0)) : kDot;
    c = light.on(c, normals[i], colored ? kScaleAmbient : kPlainAmbient);
    const int x = render::pixel(screen[i].x, cover.width),
              y = render::pixel(screen[i].y, cover.height);
    const bool inside = x >= 0 && y >= 0 && x < cover.width && y < cover.height;
    const bool hidden = inside && screen[i].z > cover.depth[cover.index(x, y)] + 0.06 * depth;
    if (!hidden) draw_dot(canvas, screen[i], radius, c);
  }
}

}  // namespace

Camera aimed_camera(double azimuth_deg, double elevation_deg) {
  const double az = azimuth_deg * std::numbers::pi / 180,
               el = elevation_deg * std::numbers::pi / 180;
  Camera camera;
  camera.toward = {std::cos(el) * std::cos(az), std::cos(el) * std::sin(az), std::sin(el)};
  camera.right = {-std::sin(az), std::cos(az), 0};
  camera.up = cross(camera.toward, camera.right);
  return camera;
}

void frame_subjects(Camera& camera, const std::vector<Subject>& subjects, int width, int height,
                    double margin) {
  camera.center = {}, camera.scale = 1, camera.middle_x = camera.middle_y = 0;
  Box3 seen;
  for (const Subject& s : subjects) {
    for (const auto& t : s.mesh.triangles) {
      for (uint32_t v : t) seen.add(camera.project(s.mesh.vertices[v]));
    }
    if (s.mesh.empty()) {
      for (const Vec3& p : s.cloud.points) seen.add(camera.project(p));
    }
  }
  if (seen.empty()) seen.add(Vec3{});
  const Vec3 size = seen.size(), middle = seen.center();
  camera.center = camera.right * middle.x - camera.up * middle.y - camera.toward * middle.z;
  const double fit = std::min((width - 2 * margin) / std::max(size.x, 1e-300),
                              (height - 2 * margin) / std::max(size.y, 1e-300));
  camera.scale = size.x > 0 || size.y > 0 ? fit : 1;
  camera.middle_x = width / 2.0, camera.middle_y = height / 2.0;
}

void draw_subject(Canvas& canvas, const Camera& camera, const Subject& subject, double range,
                  double crease_deg, int pixel) {
  draw_backdrop(canvas);
  if (!subject.mesh.empty()) {
    draw_mesh(canvas, camera, subject, range, crease_deg, pixel);
  } else if (!subject.cloud.points.empty()) {
    draw_cloud(canvas, camera, subject, range, pixel);
  }
}

void draw_axes(Canvas& canvas, const Camera& camera, Vec2 origin, double length, int pixel) {
  constexpr std::array<Rgb, 3> kColors = {
      {{0.77f, 0.26f, 0.26f}, {0.25f, 0.58f, 0.30f}, {0.25f, 0.40f, 0.78f}}};
  std::array<int, 3> order = {0, 1, 2};  // those pointing away first
  std::sort(order.begin(), order.end(),
            [&](int a, int b) { return camera.toward[a] < camera.toward[b]; });
  for (int axis : order) {
    Vec3 d;
    d[axis] = 1;
    const Vec3 tip{origin.x + dot(d, camera.right) * length, origin.y - dot(d, camera.up) * length,
                   0};
    draw_line(canvas, {origin.x, origin.y, 0}, tip, 2.2 * pixel, kColors[static_cast<size_t>(axis)],
              std::numeric_limits<double>::infinity());
  }
}

}  // namespace cadrecode::render
