// What an audit takes over from a run that it completes.

#pragma once

#include <vector>

#include "sipdrift/audit.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// Takes each number that `earlier` has compared out of `open` and `results`, which stand in the
/// same order, and gives its result: with what `results` has of the manifest, and the outcome, the
/// evidence and the observation of then, without the marks of waivers and of a run before that one.
/// A verdict that cannot be made again, as a part of what was observed is not shown, is none to
/// take over: its number stays open.
[[nodiscard]] std::vector<NumberResult> take_over(const Manifest& manifest, const Report& earlier,
                                                  std::vector<const DeclaredNumber*>& open,
                                                  std::vector<NumberResult>& results);

/// Puts the results that were taken over among those of this run, and says so.
void put_back(std::vector<NumberResult> taken, const Report& earlier, Report& report);

}  // namespace sipdrift
