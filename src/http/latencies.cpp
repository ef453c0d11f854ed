// A log-linear histogram.

#include "http/latencies.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sipdrift {

void Latencies::add(std::chrono::microseconds duration) {
  const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
  // Up to 64 each value has a bucket of its own; from there on the five bits behind the first
  // count.
  const auto width = static_cast<std::size_t>(std::bit_width(value | (per_power - 1)));
  const std::size_t power = width - 5;
  const std::size_t bucket =
      power * per_power + (power == 0 ? value : (value >> (power - 1)) - per_power);
  ++counts_[std::min(bucket, counts_.size() - 1)];
  ++total_;
}

std::chrono::microseconds Latencies::percentile(double part) const {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(total_)));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    seen += counts_[bucket];
    if (seen < wanted) continue;
    const std::size_t power = bucket / per_power;
    const std::uint64_t step = bucket % per_power;
    return std::chrono::microseconds(power == 0 ? step : (step + per_power) << (power - 1));
  }
  return {};
}

std::optional<Latency> Latencies::percentiles() const {
  if (total_ == 0) return std::nullopt;
  return Latency{.p50 = percentile(0.50), .p95 = percentile(0.95), .p99 = percentile(0.99)};
}

}  // namespace sipdrift
