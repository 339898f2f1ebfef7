// cadrecode merge: an adapter put into its base, as one model.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/command_line/training.h"
#include "app/train_cli/commands.h"
#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/adapter.h"
#include "learning/model/folder.h"

namespace cadrecode::train_cli {
namespace {

using Settings = command_line::MergeWords;

at::ScalarType type_named(const std::string& name) {
  return name == "fp32" ? at::kFloat : name == "fp16" ? at::kHalf : at::kBFloat16;
}

int merge(const Settings& settings) {
  const checkpoint::AdapterConfig config =
      checkpoint::parse_adapter_config(read_file(settings.adapter + "/adapter_config.json"),
                                       settings.adapter + "/adapter_config.json");
  const std::string base = settings.base.empty() ? config.base_model : settings.base;
  if (base.empty()) {
    throw Error(ErrorKind::kInput, "the adapter names no base model; give one with --base FOLDER");
  }
  model::LoadOptions options;
  options.encoder_seed = 1;  // replaced by the adapter's own
  const auto& saved = config.modules_to_save;
  if (std::find(saved.begin(), saved.end(), "brep_encoder") != saved.end()) options.brep_seed = 1;
  model::Model model = model::load_model(base, options);
  model::add_adapter(model, settings.adapter);
  model::save_model(model, settings.output, type_named(settings.type));
  for (const char* name : {"tokenizer.json", "tokenizer_config.json"}) {
    try {
      write_file(settings.output + "/" + name, read_file(base + "/" + name));
    } catch (const Error&) {
      fmt::print(stderr, "merge: {} has no {}\n", base, name);
    }
  }
  fmt::print("{}\n", settings.output);
  return 0;
}

}  // namespace

void add_merge(CLI::App& app, Action& action) {
  auto settings = std::make_shared<Settings>();
  CLI::App* command = command_line::declare_merge(app, *settings);
  command->callback([&action, settings] { action = [settings] { return merge(*settings); }; });
}

}  // namespace cadrecode::train_cli
