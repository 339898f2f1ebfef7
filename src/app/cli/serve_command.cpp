// cadrecode serve: the service and its page.
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "app/cli/commands.h"
#include "app/serve/serve.h"

namespace cadrecode::cli {

void add_serve(CLI::App& app, Action& action) {
  auto s = std::make_shared<serve::Options>();
  auto token_variable = std::make_shared<std::string>("CADRECODE_TOKEN");
  CLI::App* command =
      app.add_subcommand("serve", "Serve a page and an HTTP API: scans in, programs out");
  command->add_option("--address", s->address, "Beyond 127.0.0.1 a token is asked for")
      ->capture_default_str();
  command->add_option("--port", s->port, "0: any free one")->capture_default_str();
  command->add_option("--folder", s->folder, "Where jobs are kept; else in the cache folder")
      ->type_name("FOLDER");
  command
      ->add_option("--token-variable", *token_variable,
                   "Environment variable with the token that requests must bring")
      ->capture_default_str()
      ->type_name("NAME");
  command->add_option("--jobs", s->workers, "Jobs at a time")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  command->add_option("--queue", s->queue, "Jobs that may wait")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000));
  auto megabytes = std::make_shared<uint64_t>(s->max_body >> 20);
  command->add_option("--max-upload", *megabytes, "Largest body of a request, in MB")
      ->capture_default_str();
  command->add_option("--job-seconds", s->job_seconds, "Longest time of one job")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->callback([s, token_variable, megabytes, &action] {
    action = [s, token_variable, megabytes] {
      const char* token = std::getenv(token_variable->c_str());
      s->token = token ? token : "";
      s->max_body = *megabytes << 20;
      return serve::run(*s);
    };
  });
}

}  // namespace cadrecode::cli
