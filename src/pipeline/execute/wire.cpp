#include "pipeline/execute/wire.h"

#include <cstring>
#include <type_traits>

namespace cadrecode::execute {
namespace {

// Both ends are the same program, so plain bytes in a fixed order will do.
class Writer {
 public:
  template <class T>
  requires std::is_trivially_copyable_v<T> Writer& operator<<(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  Writer& operator<<(const std::string& text) {
    *this << text.size();
    bytes_ += text;
    return *this;
  }
  template <class T>
  requires std::is_trivially_copyable_v<T> Writer& operator<<(const std::vector<T>& values) {
    *this << values.size();
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    return *this;
  }
  Writer& operator<<(const std::vector<std::string>& texts) {
    *this << texts.size();
    for (const std::string& text : texts) *this << text;
    return *this;
  }
  template <class T>
  void pass(const T& value) {
    *this << value;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes) {}

  template <class T>
  requires std::is_trivially_copyable_v<T> Reader& operator>>(T& value) {
    need(sizeof value);
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return *this;
  }
  Reader& operator>>(std::string& text) {
    size_t size = 0;
    *this >> size;
    need(size);
    text = bytes_.substr(at_, size);
    at_ += size;
    return *this;
  }
  template <class T>
  requires std::is_trivially_copyable_v<T> Reader& operator>>(std::vector<T>& values) {
    size_t count = 0;
    *this >> count;
    if (count > bytes_.size()) need(count);
    need(count * sizeof(T));
    values.resize(count);
    std::memcpy(values.data(), bytes_.data() + at_, count * sizeof(T));
    at_ += count * sizeof(T);
    return *this;
  }
  Reader& operator>>(std::vector<std::string>& texts) {
    size_t count = 0;
    *this >> count;
    need(count);  // each takes a byte at least
    texts.resize(count);
    for (std::string& text : texts) *this >> text;
    return *this;
  }
  template <class T>
  void pass(T& value) {
    *this >> value;
  }

 private:
  void need(size_t size) const {
    if (size > bytes_.size() - at_)
      throw Error(ErrorKind::kInternal, "cut message between workers");
  }

  const std::string& bytes_;
  size_t at_ = 0;
};

}  // namespace

std::string encode(const Job& job) {
  return (Writer() << job.id << job.code << job.solid_file << job.tessellate << job.survey
                   << job.measure << job.outputs)
      .take();
}

Job decode_job(const std::string& bytes) {
  Job job;
  Reader(bytes) >> job.id >> job.code >> job.solid_file >> job.tessellate >> job.survey >>
      job.measure >> job.outputs;
  return job;
}

namespace {

// The same members in the same order, whichever way.
template <class Stream, class AnySurvey>
void pass(Stream& stream, AnySurvey& s) {
  const auto each = [&](auto&... members) { (stream.pass(members), ...); };
  each(s.faces, s.edges, s.loops, s.samples, s.bodies, s.volume, s.area, s.center, s.inertia,
       s.mesh.vertices, s.mesh.triangles);
}

}  // namespace

std::string encode(const Outcome& o) {
  Writer out;
  out << o.id << o.failure.has_value() << o.facts.has_value() << o.survey.has_value();
  if (o.failure)
    out << o.failure->kind << o.failure->message << o.failure->line << o.failure->column;
  if (o.facts) out << *o.facts;
  if (o.survey) pass(out, *o.survey);
  return (out << o.seconds << o.mesh.vertices << o.mesh.triangles << o.written << o.requested
              << o.log)
      .take();
}

Outcome decode_outcome(const std::string& bytes) {
  Reader in(bytes);
  Outcome o;
  bool failed = false, measured = false, surveyed = false;
  in >> o.id >> failed >> measured >> surveyed;
  if (failed) {
    Failure& f = o.failure.emplace();
    in >> f.kind >> f.message >> f.line >> f.column;
  }
  if (measured) in >> o.facts.emplace();
  if (surveyed) pass(in, o.survey.emplace());
  in >> o.seconds >> o.mesh.vertices >> o.mesh.triangles >> o.written >> o.requested >> o.log;
  for (const auto& triangle : o.mesh.triangles) {
    for (const auto corner : triangle) {
      if (corner >= o.mesh.vertices.size()) throw Error(ErrorKind::kInternal, "a corner too far");
    }
  }
  return o;
}

}  // namespace cadrecode::execute
