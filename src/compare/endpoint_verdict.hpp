// Whether a live endpoint is the declared one.

#pragma once

#include <string>

#include "compare/live_endpoint.hpp"
#include "sipdrift/expectation.hpp"
#include "sipdrift/finding.hpp"

namespace sipdrift {

struct EndpointVerdict {
  bool agrees = false;
  Severity severity = Severity::major;  ///< if it does not agree
  Rule rule = Rule::none;               ///< what made it agree, or differ
  std::string shown;                    ///< live's endpoint for a finding, once redacted
};

/// Compares `declared.sip_endpoint`, which must have a value, with `live`, which must have a text.
///
/// Where port or transport is declared as a field of its own, that field's comparison answers for
/// it, and the endpoint is compared without it. Where the declared endpoint holds one, it is
/// compared with live's effective one. Otherwise the URIs are compared as they stand.
[[nodiscard]] EndpointVerdict judge_endpoint(const DirectionExpectation& declared,
                                             const LiveEndpoint& live);

/// Whether a transport of this name carries SIP in the clear.
[[nodiscard]] bool is_cleartext(std::string_view transport);

}  // namespace sipdrift
