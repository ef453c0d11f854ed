// Times as numbers, for programs.

#pragma once

#include <chrono>
#include <string>

#include <fmt/format.h>

namespace sipdrift {

/// Seconds with three decimals: "1.204". Exact, whatever the length.
[[nodiscard]] inline std::string in_seconds(std::chrono::milliseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(std::chrono::abs(time));
  return fmt::format("{}{}.{:03}", time.count() < 0 ? "-" : "", seconds.count(),
                     (std::chrono::abs(time) - seconds).count());
}

}  // namespace sipdrift
