// sipdrift convert: a saved JSON report in any other format.

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/report_input.hpp"
#include "cli/report_output.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

int run_convert(const ConvertCommand& command, const CommonOptions& common) {
  const auto report = load_report(command.report);
  if (!report) return exit_status::bad_input;
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
