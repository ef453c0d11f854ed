// From a path to a report that can be believed.

#pragma once

#include <optional>
#include <string>

#include "sipdrift/report.hpp"

namespace sipdrift {

/// Reads a JSON report, "-" being stdin. Nothing if it cannot be read or does not bear itself out:
/// what is wrong has been told, with the file and the place in it.
[[nodiscard]] std::optional<Report> load_report(const std::string& path);

}  // namespace sipdrift
