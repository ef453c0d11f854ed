// Whether reports are the parts of one fleet.

#pragma once

#include <optional>
#include <vector>

#include "sipdrift/merge.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// Why the reports are not all parts of one fleet, each once; nothing if they are.
[[nodiscard]] std::optional<MergeFault> fault_of(const std::vector<Report>& parts);

}  // namespace sipdrift
