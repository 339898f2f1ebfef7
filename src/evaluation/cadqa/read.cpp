#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "evaluation/cadqa/cadqa.h"

namespace cadrecode::cadqa {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> out;
  std::string line;
  for (const char c : read_file(path, size_t{1} << 20)) {
    if (c == '\r') continue;
    if (c == '\n') {
      out.push_back(line);
      line.clear();
    } else {
      line += c;
    }
  }
  out.push_back(line);
  return out;
}

void add_sample(const fs::path& folder, std::vector<Question>& out) {
  const auto questions = lines_of((folder / "input.txt").string());
  const auto labels = lines_of((folder / "solution.txt").string());
  std::vector<std::string> metadata;
  if (fs::exists(folder / "metadata.txt")) metadata = lines_of((folder / "metadata.txt").string());
  metadata.resize(std::max(metadata.size(), questions.size()));
  if (labels.size() < questions.size()) {
    throw Error(ErrorKind::kInput, fmt::format("'{}' has {} questions and {} answers",
                                               folder.string(), questions.size(), labels.size()));
  }
  for (size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].empty()) continue;
    Question q;
    q.set = folder.parent_path().filename().string();
    q.part = folder.filename().string();
    q.index = static_cast<int>(i);
    q.text = questions[i], q.label = labels[i];
    q.sorted = metadata[i].find("sorted") != std::string::npos;
    if (fs::exists(folder / "cad.step")) q.step = (folder / "cad.step").string();
    out.push_back(std::move(q));
  }
}

}  // namespace

std::vector<Question> read_questions(const std::string& folder) {
  std::set<fs::path> samples;
  std::error_code ignored;
  for (auto it = fs::recursive_directory_iterator(folder, ignored);
       it != fs::recursive_directory_iterator(); it.increment(ignored)) {
    if (it->path().filename() == "input.txt") samples.insert(it->path().parent_path());
  }
  std::vector<Question> out;
  for (const fs::path& sample : samples) add_sample(sample, out);
  if (out.empty())
    throw Error(
        ErrorKind::kInput,
        fmt::format("'{}' holds no questions: expected folders with input.txt and solution.txt",
                    folder));
  return out;
}

}  // namespace cadrecode::cadqa
