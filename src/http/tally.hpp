// What the attempts of a fetch add up to.

#pragma once

#include <cstddef>

#include "http/attempt.hpp"
#include "http/latencies.hpp"
#include "sipdrift/fetch_statistics.hpp"

namespace sipdrift {

/// Counts for `run.fetch` of the report; decides nothing.
class Tally {
 public:
  /// A request goes out, and `under_way` are so now.
  void count_request(std::size_t under_way);

  /// The next request is a further attempt, for this reason.
  void count_retry(ErrorKind why) { ++counted_.retries[why]; }

  /// An attempt has ended, or was dropped.
  void count(const Attempt& attempt);

  /// All that was counted; what the pace knows is left to whoever has that.
  [[nodiscard]] FetchStatistics statistics() const;

 private:
  FetchStatistics counted_;
  Latencies latencies_;
};

}  // namespace sipdrift
