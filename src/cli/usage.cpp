// Help, and help where something is mistyped.

#include "cli/usage.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "model/redaction.hpp"
#include "model/suggestion.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

constexpr const char* example = R"(
Example:
  export BLAND_API_KEY=...
  sipdrift import -o numbers.yaml
  sipdrift validate numbers.yaml
  sipdrift audit numbers.yaml --report json=drift.json --report junit=drift.xml
)";

/// Every long option of the program, with its dashes.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  std::vector<const CLI::App*> parts = app.get_subcommands({});
  // Those of other commands would not be taken here either.
  const auto is_idle = [](const CLI::App* command) { return !command->parsed(); };
  if (!app.get_subcommands().empty()) std::erase_if(parts, is_idle);
  parts.push_back(&app);
  for (const CLI::App* const part : parts) {
    for (const CLI::Option* const option : part->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

/// Without what acts on a terminal, and without passwords: it may quote a value.
std::string shown(const std::string& text) { return visible(redacted_line(text)); }

/// What was not expected: options by their names alone, as their values may be secret.
std::vector<std::string> unknown_words(const CLI::App& app) {
  const std::vector<std::string> names = option_names(app);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  std::vector<std::string> faults;
  for (const std::string& word : app.remaining(true)) {
    if (!word.starts_with('-')) continue;
    // Behind a single dash a value may follow at once.
    const bool is_long = word.starts_with("--");
    const std::string option = word.substr(0, is_long ? word.find('=') : 2);
    faults.push_back("there is no option " + shown(option));
    if (option == "--api-key" || option == "--key" || option == "--token") {
      faults.emplace_back(
          "no option takes the key itself, as others could see it there; set BLAND_API_KEY, "
          "or give --api-key-file FILE");
    } else if (const auto meant = closest(option, candidates)) {
      faults.push_back(fmt::format("did you mean {}?", *meant));
    }
  }
  if (!faults.empty()) return faults;
  if (!app.get_subcommands().empty()) return {"there are more arguments than the command takes"};
  std::vector<std::string> commands;
  for (const CLI::App* const command : app.get_subcommands({})) {
    commands.push_back(command->get_name());
  }
  return {fmt::format("there is no such command; there are {}", fmt::join(commands, ", "))};
}

}  // namespace

std::string usage_example() { return example; }

std::string exit_status_list() {
  std::string text = "Exit status:\n";
  for (const int status :
       {exit_status::in_sync, exit_status::no_audit, exit_status::drift, exit_status::not_compared,
        exit_status::drift | exit_status::not_compared, exit_status::usage, exit_status::bad_input,
        exit_status::hung_up, exit_status::interrupted, exit_status::terminated}) {
    text += fmt::format("  {:3}  {}\n", status, exit_meaning(status));
  }
  return text;
}

bool lacks_command(const CLI::App& app, const CLI::Error& error) {
  return error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
         app.get_subcommands().empty();
}

std::vector<std::string> faults_of(const CLI::App& app, const CLI::Error& error) {
  const bool has_unknown_words =
      lacks_command(app, error) ||
      error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  std::vector<std::string> faults =
      has_unknown_words ? unknown_words(app) : std::vector{shown(error.what())};
  faults.emplace_back("see sipdrift --help");
  return faults;
}

}  // namespace sipdrift
