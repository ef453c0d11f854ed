// The options, by CLI11. What an option means is said once, in its help text.

#include "cli/options.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command_options.hpp"
#include "cli/option_kinds.hpp"
#include "cli/usage.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

/// CLI11 says help and version by exceptions too; only their exit status is 0.
Answered answer(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream text;
  std::ostringstream ignored;  // is put in our words
  if (app.exit(error, text, ignored) == 0) return {exit_status::in_sync, text.str(), {}};
  if (!lacks_command(app, error) || !app.remaining().empty()) {
    return {exit_status::usage, {}, faults_of(app, error)};
  }
  std::string help = app.help();
  help.pop_back();  // the line end
  return {exit_status::usage, std::move(help), {}};
}

/// What --log-format asks for, though the command line may not have been read to its end.
LogFormat asked_log_format(const CLI::App& app) {
  const std::vector<std::string> given = app.get_option("--log-format")->results();
  return !given.empty() && given.back() == "json" ? LogFormat::json : LogFormat::text;
}

CommandOptions add_validate(CLI::App& program) {
  const auto values = std::make_shared<ValidateCommand>();
  CLI::App& validate =
      *program.add_subcommand("validate", "Say what is wrong with manifests, without the network");
  validate.add_option("MANIFEST", values->manifests, "YAML files; together one manifest")
      ->required()
      ->option_text("...");
  return {&validate, [values] { return std::move(*values); }};
}

CommandOptions add_schema(CLI::App& program) {
  const auto values = std::make_shared<SchemaCommand>();
  CLI::App& schema =
      *program.add_subcommand("schema", "Print the JSON Schema of a manifest, a report or changes");
  schema.add_option("OF", values->of, "manifest, report, or changes for what compare reports")
      ->required()
      ->check(CLI::IsMember({"manifest", "report", "changes"}))
      ->option_text("manifest|report|changes");
  schema.footer("Example:\n  sipdrift schema manifest > manifest.schema.json");
  return {&schema, [values] { return std::move(*values); }};
}

/// In the order in which help lists them.
constexpr std::array add_command{add_audit, add_validate, add_import, add_compare, add_convert,
                                 add_merge, add_verify,   add_waive,  add_schema};

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App app(
      "Shows when phone numbers' live SIP configuration has drifted from what was agreed.");
  app.name(std::string(tool_name));
  app.set_version_flag("--version", fmt::format("{} {}", tool_name, version()));
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(usage_example());
  app.add_option("--log-level", line.common.log_level, "What is logged on stderr")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
      ->option_text("debug|info|warning|error|off [warning]");
  add_choice<LogFormat>(app, "--log-format", line.common.log_format,
                        {{"text", LogFormat::text}, {"json", LogFormat::json}},
                        "The form of what is said on stderr: text, or json, an object a line");
  app.add_flag("--no-color", line.common.no_colour, "No colours, even on a terminal");

  std::vector<CommandOptions> commands;
  commands.reserve(add_command.size());
  for (const auto& add : add_command) commands.push_back(add(app));
  try {
    app.parse(argc, argv);
    const auto asked_for =
        std::find_if(commands.begin(), commands.end(),
                     [](const CommandOptions& command) { return command.app->parsed(); });
    if (asked_for != commands.end()) line.command = asked_for->command();
  } catch (const CLI::ParseError& error) {
    line.common.log_format = asked_log_format(app);
    line.command = answer(app, error);
  }
  return line;
}

}  // namespace sipdrift
