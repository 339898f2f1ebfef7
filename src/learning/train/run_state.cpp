#include "learning/train/run_state.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/safetensors.h"

namespace cadrecode::train {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kPrefix = "checkpoint-";

// The step in a checkpoint's name; -1 for any other name.
int64_t step_of(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name.rfind(kPrefix, 0) != 0) return -1;
  const std::string digits = name.substr(std::string(kPrefix).size());
  const bool number =
      !digits.empty() && digits.size() < 18 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return number ? std::stoll(digits) : -1;
}

std::vector<fs::path> checkpoints(const std::string& run) {
  std::vector<fs::path> found;
  if (!fs::is_directory(run)) return found;
  for (const auto& entry : fs::directory_iterator(run)) {
    if (step_of(entry.path()) >= 0) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end(),
            [](const fs::path& a, const fs::path& b) { return step_of(a) < step_of(b); });
  return found;
}

void write_tensors(const std::string& path, Optimizer& optimizer) {
  std::vector<checkpoint::TensorSource> sources;
  Tensor held;  // the one being written, on the host
  optimizer.for_each_state([&](const std::string& name, Tensor& tensor) {
    checkpoint::TensorSource source;
    source.name = name;
    source.shape = tensor.sizes().vec();
    source.bytes = [&held, tensor] {
      held = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
      return std::span(static_cast<const std::byte*>(held.data_ptr()), held.nbytes());
    };
    sources.push_back(std::move(source));
  });
  checkpoint::write_safetensors(path, std::move(sources));
}

void read_tensors(const std::string& path, Optimizer& optimizer) {
  const checkpoint::Weights stored = checkpoint::Weights::open(path);
  const at::NoGradGuard no_grad;
  optimizer.for_each_state([&](const std::string& name, Tensor& tensor) {
    const std::vector<float> values = checkpoint::floats_of(stored.at(name, tensor.sizes().vec()));
    tensor.copy_(at::from_blob(const_cast<float*>(values.data()), tensor.sizes(), at::kFloat));
  });
}

std::string progress_text(const Progress& p, int64_t optimizer_steps) {
  return Json{{"step", p.step},
              {"optimizer_steps", optimizer_steps},
              {"seconds", p.seconds},
              {"feed", p.feed},
              {"loss_scale", p.loss_scale},
              {"scaled_well", p.scaled_well},
              {"best", p.best},
              {"best_step", p.best_step},
              {"window",
               {p.window_loss, p.window_targets, p.window_steps, p.window_skipped, p.window_norm}},
              {"window_extra", p.window_extra}}
             .dump(2) +
         "\n";
}

}  // namespace

void replace_folder(const std::string& folder,
                    const std::function<void(const std::string& folder)>& write) {
  const std::string scratch = folder + ".unfinished", old = folder + ".old";
  fs::remove_all(scratch);
  try {
    fs::create_directories(scratch);
    write(scratch);
    fs::remove_all(old);
    if (fs::exists(folder)) fs::rename(folder, old);
    fs::rename(scratch, folder);
    fs::remove_all(old);
  } catch (const fs::filesystem_error& e) {
    std::error_code ignored;
    fs::remove_all(scratch, ignored);
    throw Error(ErrorKind::kInput, folder + ": " + e.code().message());
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(scratch, ignored);
    throw;
  }
}

void save_checkpoint(const std::string& run, const Progress& progress, Optimizer& optimizer,
                     const std::string& recipe_yaml,
                     const std::function<void(const std::string& folder)>& write_model) {
  replace_folder(run + "/" + kPrefix + std::to_string(progress.step),
                 [&](const std::string& folder) {
                   write_model(folder);
                   write_tensors(folder + "/state.safetensors", optimizer);
                   write_file(folder + "/recipe.yaml", recipe_yaml);
                   write_file(folder + "/state.json", progress_text(progress, optimizer.steps()));
                 });
}

void prune_checkpoints(const std::string& run, int64_t keep) {
  const std::vector<fs::path> found = checkpoints(run);
  std::error_code ignored;
  for (size_t i = 0; i + static_cast<size_t>(keep) < found.size(); ++i) {
    fs::remove_all(found[i], ignored);
  }
  for (const auto& entry : fs::directory_iterator(run)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".unfinished" || extension == ".old") fs::remove_all(entry.path(), ignored);
  }
}

std::string newest_checkpoint(const std::string& run) {
  const std::vector<fs::path> found = checkpoints(run);
  return found.empty() ? "" : found.back().string();
}

Progress load_checkpoint(const std::string& folder, Optimizer& optimizer) {
  const std::string path = folder + "/state.json";
  Progress p;
  try {
    const Json json = Json::parse(read_file(path));
    p.step = json.at("step");
    p.seconds = json.at("seconds");
    p.feed = json.at("feed");
    p.loss_scale = json.at("loss_scale");
    p.scaled_well = json.at("scaled_well");
    p.best = json.at("best");
    p.best_step = json.at("best_step");
    const Json& window = json.at("window");
    p.window_loss = window.at(0);
    p.window_targets = window.at(1);
    p.window_steps = window.at(2);
    p.window_skipped = window.at(3);
    p.window_norm = window.at(4);
    p.window_extra = json.at("window_extra").get<std::map<std::string, double>>();
    optimizer.set_steps(json.at("optimizer_steps"));
  } catch (const Json::exception& e) {
    throw Error(ErrorKind::kInput, std::string("not the state of a run: ") + e.what(),
                {path, 0, 0});
  }
  read_tensors(folder + "/state.safetensors", optimizer);
  return p;
}

}  // namespace cadrecode::train
