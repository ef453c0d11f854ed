// The comparison: what is declared of a number against what is live.

#pragma once

#include "sipdrift/expectation.hpp"
#include "sipdrift/finding.hpp"
#include "sipdrift/live_record.hpp"
#include "sipdrift/match_mode.hpp"

namespace sipdrift {

/// Compares every declared field, and nothing else: the findings and matches of the outcome are
/// together exactly `expectation.check_count()`.
///
/// No default is assumed for a value that live does not have. Values in the outcome are redacted: a
/// password in a SIP URI takes part in the comparison and is shown nowhere.
[[nodiscard]] Comparison compare(const Expectation& expectation, const LiveRecord& live,
                                 MatchMode mode);

}  // namespace sipdrift
