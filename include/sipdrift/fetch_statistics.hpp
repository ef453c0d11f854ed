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

/// Percentiles of the time from sending a request to its whole reply, to within 3 %.
struct Latency {
  std::chrono::microseconds p50{};
  std::chrono::microseconds p95{};
  std::chrono::microseconds p99{};
};

struct FetchStatistics {
  std::size_t requests = 0;                  ///< sent, further attempts included
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
