// Asking for many numbers: everything once, and then what could have been another number's.

#pragma once

#include <cstddef>
#include <functional>

#include "sipdrift/e164.hpp"
#include "sipdrift/fetch.hpp"

namespace sipdrift {

/// Numbers by position, and who takes what comes of each. The latter are called on a thread of
/// their own, never two at once; the positions of outcomes are those of the numbers.
struct TwoPasses {
  std::size_t count = 0;
  std::function<const E164&(std::size_t)> number_at;

  /// Takes what came of the first request for a number, and says whether the reply could be
  /// another's.
  std::function<bool(FetchOutcome&&)> take_first;

  /// Takes what came of the second, over a connection of its own, for each number for which the
  /// first said so. There is none if the first pass ended early.
  std::function<void(FetchOutcome&&)> take_second;
};

/// Fetches on the calling thread. Whatever is thrown ends the fetch as FetchEnd::failed, and
/// nothing of what came before is lost.
FetchSummary fetch_in_two_passes(const TwoPasses& passes, Fetcher& fetcher);

}  // namespace sipdrift
