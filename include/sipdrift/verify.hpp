// Whether a report is complete evidence on a manifest.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sipdrift/manifest.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// What a report was found to be.
struct Verification {
  std::vector<std::string> faults;  ///< all that is wrong, each a sentence's end about the report;
                                    ///< they may quote the report, so escape them
  std::size_t numbers = 0;          ///< that are declared
  std::size_t fields = 0;           ///< whose verdict was made again, and came to the same
  std::size_t hidden = 0;           ///< whose verdict cannot be made again: a part is not shown
};

/// Holds a report, as read_report() has read it, against the manifest that it is said to be of. It
/// is complete evidence if there are no faults: it is of the manifest's very bytes, its run came to
/// its end, every declared number is in it and was compared, no other is but those that the
/// provider lists, each is described as the manifest has it, each verdict is what compare() makes
/// of the expectation and of what was observed, and the waivers in force when the run finished
/// come to the same.
///
/// What the API said at that time is believed: its replies are not in the report, but for their
/// digests and what was understood of them.
[[nodiscard]] Verification verify(const Report& report, const Manifest& manifest);

}  // namespace sipdrift
