// The time of day, for people and logs; nothing is measured by it.

#pragma once

#include <chrono>

#include "sipdrift/timestamp.hpp"

namespace sipdrift {

[[nodiscard]] inline Timestamp wall_clock_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace sipdrift
