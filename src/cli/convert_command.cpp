// sipdrift convert: a saved JSON report in any other format.

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/input_files.hpp"
#include "cli/report_output.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/report_reader.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t largest_report = std::size_t{2} * 1024 * 1024 * 1024;

}  // namespace

int run_convert(const ConvertCommand& command, const CommonOptions& common) {
  const std::string path = visible(command.report);
  const auto text = read_file(command.report, largest_report);
  if (!text) {
    say(fmt::format("{}: cannot be read: {}", path, text.error()));
    return exit_status::bad_input;
  }
  const auto report = read_report(*text);
  if (!report) {
    const ReportFault& fault = report.error();
    say(fmt::format("{}:{}{} {}", path, fault.path.empty() ? "" : " ", fault.path, fault.message));
    return exit_status::bad_input;
  }
  if (command.reports.targets.empty()) {
    const std::string fault = write_summary(command.reports, common, *report, kept_secrets());
    if (fault.empty()) return exit_status::in_sync;
    say("stdout could not be written: " + fault);
    return exit_status::no_audit;
  }
  int status = exit_status::in_sync;
  const auto faults =
      write_reports(command.reports.targets, command.reports.options(), *report, kept_secrets());
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (faults[i].empty()) continue;
    const ReportTarget& target = command.reports.targets[i];
    say(fmt::format("report {}={} could not be written: {}", target.format->name,
                    visible(target.path), faults[i]));
    status = exit_status::no_audit;
  }
  return status;
}

}  // namespace sipdrift
