// Percentiles of many durations, in a memory that does not grow with them.

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "sipdrift/fetch_statistics.hpp"

namespace sipdrift {

/// A histogram whose buckets grow with what they count: each power of two is divided into 32, so
/// that a duration is known to within 3 %, from a microsecond to an hour and more.
class Latencies {
 public:
  void add(std::chrono::microseconds duration);

  /// Nothing, if nothing was added.
  [[nodiscard]] std::optional<Latency> percentiles() const;

 private:
  static constexpr std::size_t per_power = 32;
  static constexpr std::size_t powers = 28;

  [[nodiscard]] std::chrono::microseconds percentile(double part) const;

  std::array<std::uint64_t, per_power * powers> counts_{};
  std::uint64_t total_ = 0;
};

}  // namespace sipdrift
