// The options of `compare`.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command_options.hpp"
#include "cli/option_kinds.hpp"
#include "cli/report_option.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

struct CompareValues {
  CompareCommand command;
  ReportValues reports;
};

std::string statuses() {
  std::string text = "Exit status:\n";
  for (const int status :
       {exit_status::in_sync, exit_status::no_audit, exit_status::drift, exit_status::not_compared,
        exit_status::drift | exit_status::not_compared, exit_status::usage,
        exit_status::bad_input}) {
    text += fmt::format("  {:3}  {}\n", status, compare_exit_meaning(status));
  }
  text.pop_back();
  return text;
}

CompareCommand finished(CompareValues values) {
  CompareCommand& command = values.command;
  std::vector<std::string> inputs = command.plan;
  inputs.insert(inputs.end(), {command.before, command.after});
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
    throw CLI::ValidationError("compare", "only one of its inputs can be stdin");
  }
  command.reports = parse_reports<Changes>(values.reports, inputs);
  return std::move(command);
}

}  // namespace

CommandOptions add_compare(CLI::App& program) {
  const auto values = std::make_shared<CompareValues>();
  CompareCommand& command = values->command;
  CLI::App& compare = *program.add_subcommand(
      "compare", "Show what changed live between two audits, or prove that exactly a plan did");
  compare.add_option("BEFORE", command.before, "The JSON report of the first audit, - for stdin")
      ->required()
      ->option_text("BEFORE.json");
  compare.add_option("AFTER", command.after, "The JSON report of the later one")
      ->required()
      ->option_text("AFTER.json");
  compare
      .add_option("--expect", command.plan,
                  "A manifest of what was to change, and nothing else (repeatable; together one)")
      ->allow_extra_args(false)
      ->option_text("CHANGE.yaml");
  add_choice<MatchMode>(
      compare, "--match", command.match, {{"sip", MatchMode::sip}, {"exact", MatchMode::exact}},
      "What is no change: sip, the same by meaning (RFC 3261), or exact, the same to the letter");
  add_report_options<Changes>(compare, values->reports);
  compare.add_flag("--exit-zero", command.exit_zero, "Exit 0 whatever is found");
  compare.add_flag("-q,--quiet", command.quiet, "No summary");
  compare.footer(
      "The plan declares what is to be otherwise afterwards, and only that: what was so before\n"
      "counts as not having happened.\n\nExample:\n"
      "  sipdrift audit numbers.yaml --report json=before.json\n"
      "  sipdrift audit numbers.yaml --report json=after.json\n"
      "  sipdrift compare before.json after.json --expect change.yaml --report markdown=proof.md"
      "\n\n" +
      statuses());
  return {&compare, [values] { return finished(std::move(*values)); }};
}

}  // namespace sipdrift
