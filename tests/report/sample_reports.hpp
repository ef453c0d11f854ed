// Reports for the tests of the formats: each shows what the others do not.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sipdrift/formats.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

struct SampleReport {
  std::string name;
  Report report;
};

/// Every status, every kind of finding and value, on fixed times.
[[nodiscard]] std::vector<SampleReport> sample_reports();

/// A report in which every text that can come from outside is `text`.
[[nodiscard]] Report report_full_of(const std::string& text);

/// As many numbers as asked for, none beside another, each with a difference of its own; and one
/// that timed out.
[[nodiscard]] Report many_causes(std::size_t count);

/// A report on these results, which are sorted by number; it exits as they earn.
[[nodiscard]] Report report_of(std::vector<NumberResult> results);

// Results for it, declared in line 1.
[[nodiscard]] NumberResult drifted(const std::string& number, std::vector<Finding> findings);
[[nodiscard]] NumberResult not_compared(const std::string& number, ErrorKind kind,
                                        const std::string& message);

/// "+1000000", or so many numbers after it; and what is made of as many of them.
[[nodiscard]] std::string nth_number(int n);
[[nodiscard]] std::vector<NumberResult> many(
    int count, const std::function<NumberResult(const std::string& number)>& make);

/// outbound.port is not 5061; or with a critical severity outbound.secure_media is off.
[[nodiscard]] Finding finding_of(Severity severity);

/// What the format makes of it.
[[nodiscard]] std::string written(const Format& format, const Report& report,
                                  const FormatOptions& options = {});

}  // namespace sipdrift
