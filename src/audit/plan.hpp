// What was to change, held against what did.

#pragma once

#include "sipdrift/changes.hpp"
#include "sipdrift/live_record.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/match_mode.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

/// What was live of a number at two times, as two reports have it.
struct LivePair {
  const LiveRecord& before;
  const LiveRecord& after;
  MatchMode mode = MatchMode::sip;
};

/// Holds what the plan declares of a number against `live`: adds the steps to `number`, whose
/// changes are there already, and marks those of them that are planned. Waivers count that are in
/// force at `time`.
void hold_against(const Manifest& plan, const DeclaredNumber& declared, const LivePair& live,
                  Timestamp time, NumberChanges& number);

}  // namespace sipdrift
