// 3MF core specification 1.3 with the production extension's p:path: a zip of
// XML models; objects are meshes or components, build items place them.
#include <expat.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "geometry/mesh/formats.h"
#include "geometry/mesh/text.h"
#include "geometry/mesh/zip.h"

namespace cadrecode::mesh {
namespace {

// Row vectors, as 3MF has them: p' = (x y z 1) M; rows 0-2 linear, row 3 shift.
struct Transform {
  std::array<Vec3, 4> row{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}}};

  Vec3 direction(Vec3 d) const { return row[0] * d.x + row[1] * d.y + row[2] * d.z; }
  Vec3 apply(Vec3 p) const { return direction(p) + row[3]; }
  Transform then(const Transform& next) const {
    return {{next.direction(row[0]), next.direction(row[1]), next.direction(row[2]),
             next.apply(row[3])}};
  }
  bool mirrors() const { return dot(row[0], cross(row[1], row[2])) < 0; }
};

struct Reference {
  std::string path;  // of the model file; empty: this one
  std::string object;
  Transform transform;
};

struct Object {
  TriangleMesh mesh;
  std::vector<Reference> components;
};

struct Model {
  Unit unit = Unit::kMillimeter;  // the specification's default
  std::map<std::string, Object> objects;
  std::vector<std::string> order;  // of objects' ids
  std::vector<Reference> build;
};

// Enough for any plate of parts; a nest of components that multiplies beyond
// it is an attack on memory.
constexpr uint64_t kMostPlacedTriangles = 50'000'000;
constexpr int kMostPlacements = 1'000'000, kDeepestNesting = 64;

// expat's callbacks; an error is kept and thrown once expat has returned,
// since exceptions must not cross its C frames.
class ModelParser {
 public:
  ModelParser(std::string name, const ReadOptions& options)
      : name_(std::move(name)), options_(options), parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  void feed(std::string_view piece, bool last) {
    const auto status =
        XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last);
    if (error_) throw *error_;
    if (status != XML_STATUS_OK) {
      throw Error(ErrorKind::kInput,
                  std::string("XML: ") + XML_ErrorString(XML_GetErrorCode(parser_.get())), place());
    }
  }
  Model take() { return std::move(model_); }

 private:
  using Attributes = const XML_Char**;

  static void on_start(void* self, const XML_Char* element, Attributes attributes) {
    static_cast<ModelParser*>(self)->guard(
        [&](ModelParser& p) { p.start(local(element), attributes); });
  }
  static void on_end(void* self, const XML_Char* element) {
    auto& p = *static_cast<ModelParser*>(self);
    if (local(element) == "object") p.object_ = nullptr;
  }
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<ModelParser*>(self)->guard(
        [](ModelParser& p) { p.fail("a DOCTYPE has no place in 3MF"); });
  }
  template <typename F>
  void guard(const F& f) {
    if (error_) return;
    try {
      f(*this);
    } catch (const Error& error) {
      error_ = error;
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  static std::string_view local(std::string_view name) {
    const size_t colon = name.rfind(':');
    return colon == name.npos ? name : name.substr(colon + 1);
  }
  static std::string_view attribute(Attributes attributes, std::string_view name) {
    for (size_t i = 0; attributes[i]; i += 2) {
      if (local(attributes[i]) == name) return attributes[i + 1];
    }
    return {};
  }

  void start(std::string_view element, Attributes attributes) {
    if (element == "vertex") return add_vertex(attributes);
    if (element == "triangle") return add_triangle(attributes);
    if (element == "model") {
      const std::string_view unit = attribute(attributes, "unit");
      if (unit.empty()) return;
      model_.unit = unit_from_string(unit);
      if (model_.unit == Unit::kUnknown) fail("not a unit of 3MF: '" + shown(unit) + "'");
    } else if (element == "object") {
      const std::string id(attribute(attributes, "id"));
      const auto [at, fresh] = model_.objects.try_emplace(id);
      if (!fresh) fail("object '" + shown(id) + "' is there twice");
      model_.order.push_back(id);
      object_ = &at->second;
    } else if (element == "component") {
      if (!object_) fail("a component outside an object");
      object_->components.push_back(reference(attributes));
    } else if (element == "item") {
      model_.build.push_back(reference(attributes));
    }
  }

  void add_vertex(Attributes attributes) {
    if (!object_) fail("a vertex outside an object");
    object_->mesh.vertices.push_back(
        {number(attributes, "x"), number(attributes, "y"), number(attributes, "z")});
    check_count(++vertices_, ~uint64_t{0}, 1, "vertices", name_, options_);
  }

  void add_triangle(Attributes attributes) {
    if (!object_) fail("a triangle outside an object");
    std::array<uint32_t, 3> corners;
    for (size_t k = 0; k < 3; ++k) {
      constexpr std::array<const char*, 3> kNames = {"v1", "v2", "v3"};
      const auto index = parse_integer(attribute(attributes, kNames[k]));
      const size_t vertices = object_->mesh.vertices.size();
      if (!index || *index < 0 || static_cast<uint64_t>(*index) >= vertices) {
        fail("a triangle names vertex '" + shown(attribute(attributes, kNames[k])) +
             "', but its object has " + std::to_string(vertices));
      }
      corners[k] = static_cast<uint32_t>(*index);
    }
    object_->mesh.triangles.push_back(corners);
    check_count(++triangles_, ~uint64_t{0}, 1, "triangles", name_, options_);
  }

  Reference reference(Attributes attributes) {
    Reference r;
    r.object = attribute(attributes, "objectid");
    r.path = attribute(attributes, "path");
    std::string_view text = attribute(attributes, "transform");
    if (text.empty()) return r;
    for (Vec3& row : r.transform.row) {
      for (int axis = 0; axis < 3; ++axis) {
        const auto value = parse_number(next_word(text));
        if (!value || !usable(*value)) fail("a transform has 12 numbers");
        row[axis] = *value;
      }
    }
    return r;
  }

  double number(Attributes attributes, const char* which) {
    const std::string_view text = trim(attribute(attributes, which));
    const auto value = parse_number(text);
    if (!value)
      fail(std::string("a vertex's ") + which + " is not a number: '" + shown(text) + "'");
    return *value;
  }

  Place place() const {
    return {name_, static_cast<int>(XML_GetCurrentLineNumber(parser_.get())), 0};
  }
  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorKind::kInput, message, place());
  }

  struct Free {
    void operator()(XML_Parser p) const { XML_ParserFree(p); }
  };
  std::string name_;
  const ReadOptions& options_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  Model model_;
  Object* object_ = nullptr;
  uint64_t vertices_ = 0, triangles_ = 0;
  std::optional<Error> error_;
};

