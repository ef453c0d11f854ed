// The options of what is reported, which several commands have.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace sipdrift {

/// What the options are read into.
struct ReportValues {
  std::vector<std::string> targets;  ///< FORMAT=PATH, each
  std::size_t max_bytes = 0;
  bool verbose = false;
};

// For documents of the kinds that there are formats of: Report and Changes.

/// Adds --report, --max-bytes and --verbose.
template <class Document = Report>
void add_report_options(CLI::App& app, ReportValues& values);

/// What was asked for. Throws CLI::ValidationError for a target that makes no sense, for two that
/// lead to the same place, and for one that would overwrite one of `inputs`, which are paths or
/// empty.
template <class Document = Report>
[[nodiscard]] ReportsOf<Document> parse_reports(const ReportValues& values,
                                                const std::vector<std::string>& inputs);

/// Whether two paths lead to the same file, or would; "-" leads to none.
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

}  // namespace sipdrift
