// The options of `waive`.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command_options.hpp"
#include "model/characters.hpp"
#include "model/field_path.hpp"
#include "model/suggestion.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

namespace {

struct WaiveValues {
  WaiveCommand command;
  std::vector<std::string> fields;
  bool all = false;
};

void add_selection_options(CLI::App& app, WaiveValues& values) {
  const auto add_list = [&](const char* flag, std::vector<std::string>& list, const char* what,
                            const char* help) {
    app.add_option(flag, list, help)->allow_extra_args(false)->option_text(what);
  };
  FindingSelection& selection = values.command.selection;
  app.add_flag("--all", values.all,
               "Waive every finding that no waiver covers yet, but those that cannot be pinned");
  add_list("--only", selection.numbers.only, "GLOB",
           "Only on numbers that match: a glob, or tag:GLOB (repeatable)");
  add_list("--exclude", selection.numbers.exclude, "GLOB",
           "Not on numbers that match (repeatable)");
  add_list("--field", values.fields, "PATH", "Only of this field, as outbound.port (repeatable)");
  add_list("--finding", selection.fingerprints, "FINGERPRINT",
           "Only this finding: the first characters of its fingerprint (repeatable)");
}

void add_terms(CLI::App& app, WaiveCommand& command) {
  const auto add_text = [&](const char* flag, std::string& text, const char* what,
                            const char* help) {
    app.add_option(flag, text, help)
        ->required()
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->option_text(what);
  };
  Waiver& terms = command.terms;
  add_text("--reason", terms.reason, "TEXT", "Why it may differ (required)");
  add_text("--owner", terms.owner, "TEXT", "Who answers for it (required)");
  add_text("--ticket", terms.ticket, "TEXT", "Where it is dealt with (required)");
  add_text("--expires", terms.expires, "DATE",
           "Until when: 2026-12-31, the end of that day in UTC, or 2026-12-31T18:00:00+02:00 "
           "(required)");
  app.add_flag("--any-value", command.any_value,
               "Waive whatever is live; else another live value than that of the report is drift "
               "again");
  app.add_flag("--dry-run", command.dry_run, "Print what would be added, and write nothing");
}

FieldPath parse_field(const std::string& text) {
  std::vector<std::string_view> names;
  for (const auto& [name, path] : all_field_paths()) {
    if (text == name) return path;
    names.push_back(name);
  }
  throw CLI::ValidationError("--field", fmt::format("\"{}\" is not known; {}", text,
                                                    suggestion(text, names, "the fields are")));
}

void check_text(const char* flag, const std::string& text) {
  if (text.find_first_not_of(' ') == std::string::npos) {
    throw CLI::ValidationError(flag, "is empty; somebody will want to know");
  }
  if (visible(text) != text) {
    throw CLI::ValidationError(flag, "holds a line end or another character that is not shown");
  }
}

void check_fingerprint(const std::string& beginning) {
  constexpr std::size_t fewest = 6;
  constexpr std::size_t whole = 64;
  const bool is_hex = std::all_of(beginning.begin(), beginning.end(),
                                  [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  if (is_hex && beginning.size() >= fewest && beginning.size() <= whole) return;
  throw CLI::ValidationError(
      "--finding", fmt::format("\"{}\" is not the beginning of a fingerprint, as the JSON report "
                               "has them: at least {} characters of 0-9 and a-f",
                               beginning, fewest));
}

WaiveCommand finished(WaiveValues values) {
  WaiveCommand& command = values.command;
  if (command.file == "-") {
    throw CLI::ValidationError("FILE", "\"-\" is no file that waivers can be added to");
  }
  check_text("--reason", command.terms.reason);
  check_text("--owner", command.terms.owner);
  check_text("--ticket", command.terms.ticket);
  const auto ends_at = parse_expiry(command.terms.expires);
  if (!ends_at) {
    throw CLI::ValidationError(
        "--expires", fmt::format("\"{}\" is no date that exists; it looks like 2026-12-31, or "
                                 "like 2026-12-31T18:00:00+02:00",
                                 command.terms.expires));
  }
  command.terms.ends_at = *ends_at;
  for (const std::string& field : values.fields) {
    command.selection.fields.push_back(parse_field(field));
  }
  for (const std::string& one : command.selection.fingerprints) check_fingerprint(one);
  const FindingSelection& selection = command.selection;
  const bool is_selective = !selection.numbers.only.empty() || !selection.fields.empty() ||
                            !selection.fingerprints.empty();
  if (is_selective == values.all) {
    throw CLI::ValidationError(
        "--all", is_selective
                     ? "is given beside a selection; leave one of the two out"
                     : "is not given, and no selection: say which findings are to be waived, by "
                       "--only, --field, --finding, or by --all");
  }
  return std::move(command);
}

}  // namespace

CommandOptions add_waive(CLI::App& program) {
  const auto values = std::make_shared<WaiveValues>();
  CLI::App& app = *program.add_subcommand(
      "waive", "Add waivers for findings of a JSON report to a manifest file");
  app.add_option("REPORT", values->command.report, "A JSON report, - for stdin")
      ->required()
      ->option_text("REPORT.json");
  app.add_option("FILE", values->command.file,
                 "A manifest file, every byte of which is kept; a new one, if there is none")
      ->required()
      ->option_text("FILE.yaml");
  add_selection_options(app, *values);
  add_terms(app, values->command);
  app.footer(
      "Example:\n"
      "  sipdrift waive drift.json waivers.yaml --only '+1415555013*' --field outbound.port \\\n"
      "    --reason 'the carrier moves them in March' --owner voice-oncall --ticket NET-4211 \\\n"
      "    --expires 2027-03-31");
  return {&app, [values] { return finished(std::move(*values)); }};
}

}  // namespace sipdrift