// The archive and the models read from it so far.
class Package {
 public:
  Package(std::string_view bytes, const std::string& name, const ReadOptions& options)
      : bytes_(bytes), name_(name), options_(options), entries_(read_zip_directory(bytes, name)) {}

  const Model& model(std::string path) {
    if (path.starts_with('/')) path.erase(0, 1);
    const auto [at, fresh] = models_.try_emplace(path);
    if (fresh) at->second = parse(path);
    return at->second;
  }

  // The part that is the root: by convention, else the only other model.
  std::string root() const {
    std::string found;
    for (const ZipEntry& entry : entries_) {
      if (entry.name == "3D/3dmodel.model") return entry.name;
      if (entry.name.ends_with(".model") && found.empty()) found = entry.name;
    }
    if (found.empty()) throw Error(ErrorKind::kInput, "a zip archive without a 3MF model", {name_});
    return found;
  }

  void place(const std::string& path, const Reference& r, const Transform& outer, int depth,
             MeshFile& file) {
    if (depth > kDeepestNesting || ++placements_ > kMostPlacements) {
      throw Error(ErrorKind::kLimit, "3MF components are nested without end", {name_});
    }
    const std::string where = r.path.empty() ? path : r.path;
    const Model& m = model(where);
    const auto at = m.objects.find(r.object);
    if (at == m.objects.end()) {
      throw Error(ErrorKind::kInput, "3MF: no object '" + shown(r.object) + "'", {name_});
    }
    const Transform transform = r.transform.then(outer);
    append(at->second.mesh, transform, file.mesh);
    for (const Reference& inner : at->second.components) {
      place(where, inner, transform, depth + 1, file);
    }
  }

 private:
  Model parse(const std::string& path) const {
    for (const ZipEntry& entry : entries_) {
      if (entry.name != path) continue;
      ModelParser parser(name_ + "!" + path, options_);
      unzip(bytes_, entry, name_, [&](std::string_view piece) { parser.feed(piece, false); });
      parser.feed({}, true);
      return parser.take();
    }
    throw Error(ErrorKind::kInput, "3MF: the archive has no '" + shown(path) + "'", {name_});
  }

  void append(const TriangleMesh& part, const Transform& transform, TriangleMesh& mesh) {
    placed_ += part.triangles.size() + part.vertices.size() / 3;
    if (placed_ > kMostPlacedTriangles) {
      throw Error(ErrorKind::kLimit,
                  "3MF places more than " + std::to_string(kMostPlacedTriangles) + " triangles",
                  {name_});
    }
    const auto base = static_cast<uint32_t>(mesh.vertices.size());
    for (const Vec3& p : part.vertices) mesh.vertices.push_back(transform.apply(p));
    for (auto t : part.triangles) {
      if (transform.mirrors()) std::swap(t[1], t[2]);
      mesh.triangles.push_back({base + t[0], base + t[1], base + t[2]});
    }
  }

  std::string_view bytes_;
  const std::string& name_;
  const ReadOptions& options_;
  std::vector<ZipEntry> entries_;
  std::map<std::string, Model> models_;
  uint64_t placed_ = 0;
  int placements_ = 0;
};

}  // namespace

void read_3mf(std::string_view bytes, const std::string& name, const ReadOptions& options,
              MeshFile& file) {
  Package package(bytes, name, options);
  const std::string root = package.root();
  const Model& model = package.model(root);
  file.unit = model.unit;
  for (const Reference& item : model.build) package.place(root, item, {}, 0, file);
  if (!model.build.empty()) return;
  file.warnings.push_back("the 3MF file builds nothing; all its objects are taken");
  std::set<std::string> inner;
  for (const auto& [id, object] : model.objects) {
    for (const Reference& r : object.components) inner.insert(r.object);
  }
  for (const std::string& id : model.order) {
    if (!inner.contains(id)) package.place(root, {{}, id, {}}, {}, 0, file);
  }
}

}  // namespace cadrecode::mesh
