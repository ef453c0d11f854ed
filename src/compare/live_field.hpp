// What live has for one field, read without regard to what is declared.

#pragma once

#include "compare/live_endpoint.hpp"
#include "sipdrift/compare.hpp"
#include "sipdrift/finding.hpp"

namespace sipdrift {

/// One field of a live direction.
struct LiveField {
  Value value;                 ///< as it is compared; nothing if live has no value
  Value shown;                 ///< as a finding shows it, once redacted
  bool as_documented = true;   ///< stands where, and is spelled as, the documentation has it
  Rule rule = Rule::none;      ///< how `value` was come by, if not by plain reading
  Rule spelling = Rule::none;  ///< how its spelling departs from the documented one
  bool is_unknowable = false;  ///< whether there is a value cannot be told; `shown` says why
};

[[nodiscard]] LiveField read_auth_mode(const LiveDirection& live);
[[nodiscard]] LiveField read_secure_media(const LiveDirection& live);

// The effective value in MatchMode::sip; that of the options in MatchMode::exact, where one that
// stands inside the endpoint alone is unknowable.
[[nodiscard]] LiveField read_port(const LiveDirection& live, const LiveEndpoint& endpoint,
                                  MatchMode mode);
[[nodiscard]] LiveField read_transport(const LiveDirection& live, const LiveEndpoint& endpoint,
                                       MatchMode mode);

}  // namespace sipdrift
