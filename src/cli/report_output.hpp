// Reports and summaries on their way out.

#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/secret_filter.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

// For documents of the kinds that there are formats of: Report and Changes. Each returns why it
// could not be written, or an empty text.

template <class Document>
[[nodiscard]] std::string write_report(const TargetOf<Document>& target, const FormatOptions& asked,
                                       const Document& document, const SecretFilter& secrets);

/// Targets that have nothing to do with each other, all at once: an answer for each.
template <class Document>
[[nodiscard]] std::vector<std::string> write_reports(const std::vector<TargetOf<Document>>& targets,
                                                     const FormatOptions& options,
                                                     const Document& document,
                                                     const SecretFilter& secrets);

/// The text summary: to stdout, or to stderr where stdout is taken by one of `reports`, but not
/// into a log of JSON. On a terminal it has no longer lines and, unless it is to be verbose, no
/// more of them than fit.
template <class Document>
[[nodiscard]] std::string write_summary(const ReportsOf<Document>& reports,
                                        const CommonOptions& common, const Document& document,
                                        const SecretFilter& secrets);

/// Writes all targets, and tells of those that could not be written. Returns whether all were.
template <class Document>
[[nodiscard]] bool write_all(const ReportsOf<Document>& reports, const Document& document,
                             const SecretFilter& secrets);

}  // namespace sipdrift
