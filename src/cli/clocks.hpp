// The clocks: the time of day, for people and logs, and the one by which is measured.

#pragma once

#include <chrono>

#include "sipdrift/timestamp.hpp"

namespace sipdrift {

[[nodiscard]] inline Timestamp wall_clock_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// Since any moment; is never set back.
[[nodiscard]] inline std::chrono::milliseconds steady_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace sipdrift
