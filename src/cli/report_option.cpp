// FORMAT=PATH, and that no file is meant twice.

#include "cli/report_option.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <span>
#include <system_error>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "cli/option_kinds.hpp"
#include "cli/output_files.hpp"

namespace sipdrift {

namespace {

template <class Document>
std::span<const FormatOf<Document>> all_formats() {
  if constexpr (std::is_same_v<Document, Changes>) {
    return change_formats();
  } else {
    return formats();
  }
}

template <class Document>
std::string format_list() {
  std::string text;
  for (const auto& format : all_formats<Document>()) {
    text += fmt::format("\n{:10} {}", format.name, format.description);
  }
  return text;
}

template <class Document>
TargetOf<Document> parse_report(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw CLI::ValidationError("--report", fmt::format("\"{}\" is not FORMAT=PATH", text));
  }
  std::string known;
  for (const auto& format : all_formats<Document>()) {
    if (format.name == name) return {&format, text.substr(equals + 1)};
    known += fmt::format(" {}", format.name);
  }
  throw CLI::ValidationError("--report",
                             fmt::format("format \"{}\" is not known; there are{}", name, known));
}

/// A report must not take the place of what the run itself is made from.
template <class Document>
void check_inputs_are_kept(const std::vector<std::string>& inputs,
                           const std::vector<TargetOf<Document>>& targets) {
  for (const TargetOf<Document>& target : targets) {
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

template <class Document>
void add_report_options(CLI::App& app, ReportValues& values) {
  app.add_option(
         "--report", values.targets,
         "Write a report to PATH, - for stdout (repeatable). Formats:" + format_list<Document>())
      ->allow_extra_args(false)
      ->option_text("FORMAT=PATH");
  constexpr std::size_t least = 2048;
  constexpr std::size_t most = std::size_t{1} << 30U;
  add_bounded(
      app, "--max-bytes", values.max_bytes, least, most, "N", "",
      "For markdown: leave out whole sections, the last first, beyond so many bytes (from 2048)");
  app.add_flag("-v,--verbose", values.verbose,
               "All of the summary, however much more than a screenful it is");
}

template <class Document>
ReportsOf<Document> parse_reports(const ReportValues& values,
                                  const std::vector<std::string>& inputs) {
  ReportsOf<Document> reports{
      .targets = {}, .max_bytes = values.max_bytes, .verbose = values.verbose};
  auto& targets = reports.targets;
  for (const std::string& text : values.targets) {
    TargetOf<Document> target = parse_report<Document>(text);
    const bool is_taken =
        std::any_of(targets.begin(), targets.end(), [&](const TargetOf<Document>& other) {
          return (other.is_stdout() && target.is_stdout()) || is_same_file(other.path, target.path);
        });
    if (is_taken) {
      throw CLI::ValidationError("--report", fmt::format("two reports go to \"{}\"", target.path));
    }
    targets.push_back(std::move(target));
  }
  check_inputs_are_kept(inputs, targets);
  return reports;
}

template void add_report_options<Report>(CLI::App&, ReportValues&);
template void add_report_options<Changes>(CLI::App&, ReportValues&);
template Reports parse_reports<Report>(const ReportValues&, const std::vector<std::string>&);
template ReportsOf<Changes> parse_reports<Changes>(const ReportValues&,
                                                   const std::vector<std::string>&);

}  // namespace sipdrift
