// The options of `import`.

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/api_options.hpp"
#include "cli/command_options.hpp"
#include "cli/option_kinds.hpp"
#include "cli/output_files.hpp"
#include "cli/report_option.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

/// Everything that CLI11 writes into while it reads the options.
struct ImportValues {
  ImportCommand command;
  ApiValues api;
};

constexpr const char* output_flag = "--output";

void add_options(CLI::App& app, ImportCommand& command) {
  app.add_option("-o,--output", command.output,
                 "Where the manifest goes, - for stdout; a file that is there is kept")
      ->option_text("FILE [-]");
  app.add_flag("--force", command.force, "Let the manifest take the place of a file");
  app.add_option("--numbers", command.numbers_file,
                 "A file of the numbers to import, one a line, - for stdin; else all that the "
                 "provider lists")
      ->option_text("FILE");
  app.add_option("--only", command.selection.only,
                 "Import only numbers that match a glob (repeatable)")
      ->allow_extra_args(false)
      ->option_text("GLOB");
  app.add_option("--exclude", command.selection.exclude,
                 "Leave out numbers that match (repeatable)")
      ->allow_extra_args(false)
      ->option_text("GLOB");
  add_choice<ProgressMode>(app, "--progress", command.progress,
                           {{"auto", ProgressMode::automatic},
                            {"always", ProgressMode::always},
                            {"never", ProgressMode::never}},
                           "Show progress on stderr");
}

std::string footer() {
  std::string text =
      "The options of sipdrift itself, --log-level, --log-format and --no-color, may stand here "
      "too.\n\nExample:\n"
      "  export BLAND_API_KEY=...\n"
      "  sipdrift import -o numbers.yaml\n"
      "  sipdrift audit numbers.yaml\n\nExit status:\n";
  constexpr std::array<std::pair<int, std::string_view>, 8> meanings{
      {{exit_status::in_sync, "every number was imported"},
       {exit_status::no_audit, "nothing was imported, or the manifest could not be written"},
       {exit_status::not_compared, "some numbers could not be imported: the manifest lists them"},
       {exit_status::usage, {}},
       {exit_status::bad_input, "bad list of numbers or other input; no request was sent"},
       {exit_status::hung_up, {}},
       {exit_status::interrupted, {}},
       {exit_status::terminated, {}}}};
  for (const auto& [status, meaning] : meanings) {
    text += fmt::format("  {:3}  {}\n", status, meaning.empty() ? exit_meaning(status) : meaning);
  }
  return text;
}

void check_selection(const char* flag, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    if (!pattern.starts_with("tag:")) continue;
    throw CLI::ValidationError(flag,
                               "tags are given in a manifest, and there is none yet; give "
                               "globs over numbers, such as \"+1415*\"");
  }
}

/// That nothing is asked for which could not be written then, and no file lost.
void check_output(const ImportCommand& command) {
  if (command.output == "-") return;
  const std::filesystem::path path(command.output);
  std::error_code ignored;  // what cannot be looked at is told of when it is written
  if (command.output.empty() || std::filesystem::is_directory(path, ignored)) {
    throw CLI::ValidationError(output_flag, fmt::format("\"{}\" is no file", command.output));
  }
  const std::filesystem::path folder = path.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    throw CLI::ValidationError(output_flag,
                               fmt::format("there is no folder \"{}\"", folder.string()));
  }
  if (!command.force && std::filesystem::is_regular_file(path, ignored)) {
    throw CLI::ValidationError(output_flag,
                               fmt::format("\"{}\" exists; --force replaces it", command.output));
  }
  for (const std::string& input :
       {command.api.key_file, command.api.http.ca_file, command.numbers_file}) {
    if (input.empty() || !is_same_file(command.output, input)) continue;
    throw CLI::ValidationError(
        output_flag, fmt::format("\"{}\" would overwrite an input of this run", command.output));
  }
}

ImportCommand finished(ImportValues values, const CLI::App& app) {
  ImportCommand& command = values.command;
  command.api = parse_api(std::move(values.api), app);
  check_selection("--only", command.selection.only);
  check_selection("--exclude", command.selection.exclude);
  check_output(command);
  return std::move(command);
}

}  // namespace

CommandOptions add_import(CLI::App& program) {
  const auto values = std::make_shared<ImportValues>();
  CLI::App& app =
      *program.add_subcommand("import", "Write a manifest of what is live, to begin with");
  add_options(app, values->command);
  add_api_options(app, values->api);
  app.footer(footer());
  return {&app, [values, &app] { return finished(std::move(*values), app); }};
}

}  // namespace sipdrift
