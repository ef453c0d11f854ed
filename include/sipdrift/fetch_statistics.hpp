// What a fetch took: requests, connections, time.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "sipdrift/not_compared.hpp"

namespace sipdrift {

/// Percentiles of the time from a request's turn to its whole reply, with the connection where one
/// had to be opened for it; to within 3 %.
struct Latency {
  std::chrono::microseconds p50{};
  std::chrono::microseconds p95{};
  std::chrono::microseconds p99{};
};

struct FetchStatistics {
  /// Sent, further attempts included, but not what libcurl sends again of its own accord: over a
  /// new connection where a kept one turns out to be closed.
  std::size_t requests = 0;
  std::map<ErrorKind, std::size_t> retries;  ///< further attempts, by what made them necessary
  std::size_t connections = 0;               ///< opened
  std::string protocol;                      ///< "HTTP/1.1", "HTTP/2"; empty if nothing answered
  std::size_t pauses = 0;                    ///< times that the API had all requests wait
  std::chrono::milliseconds paused{};        ///< for so long in all
  std::size_t highest_concurrency = 0;       ///< requests under way at once, at most
  std::uint64_t bytes = 0;                   ///< received, headers included
  std::optional<Latency> latency;            ///< of the requests that were answered, if any was
};

}  // namespace sipdrift
