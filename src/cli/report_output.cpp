// Which descriptor, which style, and several files at once.

#include "cli/report_output.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <future>
#include <system_error>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "cli/input_files.hpp"
#include "cli/output_files.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// What a format that carries something over finds at its target. A report that cannot be read is
/// as good as none, and the log tells of it.
template <class Document>
std::string earlier_report(const TargetOf<Document>& target) {
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

const Format& text_format(const Report& /*kind*/) { return *find_format("text"); }
const ChangeFormat& text_format(const Changes& /*kind*/) { return *find_change_format("text"); }

}  // namespace

template <class Document>
std::string write_report(const TargetOf<Document>& target, const FormatOptions& asked,
                         const Document& document, const SecretFilter& secrets) {
  FormatOptions options = asked;
  options.earlier = earlier_report(target);
  const Writer writer = [&](std::ostream& out) { target.format->write(document, out, options); };
  if (target.is_stdout()) return write_descriptor(STDOUT_FILENO, writer, secrets);
  return write_file(target.path, writer, secrets,
                    target.format->for_everyone ? Readers::everyone : Readers::as_before);
}

template <class Document>
std::vector<std::string> write_reports(const std::vector<TargetOf<Document>>& targets,
                                       const FormatOptions& options, const Document& document,
                                       const SecretFilter& secrets) {
  std::vector<std::future<std::string>> writes;
  writes.reserve(targets.size());
  for (const TargetOf<Document>& target : targets) {
    writes.push_back(std::async([&] { return write_report(target, options, document, secrets); }));
  }
  std::vector<std::string> faults;
  faults.reserve(targets.size());
  for (std::future<std::string>& write : writes) faults.push_back(write.get());
  return faults;
}

template <class Document>
std::string write_summary(const ReportsOf<Document>& reports, const CommonOptions& common,
                          const Document& document, const SecretFilter& secrets) {
  const bool is_stdout_taken = std::any_of(reports.targets.begin(), reports.targets.end(),
                                           [](const auto& one) { return one.is_stdout(); });
  const int descriptor = is_stdout_taken ? STDERR_FILENO : STDOUT_FILENO;
  // There would be lines in a log of objects that are none.
  if (is_stdout_taken && common.log_format == LogFormat::json) return {};
  FormatOptions options{.colour = wants_colour(descriptor, common)};
  if (const auto size = terminal_size(descriptor)) {
    options.columns = size->columns;
    if (!reports.verbose) options.rows = size->rows;
  }
  const auto& text = text_format(document);
  return write_descriptor(
      descriptor, [&](std::ostream& out) { text.write(document, out, options); }, secrets);
}

template <class Document>
bool write_all(const ReportsOf<Document>& reports, const Document& document,
               const SecretFilter& secrets) {
  bool is_written = true;
  const auto faults = write_reports(reports.targets, reports.options(), document, secrets);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (faults[i].empty()) continue;
    const TargetOf<Document>& target = reports.targets[i];
    say(fmt::format("report {}={} could not be written: {}", target.format->name,
                    visible(target.path), faults[i]));
    is_written = false;
  }
  return is_written;
}

template std::string write_report(const ReportTarget&, const FormatOptions&, const Report&,
                                  const SecretFilter&);
template std::vector<std::string> write_reports(const std::vector<ReportTarget>&,
                                                const FormatOptions&, const Report&,
                                                const SecretFilter&);
template std::string write_summary(const Reports&, const CommonOptions&, const Report&,
                                   const SecretFilter&);
template bool write_all(const Reports&, const Report&, const SecretFilter&);

template std::string write_report(const TargetOf<Changes>&, const FormatOptions&, const Changes&,
                                  const SecretFilter&);
template std::vector<std::string> write_reports(const std::vector<TargetOf<Changes>>&,
                                                const FormatOptions&, const Changes&,
                                                const SecretFilter&);
template std::string write_summary(const ReportsOf<Changes>&, const CommonOptions&, const Changes&,
                                   const SecretFilter&);
template bool write_all(const ReportsOf<Changes>&, const Changes&, const SecretFilter&);

}  // namespace sipdrift
