// From the findings of a report to the waivers that cover them, and nothing else.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sipdrift/audit.hpp"
#include "sipdrift/report.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// Which findings are to be waived: those that fit all of this.
struct FindingSelection {
  Selection numbers;
  std::vector<FieldPath> fields;          ///< one of these; any, if there are none
  std::vector<std::string> fingerprints;  ///< the beginning of one of these; likewise
};

/// A finding whose live value no waiver can be pinned to.
struct Unpinned {
  E164 number;
  FieldPath path;
};

struct WaiverPlan {
  std::vector<Waiver> waivers;      ///< by number, then by field
  std::vector<Unpinned> unpinned;   ///< selected, and covered by none of the waivers
  std::vector<std::string> faults;  ///< what is wrong with the fingerprints that were asked for

  // What there was to choose from: findings that no waiver covers yet.
  std::size_t open = 0;
  std::size_t open_numbers = 0;
  std::map<FieldPath, std::size_t> open_by_field;
};

/// Whether a waiver holds for the live value of today alone.
enum class Pin : std::uint8_t { to_live_value, to_none };

/// One waiver for each group of findings that can share it: those of one field, with one live value
/// where it is pinned to that, on numbers of which each is the next one's neighbour. `terms` is the
/// waiver as far as all of them have it in common: reason, owner, ticket, expires.
[[nodiscard]] WaiverPlan plan_waivers(const Report& report, const FindingSelection& selection,
                                      const Waiver& terms, Pin pin);

}  // namespace sipdrift
