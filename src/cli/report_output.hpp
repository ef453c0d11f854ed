// Reports and summaries on their way out.

#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/secret_filter.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

// Each returns why it could not be written, or an empty text.

[[nodiscard]] std::string write_report(const ReportTarget& target, const FormatOptions& asked,
                                       const Report& report, const SecretFilter& secrets);

/// Targets that have nothing to do with each other, all at once: an answer for each.
[[nodiscard]] std::vector<std::string> write_reports(const std::vector<ReportTarget>& targets,
                                                     const FormatOptions& options,
                                                     const Report& report,
                                                     const SecretFilter& secrets);

/// The text summary: to stdout, or to stderr where stdout is taken by one of `reports`, but not
/// into a log of JSON. On a terminal it has no longer lines and, unless it is to be verbose, no
/// more of them than fit.
[[nodiscard]] std::string write_summary(const Reports& reports, const CommonOptions& common,
                                        const Report& report, const SecretFilter& secrets);

}  // namespace sipdrift
