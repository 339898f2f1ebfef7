#include "app/command_line/training.h"

namespace cadrecode::command_line {

CLI::App* declare_train(CLI::App& app, TrainWords& words) {
  CLI::App* command =
      app.add_subcommand("train", "Train a model: full, LoRA or QLoRA; resumes by itself");
  command->add_option("--config", words.config, "The recipe (YAML)")->type_name("FILE");
  command->add_option("overrides", words.overrides, "Words over the recipe")
      ->type_name("KEY=VALUE");
  command->add_flag("--print", words.print, "Print the whole recipe and stop");
  return command;
}

CLI::App* declare_merge(CLI::App& app, MergeWords& words) {
  CLI::App* command = app.add_subcommand("merge", "Put an adapter into its base model");
  command->add_option("adapter", words.adapter, "The adapter's folder (PEFT)")
      ->required()
      ->type_name("DIR");
  command->add_option("-o,--output", words.output, "The merged model's folder")
      ->required()
      ->type_name("DIR");
  command->add_option("--base", words.base, "The base model's folder; else as the adapter says")
      ->type_name("DIR");
  command->add_option("--type", words.type, "Of the written weights")
      ->check(CLI::IsMember({"fp32", "bf16", "fp16"}))
      ->capture_default_str();
  return command;
}

}  // namespace cadrecode::command_line
