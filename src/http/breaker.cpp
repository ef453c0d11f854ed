// Closed, probing, open.

#include "http/breaker.hpp"

#include <algorithm>

namespace sipdrift {

namespace {

using std::chrono::milliseconds;

// Long enough for a server that restarts, short enough for whoever waits.
constexpr int most_probes = 6;
constexpr milliseconds first_pause{250};
constexpr milliseconds longest_pause{4'000};

// Where each probe takes its whole timeout, fewer do.
constexpr std::chrono::seconds long_enough{20};
constexpr int fewest_probes = 3;

constexpr std::size_t fewest_failures = 4;

}  // namespace

void Breaker::note_answer(Time now) {
  is_probing_ = false;
  failures_ = 0;
  probes_ = 0;
  last_answer_ = now;
}

void Breaker::note_failure(Time now, Time begun, std::size_t window) {
  if (!is_probing_) {
    ++failures_;
    is_probing_ = failures_ >= std::max(window, fewest_failures);
    if (is_probing_) probing_since_ = now;
  } else if (begun >= probing_since_) {
    ++probes_;
  } else {
    return;  // one of those that were still under way
  }
  if (!is_probing_) return;
  const milliseconds pause = std::min(longest_pause, first_pause * (1 << std::min(probes_, 10)));
  next_probe_ =
      now + pause / 2 +
      milliseconds(std::uniform_int_distribution<milliseconds::rep>(0, pause.count() / 2)(random_));
  const bool is_silent_for_long = now - last_answer_ >= long_enough && probes_ >= fewest_probes;
  is_open_ = probes_ >= most_probes || is_silent_for_long;
}

}  // namespace sipdrift
