// The comparison: what is declared of a number against what is live.

#pragma once

#include <cstdint>

#include "sipdrift/expectation.hpp"
#include "sipdrift/finding.hpp"
#include "sipdrift/live_record.hpp"

namespace sipdrift {

/// What counts as agreement.
enum class MatchMode : std::uint8_t {
  /// By meaning: endpoints as RFC 3261 section 19.1.4 compares SIP URIs; port and transport by
  /// their effective value, which is that of live's options, or else that inside live's endpoint.
  sip,
  /// As they stand: of what agrees by meaning, only what is also identical. Port and transport are
  /// those of the options.
  exact,
};

/// Compares every declared field, and nothing else: the findings and matches of the outcome are
/// together exactly `expectation.check_count()`.
///
/// No default is assumed for a value that live does not have. Values in the outcome are redacted: a
/// password in a SIP URI takes part in the comparison and is shown nowhere.
[[nodiscard]] Comparison compare(const Expectation& expectation, const LiveRecord& live,
                                 MatchMode mode);

}  // namespace sipdrift
