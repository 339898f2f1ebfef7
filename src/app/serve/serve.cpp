#include "app/serve/serve.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "app/serve/http.h"
#include "app/serve/jobs.h"
#include "app/serve/web.h"
#include "base/error.h"
#include "base/files.h"

namespace cadrecode::serve {
namespace {

using nlohmann::ordered_json;

constexpr uint64_t kMostProgram = 1 << 20;

const std::set<std::string> kScans = {".stl",  ".ply", ".obj", ".3mf", ".off", ".step", ".stp",
                                      ".brep", ".brp", ".xyz", ".csv", ".pts", ".npy",  ".pcd"};

std::string dump(const ordered_json& j) {
  return j.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Reply json_reply(const ordered_json& body, int status = 200) {
  Reply r;
  r.status = status, r.body = dump(body) + "\n";
  r.headers = {{"Cache-Control", "no-store"}};
  return r;
}

Reply failure(int status, const std::string& kind, const std::string& message) {
  return json_reply({{"error", {{"kind", kind}, {"message", message}}}}, status);
}

// Equal in a time that does not tell where they differ.
bool same(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (size_t i = 0; i < a.size(); ++i)
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  return difference == 0;
}

std::string header(const Request& q, const std::string& name) {
  const auto at = q.headers.find(name);
  return at == q.headers.end() ? "" : at->second;
}

std::string host_only(std::string host) {
  if (!host.empty() && host[0] == '[') return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

class Service {
 public:
  explicit Service(const Options& options)
      : options_(options),
        jobs_(options),
        start_(std::chrono::steady_clock::now()),
        loop_(
            options.address, options.port,
            {jobs_.spool(), options.max_body, options.header_seconds, options.body_seconds,
             options.connections},
            [this](const Request& q) { return gate(q); },
            [this](const Request& q) { return answer(q); }) {}

  int run() {
    loop_.on_child([this] { jobs_.reap(); });
    loop_.every(0.5, [this] {
      jobs_.check_time();
      jobs_.reap();
    });
    loop_.on_finish([this] { jobs_.give_back(); });
    jobs_.start_some();
    if (options_.announce)
      fmt::print(stderr, "cadrecode serves on http://{}:{}/ (jobs in {}; Ctrl-C ends)\n",
                 options_.address, loop_.port(), options_.folder);
    loop_.run();
    if (options_.announce)
      fmt::print(stderr, "stopped; {} jobs wait for the next start\n", jobs_.queued());
    return 0;
  }

 private:
  // Who may ask at all. Without a token only this machine's own names are answered, so
  // that no page of another site can reach the service through a name of its own.
  std::optional<Reply> gate(const Request& q) {
    const std::string origin = header(q, "origin"), host = header(q, "host");
    if (!origin.empty() && origin != "http://" + host && origin != "https://" + host)
      return failure(403, "value", "requests from other pages are not answered");
    if (options_.token.empty()) {
      static const std::set<std::string> kOwn = {"127.0.0.1", "localhost", "[::1]", ""};
      if (!kOwn.count(host_only(host)))
        return failure(403, "value", "this service answers to 127.0.0.1 and localhost only");
    } else if (q.path != "/" && q.path != "/healthz" &&
               !same(header(q, "authorization"), "Bearer " + options_.token)) {
      Reply r = failure(401, "value", "a token is needed: Authorization: Bearer …");
      r.headers.push_back({"WWW-Authenticate", "Bearer"});
      return r;
    }
    if (q.method != "POST") return {};
    const std::string kind = kind_of(q.path);
    if (kind.empty()) return failure(404, "input", "there is nothing at this address");
    if (kind == "reconstruct" || kind == "facts") {
      const auto name = q.query.find("name");
      const std::string extension = lower_extension(name == q.query.end() ? "" : name->second);
      if (!kScans.count(extension) && !(kind == "facts" && extension == ".py"))
        return failure(415, "unsupported",
                       "?name= must end like a scan: .stl .ply .obj .3mf .off .step .brep .xyz "
                       ".csv .pts .npy .pcd");
    }
    if (jobs_.queued() >= options_.queue) return busy();
    return {};
  }

  Reply busy() const {
    Reply r = failure(503, "limit",
                      fmt::format("{} jobs are waiting already; come back later", options_.queue));
    r.headers.push_back({"Retry-After", "10"});
    return r;
  }

  static std::string kind_of(const std::string& path) {
    for (const char* kind : {"reconstruct", "run", "metric", "facts"}) {
      if (path == std::string("/v1/") + kind) return kind;
    }
    return "";
  }

  Reply answer(const Request& q) {
    const bool reads = q.method == "GET" || q.method == "HEAD";
    if (q.method == "POST") return post(q, kind_of(q.path));
    if (reads && q.path == "/") return page();
    if (reads && q.path == "/healthz") return json_reply({{"status", "ok"}});
    if (reads && q.path == "/v1/openapi.json") {
      Reply r;
      r.body = openapi();
      return r;
    }
    if (reads && q.path == "/metrics") return metrics();
    if (reads && q.path == "/v1/jobs") {
      ordered_json out = ordered_json::array();
      for (const Job& j : jobs_.list(100)) out.push_back(json_of(j, false));
      return json_reply({{"jobs", out}});
    }
    const std::string prefix = "/v1/jobs/";
    if (q.path.rfind(prefix, 0) == 0) return job_reply(q, q.path.substr(prefix.size()), reads);
    if (!reads && q.method != "DELETE")
      return failure(405, "value", "methods are GET, HEAD, POST and DELETE");
    return failure(404, "input", "there is nothing at this address");
  }

  Reply page() const {
    Reply r;
    r.type = "text/html; charset=utf-8";
    r.body = viewer_page();
    // everything the page needs is in it; it speaks to this service only
    r.headers = {{"Content-Security-Policy",
                  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src "
                  "'unsafe-inline'; img-src data: blob:; "
                  "connect-src 'self' data:; base-uri 'none'; form-action 'none'; "
                  "frame-ancestors 'none'"},
                 {"Referrer-Policy", "no-referrer"},
                 {"Cache-Control", "no-cache"}};
    return r;
  }

  Reply post(const Request& q, const std::string& kind) {
    if (q.body_file.empty() || q.body_bytes == 0) return failure(400, "value", "the body is empty");
    std::string name = kind == "run"      ? "program.py"
                       : kind == "metric" ? "pairs.jsonl"
                                          : q.query.at("name");
    if (kind == "run" || kind == "metric") {
      if (q.body_bytes > kMostProgram)
        return failure(413, "limit", "a program may have at most 1 MB");
      const auto body = nlohmann::json::parse(read_file(q.body_file), nullptr, false);
      const auto text = [&](const char* key) {
        return body.is_object() && body.contains(key) && body[key].is_string()
                   ? body[key].get<std::string>()
                   : "";
      };
      if (kind == "run") {
        if (text("code").empty())
          return failure(400, "value", "expected a JSON object with code, a CadQuery program");
        write_file(q.body_file, text("code"));
      } else {
        if (text("prediction").empty() || text("truth").empty())
          return failure(400, "value",
                         "expected a JSON object with prediction and truth, two CadQuery programs");
        write_file(
            q.body_file,
            dump({{"id", "pair"}, {"gt_code", text("truth")}, {"pred_code", text("prediction")}}) +
                "\n");
      }
    }
    const auto id = jobs_.add(kind, name, q.body_file);
    if (!id) return busy();
    jobs_.start_some();
    Reply r = json_reply(json_of(*jobs_.find(*id), false), 202);
    r.headers.push_back({"Location", "/v1/jobs/" + *id});
    return r;
  }

  ordered_json json_of(const Job& j, bool whole) const {
    ordered_json out = {{"id", j.id},
                        {"kind", j.kind},
                        {"name", j.name},
                        {"state", to_string(j.state)},
                        {"created", j.created}};
    if (j.started > 0) out["started"] = j.started;
    if (j.finished > 0)
      out["finished"] = j.finished, out["seconds"] = std::max(0.0, j.finished - j.started);
    if (!j.error.empty()) out["error"] = {{"message", j.error}};
    if (!whole) return out;
    if (j.state == State::kRunning) out["progress"] = jobs_.progress_of(j.id);
    if (j.state < State::kDone) return out;
    out["files"] = jobs_.files_of(j.id);
    try {
      const auto result = ordered_json::parse(
          read_file(jobs_.folder_of(j.id) + "/stdout", size_t{64} << 20), nullptr, false);
      if (!result.is_discarded()) out["result"] = result;
      if (j.state == State::kFailed && result.is_object() && result.contains("error"))
        out["error"] = result["error"];
    } catch (const Error&) {
    }
    return out;
  }

  Reply job_reply(const Request& q, const std::string& rest, bool reads) {
    const size_t slash = rest.find('/');
    const std::string id = rest.substr(0, slash),
                      what = slash == std::string::npos ? "" : rest.substr(slash + 1);
    const auto job = jobs_.find(id);
    if (!job) return failure(404, "input", "there is no such job");
    if (q.method == "DELETE" && what.empty()) {
      if (!jobs_.cancel(id)) return failure(409, "value", "the job has ended already");
      return json_reply(json_of(*jobs_.find(id), false), 202);
    }
    if (!reads)
      return failure(405, "value", "a job can be read with GET and cancelled with DELETE");
    if (what.empty()) return json_reply(json_of(*job, true));
    if (what == "events") return events(id);
    const std::string prefix = "files/";
    if (what.rfind(prefix, 0) == 0) return file(id, what.substr(prefix.size()));
    return failure(404, "input", "there is nothing at this address");
  }

  // Only names that are in the listing: no path of the request reaches the disk.
  Reply file(const std::string& id, const std::string& name) const {
    const auto names = jobs_.files_of(id);
    if (std::find(names.begin(), names.end(), name) == names.end())
      return failure(404, "input", "the job has no such file");
    static const std::map<std::string, std::string> kTypes = {{".json", "application/json"},
                                                              {".png", "image/png"},
                                                              {".stl", "model/stl"},
                                                              {".step", "model/step"}};
    const auto type = kTypes.find(lower_extension(name));
    Reply r;
    r.type = type == kTypes.end() ? "text/plain; charset=utf-8"
                                  : type->second;  // pages and drawings too: nothing runs from here
    r.file = jobs_.folder_of(id) + "/out/" + name;
    r.headers = {{"Content-Disposition", "attachment"}, {"Cache-Control", "no-store"}};
    return r;
  }

  // Server-sent events: the job each time it changes, until it has ended.
  Reply events(const std::string& id) {
    Reply r;
    r.type = "text/event-stream";
    r.stream = [this, id, last = std::string(),
                ended = false]() mutable -> std::optional<std::string> {
      if (ended) return {};
      const auto job = jobs_.find(id);
      if (!job) return {};
      ended = job->state >= State::kDone;
      const std::string text = dump(json_of(*job, true));
      if (text == last && !ended) return "";
      last = text;
      return fmt::format("event: {}\ndata: {}\n\n", to_string(job->state), text);
    };
    return r;
  }

  Reply metrics() const {
    const Traffic& t = loop_.traffic();
    const double up =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    std::string out;
    const auto line = [&](const char* name, const char* type, const char* help, double value) {
      out += fmt::format(
          "# HELP cadrecode_{0} {2}\n# TYPE cadrecode_{0} {1}\ncadrecode_{0} {3:.10g}\n", name,
          type, help, value);
    };
    line("uptime_seconds", "gauge", "Since the start.", up);
    line("connections_total", "counter", "Accepted.", static_cast<double>(t.connections));
    line("connections_refused_total", "counter", "Closed because too many were open.",
         static_cast<double>(t.refused));
    line("connections_open", "gauge", "Open now.", t.open);
    line("request_timeouts_total", "counter", "Heads or bodies that took too long.",
         static_cast<double>(t.timeouts));
    line("received_bytes_total", "counter", "Of bodies.", static_cast<double>(t.bytes_in));
    line("jobs_queued", "gauge", "Waiting.", jobs_.queued());
    line("jobs_running", "gauge", "At work.", jobs_.running());
    line("job_seconds_total", "counter", "Spent on jobs that ended.", jobs_.busy_seconds);
    out +=
        "# HELP cadrecode_requests_total Answered, by status.\n# TYPE cadrecode_requests_total "
        "counter\n";
    for (const auto& [status, count] : t.by_status)
      out += fmt::format("cadrecode_requests_total{{status=\"{}\"}} {}\n", status, count);
    out += "# HELP cadrecode_jobs_total Ended, by state.\n# TYPE cadrecode_jobs_total counter\n";
    for (const auto& [state, count] : jobs_.ended)
      out += fmt::format("cadrecode_jobs_total{{state=\"{}\"}} {}\n", state, count);
    Reply r;
    r.type = "text/plain; version=0.0.4; charset=utf-8", r.body = out;
    return r;
  }

  Options options_;
  Jobs jobs_;
  std::chrono::steady_clock::time_point start_;
  Loop loop_;
};

std::string default_folder() {
  const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
  if (cache && *cache) return std::string(cache) + "/cadrecode/serve";
  return std::string(home && *home ? home : "/tmp") + "/.cache/cadrecode/serve";
}

}  // namespace

int run(const Options& given) {
  Options options = given;
  const bool local = options.address == "127.0.0.1" || options.address == "::1";
  if (!local && options.token.empty()) {
    throw Error(ErrorKind::kValue,
                fmt::format("serving on {} is open to others: set CADRECODE_TOKEN to a secret that "
                            "requests must bring",
                            options.address));
  }
  if (options.folder.empty()) options.folder = default_folder();
  options.folder = std::filesystem::absolute(options.folder).string();
  if (options.program.empty())
    options.program = std::filesystem::read_symlink("/proc/self/exe").string();
  return Service(options).run();
}

}  // namespace cadrecode::serve
