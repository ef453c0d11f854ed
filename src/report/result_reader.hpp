// One result of a JSON report, read.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "json/json_place.hpp"

#include "sipdrift/report.hpp"

namespace sipdrift {

/// Reads an entry of `results`; `manifests` has the positions of the run's manifests by their path.
/// Nothing, if a fault was noted before the number was known.
[[nodiscard]] std::optional<NumberResult> read_result(
    const JsonPlace& place, const std::map<std::string, std::uint32_t>& manifests);

}  // namespace sipdrift
