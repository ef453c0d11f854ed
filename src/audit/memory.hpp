// From night to night: what the report of an earlier run remembers.

#pragma once

#include <functional>

#include "sipdrift/report.hpp"

namespace sipdrift {

/// Holds the findings of a report, which is otherwise complete, against those of an earlier one:
/// each finding gets its baseline, and the report gets the findings that are gone, or that could
/// not be looked at and are remembered for the next run. A finding is known again by its number and
/// path.
///
/// `is_declared` tells whether the manifest declares a number, whether or not it was selected.
void remember(const Report& previous, const std::function<bool(const E164&)>& is_declared,
              Report& report);

}  // namespace sipdrift
