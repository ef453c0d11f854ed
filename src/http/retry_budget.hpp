// How many retries a run may spend, so that an outage is not multiplied.

#pragma once

#include <algorithm>
#include <cstddef>

namespace sipdrift {

/// A few retries are there from the beginning; then every answer that needs none earns half a one.
/// Where a third of the attempts fail all are tried again, and where none succeeds hardly any.
class RetryBudget {
 public:
  /// `window` requests are under way at once.
  explicit RetryBudget(std::size_t window)
      : most_(std::max(least, 4 * static_cast<double>(window))), left_(most_) {}

  void earn() { left_ = std::min(most_, left_ + 0.5); }

  /// Takes one, if one is left.
  [[nodiscard]] bool spend() {
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
  }

 private:
  static constexpr double least = 100;

  double most_;
  double left_;
};

}  // namespace sipdrift
