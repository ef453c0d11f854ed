// sipdrift convert: a saved JSON report in any other format.

#include <string>

#include "cli/commands.hpp"
#include "cli/report_input.hpp"
#include "cli/report_output.hpp"
#include "cli/terminal.hpp"
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
  const bool is_written = write_all(command.reports, *report, kept_secrets());
  return is_written ? exit_status::in_sync : exit_status::no_audit;
}

}  // namespace sipdrift
