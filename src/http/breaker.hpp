// Whether there is anybody there: so that an outage costs seconds, and not a timeout for each
// number.

#pragma once

#include <chrono>
#include <cstddef>
#include <random>

namespace sipdrift {

/// Begins with a single request, a probe, and opens the window once that is answered, whatever the
/// answer. When as many attempts in a row as the window holds come to nothing, it goes back to
/// probes, one at a time with growing pauses; when these come to nothing too, the API is gone.
class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Breaker(Time now) : last_answer_(now), probing_since_(now), next_probe_(now) {}

  /// One request at a time.
  [[nodiscard]] bool is_probing() const { return is_probing_; }

  /// While probing: no request begins before.
  [[nodiscard]] Time next_probe() const { return next_probe_; }

  /// Nothing answers any more.
  [[nodiscard]] bool is_open() const { return is_open_; }

  /// A request was answered, with whatever status.
  void note_answer(Time now);

  /// A request begun at `begun` came to nothing; `window` are under way at once.
  void note_failure(Time now, Time begun, std::size_t window);

 private:
  bool is_probing_ = true;
  bool is_open_ = false;
  std::size_t failures_ = 0;  // in a row
  int probes_ = 0;            // in a row that failed
  Time last_answer_;
  Time probing_since_;
  Time next_probe_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace sipdrift
