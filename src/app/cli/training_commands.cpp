// cadrecode train, merge: handed over to cadrecode-train, which links libtorch.
// The main program does not, so that everything else starts at once.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/cli/commands.h"
#include "base/error.h"

namespace cadrecode::cli {
namespace {

// Beside this very program.
std::string training_program() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (error ? std::filesystem::path() : self.parent_path()) / "cadrecode-train";
}

int hand_over(const std::string& command, const std::vector<std::string>& words) {
  const std::string program = training_program();
  std::vector<char*> argv = {const_cast<char*>(program.c_str()),
                             const_cast<char*>(command.c_str())};
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  if (errno == ENOENT) {
    throw Error(ErrorKind::kUnsupported,
                "this installation was built without libtorch and cannot train (" + program +
                    " is missing); install libtorch-dev and build again");
  }
  throw Error(ErrorKind::kInternal, program + ": " + std::strerror(errno));
}

void add_handed_over(CLI::App& app, Action& action, const std::string& name,
                     const std::string& about) {
  CLI::App* command = app.add_subcommand(name, about);
  command->set_help_flag();  // cadrecode-train's own help is meant
  command->prefix_command();
  command->callback([&action, command, name] {
    action = [command, name] { return hand_over(name, command->remaining()); };
  });
}

}  // namespace

void add_training(CLI::App& app, Action& action) {
  add_handed_over(app, action, "train", "Train a model: full, LoRA or QLoRA; resumes by itself");
  add_handed_over(app, action, "merge", "Put an adapter into its base model");
}

}  // namespace cadrecode::cli
