// The options of `convert`.

#include <memory>
#include <utility>

#include "cli/command_options.hpp"
#include "cli/report_option.hpp"

namespace sipdrift {

namespace {

struct ConvertValues {
  ConvertCommand command;
  ReportValues reports;
};

}  // namespace

CommandOptions add_convert(CLI::App& program) {
  const auto values = std::make_shared<ConvertValues>();
  CLI::App& convert = *program.add_subcommand(
      "convert", "Make any report from a saved JSON report, without the network");
  convert.add_option("REPORT", values->command.report, "A JSON report, - for stdin")
      ->required()
      ->option_text("REPORT.json");
  add_report_options(convert, values->reports);
  convert.footer(
      "Without --report, the text summary goes to stdout.\n\nExample:\n"
      "  sipdrift convert drift.json --report junit=drift.xml");
  return {&convert, [values] {
            ConvertCommand& command = values->command;
            command.reports = parse_reports(values->reports, {command.report});
            return std::move(command);
          }};
}

}  // namespace sipdrift
