// FORMAT=PATH, and that no file is meant twice.

#include "cli/report_option.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "cli/option_kinds.hpp"
#include "cli/output_files.hpp"

namespace sipdrift {

namespace {

std::string format_list() {
  std::string text;
  for (const Format& format : formats()) {
    text += fmt::format("\n{:10} {}", format.name, format.description);
  }
  return text;
}

ReportTarget parse_report(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const Format* const format = find_format(name);
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw CLI::ValidationError("--report", fmt::format("\"{}\" is not FORMAT=PATH", text));
  }
  if (format == nullptr) {
    std::string known;
    for (const Format& other : formats()) known += fmt::format(" {}", other.name);
    throw CLI::ValidationError("--report",
                               fmt::format("format \"{}\" is not known; there are{}", name, known));
  }
  return {format, text.substr(equals + 1)};
}

/// A report must not take the place of what the run itself is made from.
void check_inputs_are_kept(const std::vector<std::string>& inputs,
                           const std::vector<ReportTarget>& targets) {
  for (const ReportTarget& target : targets) {
    for (const std::string& input : inputs) {
      if (target.is_stdout() || input.empty() || !is_same_file(target.path, input)) continue;
      throw CLI::ValidationError(
          "--report", fmt::format("\"{}\" would overwrite an input of this run", target.path));
    }
  }
}

}  // namespace

bool is_same_file(const std::string& a, const std::string& b) {
  if (a == "-" || b == "-") return a == b;
  std::error_code ignored;  // a path that cannot be resolved is its own
  const auto place_of = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(behind_links(path), ignored),
                                             ignored);
  };
  if (std::filesystem::exists(a, ignored) && !std::filesystem::is_regular_file(a, ignored)) {
    return false;  // a device or a pipe takes all that is written to it
  }
  return std::filesystem::equivalent(a, b, ignored) || place_of(a) == place_of(b);
}

void add_report_options(CLI::App& app, ReportValues& values) {
  app.add_option("--report", values.targets,
                 "Write a report to PATH, - for stdout (repeatable). Formats:" + format_list())
      ->allow_extra_args(false)
      ->option_text("FORMAT=PATH");
  constexpr std::size_t least = 2048;
  constexpr std::size_t most = std::size_t{1} << 30U;
  add_bounded(
      app, "--max-bytes", values.reports.max_bytes, least, most, "N", "",
      "For markdown: leave out whole sections, the last first, beyond so many bytes (from 2048)");
  app.add_flag("-v,--verbose", values.reports.verbose,
               "All of the summary, however much more than a screenful it is");
}

Reports parse_reports(ReportValues values, const std::vector<std::string>& inputs) {
  std::vector<ReportTarget>& targets = values.reports.targets;
  for (const std::string& text : values.targets) {
    ReportTarget target = parse_report(text);
    const bool is_taken =
        std::any_of(targets.begin(), targets.end(), [&](const ReportTarget& other) {
          return (other.is_stdout() && target.is_stdout()) || is_same_file(other.path, target.path);
        });
    if (is_taken) {
      throw CLI::ValidationError("--report", fmt::format("two reports go to \"{}\"", target.path));
    }
    targets.push_back(std::move(target));
  }
  check_inputs_are_kept(inputs, targets);
  return std::move(values.reports);
}

}  // namespace sipdrift
