// What changed live between two audits, and whether it is what was planned.

#pragma once

#include <string>

#include "sipdrift/changes.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/match_mode.hpp"
#include "sipdrift/report.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// Compares what two reports say was live, of every number that either has.
///
/// A number is compared only if both reports saw what was live for it, `after` later than `before`:
/// anything else is a gap, and never "nothing changed".
///
/// `plan` is a manifest of what was to change, or nullptr. Of each number that it declares, `after`
/// must be as declared, and `before` must not have been. A change is planned if it is to what the
/// plan declares for that very field, or if what the plan declares brings it about: the endpoint's
/// port or transport where those are declared as fields of their own, or the other way round; a
/// direction's appearing where fields of it are declared; and all of a direction that is to be
/// absent. Anything else is unplanned. The plan's waivers that are in force when `after` ended
/// cover what is not so.
///
/// The error says why these two cannot be compared: they are the same run, of different APIs or
/// shards, or the wrong way round. It is fit to be shown.
[[nodiscard]] Result<Changes, std::string> find_changes(const Report& before, const Report& after,
                                                        const Manifest* plan, MatchMode mode);

}  // namespace sipdrift
