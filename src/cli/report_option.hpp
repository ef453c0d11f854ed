// The options of what is reported, which several commands have.

#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace sipdrift {

/// What the options are read into.
struct ReportValues {
  std::vector<std::string> targets;  ///< FORMAT=PATH, each
  Reports reports;                   ///< but for the targets
};

/// Adds --report, --max-bytes and --verbose.
void add_report_options(CLI::App& app, ReportValues& values);

/// What was asked for. Throws CLI::ValidationError for a target that makes no sense, for two that
/// lead to the same place, and for one that would overwrite one of `inputs`, which are paths or
/// empty.
[[nodiscard]] Reports parse_reports(ReportValues values, const std::vector<std::string>& inputs);

/// Whether two paths lead to the same file, or would; "-" leads to none.
[[nodiscard]] bool is_same_file(const std::string& a, const std::string& b);

}  // namespace sipdrift
