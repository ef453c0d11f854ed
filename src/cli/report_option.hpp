// The option --report, which several commands have.

#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace sipdrift {

/// Adds the option; `texts` gets what is given, for parse_reports().
void add_report_option(CLI::App& app, std::vector<std::string>& texts);

/// The targets. Throws CLI::ValidationError for one that makes no sense, for two that lead to the
/// same place, and for one that would overwrite one of `inputs`, which are paths or empty.
[[nodiscard]] std::vector<ReportTarget> parse_reports(const std::vector<std::string>& texts,
                                                      const std::vector<std::string>& inputs);

}  // namespace sipdrift
