// Reports for the tests of the formats: each shows what the others do not.

#pragma once

#include <string>
#include <vector>

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

}  // namespace sipdrift
