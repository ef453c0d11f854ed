// Files first, then streams, then the summary; and the files again where one of them failed.

#include "cli/run_output.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/output_files.hpp"
#include "cli/report_output.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/formats.hpp"

namespace sipdrift {

namespace {

/// What could not be written makes the exit status another, and the report tells of it.
void amend(Report& report, const std::string& what, const std::string& fault) {
  const std::string notice = fmt::format("{} could not be written: {}", what, fault);
  say(visible(notice));
  report.notices.push_back({notice});
  report.run.exit_code = exit_status::no_audit;
}

}  // namespace

void write_outputs(const Reports& reports, bool quiet, const CommonOptions& common,
                   const SecretFilter& secrets, Report& report) {
  std::vector<ReportTarget> targets = reports.targets;
  const auto is_file = [](const ReportTarget& target) {
    return !target.is_stdout() && is_replaceable(target.path);
  };
  const auto end_of_files = std::stable_partition(targets.begin(), targets.end(), is_file);
  const std::vector<ReportTarget> files(targets.begin(), end_of_files);
  const std::vector<ReportTarget> streams(end_of_files, targets.end());
  const FormatOptions options = reports.options();
  const std::size_t notices_before = report.notices.size();
  const auto tell_of = [&](const ReportTarget& target, const std::string& fault) {
    if (fault.empty()) return;
    amend(report, fmt::format("report {}={}", target.format->name, target.path), fault);
  };
  std::vector<ReportTarget> written;
  const std::vector<std::string> faults = write_reports(files, options, report, secrets);
  for (std::size_t i = 0; i < files.size(); ++i) {
    tell_of(files[i], faults[i]);
    if (faults[i].empty()) written.push_back(files[i]);
  }
  for (const ReportTarget& target : streams) {
    tell_of(target, write_report(target, options, report, secrets));
  }
  if (!quiet) {
    const std::string fault = write_summary(reports, common, report, secrets);
    if (!fault.empty()) amend(report, "the summary", fault);
  }
  if (report.notices.size() == notices_before) return;
  for (const ReportTarget& target : written) {
    const std::string fault = write_report(target, options, report, secrets);
    if (!fault.empty()) {
      say(fmt::format("report {} could not be written again, and says nothing of this: {}",
                      visible(target.path), fault));
    }
  }
}

}  // namespace sipdrift
