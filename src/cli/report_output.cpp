// Which descriptor, which style, and several files at once.

#include "cli/report_output.hpp"

#include <algorithm>
#include <future>

#include <unistd.h>

#include "cli/output_files.hpp"
#include "cli/terminal.hpp"

namespace sipdrift {

std::string write_report(const ReportTarget& target, const FormatOptions& options,
                         const Report& report, const SecretFilter& secrets) {
  const Writer writer = [&](std::ostream& out) { target.format->write(report, out, options); };
  return target.is_stdout() ? write_descriptor(STDOUT_FILENO, writer, secrets)
                            : write_file(target.path, writer, secrets);
}

std::vector<std::string> write_reports(const std::vector<ReportTarget>& targets,
                                       const FormatOptions& options, const Report& report,
                                       const SecretFilter& secrets) {
  std::vector<std::future<std::string>> writes;
  writes.reserve(targets.size());
  for (const ReportTarget& target : targets) {
    writes.push_back(std::async([&] { return write_report(target, options, report, secrets); }));
  }
  std::vector<std::string> faults;
  faults.reserve(targets.size());
  for (std::future<std::string>& write : writes) faults.push_back(write.get());
  return faults;
}

std::string write_summary(const Reports& reports, const CommonOptions& common, const Report& report,
                          const SecretFilter& secrets) {
  const bool is_stdout_taken = std::any_of(reports.targets.begin(), reports.targets.end(),
                                           [](const ReportTarget& one) { return one.is_stdout(); });
  const int descriptor = is_stdout_taken ? STDERR_FILENO : STDOUT_FILENO;
  FormatOptions options{.colour = wants_colour(descriptor, common)};
  if (const auto size = terminal_size(descriptor)) {
    options.columns = size->columns;
    if (!reports.verbose) options.rows = size->rows;
  }
  const Format* const text = find_format("text");
  return write_descriptor(
      descriptor, [&](std::ostream& out) { text->write(report, out, options); }, secrets);
}

}  // namespace sipdrift
