// The options of `merge`.

#include <memory>
#include <utility>

#include "cli/command_options.hpp"
#include "cli/report_option.hpp"

namespace sipdrift {

namespace {

struct MergeValues {
  MergeCommand command;
  ReportValues reports;
};

}  // namespace

CommandOptions add_merge(CLI::App& program) {
  const auto values = std::make_shared<MergeValues>();
  CLI::App& merge = *program.add_subcommand(
      "merge", "Put the JSON reports of all parts of a fleet (audit --shard) together");
  merge.add_option("PART", values->command.parts, "JSON reports, all parts in any order")
      ->required()
      ->option_text("PART.json...");
  add_report_options(merge, values->reports);
  merge.add_flag("-q,--quiet", values->command.quiet, "No summary");
  merge.footer(
      "The exit status is that of the whole, as audit has it; 65 if the reports are not all parts "
      "of "
      "one fleet, each once.\n\nExample:\n"
      "  sipdrift audit numbers.yaml --shard 1/2 --report json=part1.json   # on one machine\n"
      "  sipdrift audit numbers.yaml --shard 2/2 --report json=part2.json   # on another\n"
      "  sipdrift merge part1.json part2.json --report json=drift.json");
  return {&merge, [values] {
            MergeCommand& command = values->command;
            command.reports = parse_reports(values->reports, command.parts);
            return std::move(command);
          }};
}

}  // namespace sipdrift
