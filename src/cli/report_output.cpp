// Which descriptor, which style, and several files at once.

#include "cli/report_output.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <future>
#include <system_error>

#include <spdlog/spdlog.h>
#include <unistd.h>

#include "cli/input_files.hpp"
#include "cli/output_files.hpp"
#include "cli/terminal.hpp"

namespace sipdrift {

namespace {

/// What a format that carries something over finds at its target. A report that cannot be read is
/// as good as none, and the log tells of it.
std::string earlier_report(const ReportTarget& target) {
  constexpr std::size_t most_bytes = std::size_t{64} * 1024;
  std::error_code ignored;  // what cannot be looked at is not there
  if (!target.format->carries_over || target.is_stdout() || !is_replaceable(target.path) ||
      !std::filesystem::exists(target.path, ignored)) {
    return {};
  }
  auto text = read_file(target.path, most_bytes);
  if (text) return *std::move(text);
  spdlog::warn("nothing is carried over from the old {}: {}", target.path, text.error());
  return {};
}

}  // namespace

std::string write_report(const ReportTarget& target, const FormatOptions& asked,
                         const Report& report, const SecretFilter& secrets) {
  FormatOptions options = asked;
  options.earlier = earlier_report(target);
  const Writer writer = [&](std::ostream& out) { target.format->write(report, out, options); };
  if (target.is_stdout()) return write_descriptor(STDOUT_FILENO, writer, secrets);
  return write_file(target.path, writer, secrets,
                    target.format->for_everyone ? Readers::everyone : Readers::as_before);
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
  // There would be lines in a log of objects that are none.
  if (is_stdout_taken && common.log_format == LogFormat::json) return {};
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
