// A verdict made a second time, from what a report says was observed.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/expectation.hpp"
#include "sipdrift/match_mode.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// What the second verdict on a number says of the first.
struct SecondVerdict {
  std::vector<std::string> faults;  ///< where they differ: "outbound.port is ..., and ..."
  std::size_t made_again = 0;       ///< fields on which they agree
  std::size_t hidden = 0;           ///< fields that cannot be made again: a part is not shown
};

/// Compares `observed` of a result that has a comparison anew. A field whose verdict rests on a
/// text with a part that is not shown is hidden, as it was made from the text as it came; one on
/// which live's options decide, whatever stands in the endpoint, is not.
[[nodiscard]] SecondVerdict judge_again(const Expectation& expectation, const NumberResult& result,
                                        MatchMode match);

/// Whether a text has a part that is not shown.
[[nodiscard]] bool is_partly_hidden(std::string_view text);

}  // namespace sipdrift
