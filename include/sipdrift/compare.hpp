// The comparison: what is declared of a number against what is live, and what was live against what
// is now.

#pragma once

#include <vector>

#include "sipdrift/changes.hpp"
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

/// Compares what was live of one number at two times, as two reports have it: without secrets. What
/// stands otherwise is `respelled` where it means the same (MatchMode::sip), and else `changed`,
/// critical where encryption was lost. Sorted by path; a direction that appeared or went is a
/// change of its own, and so is each of its fields.
///
/// A port or transport that differs in effect is a change of whatever holds it: of the options, of
/// the endpoint, or of both.
[[nodiscard]] std::vector<Change> compare(const LiveRecord& before, const LiveRecord& after,
                                          MatchMode mode);

}  // namespace sipdrift
