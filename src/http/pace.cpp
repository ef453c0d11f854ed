// AIMD for the window, and a rate found by what was taken.

#include "http/pace.hpp"

#include <algorithm>
#include <cmath>

namespace sipdrift {

namespace {

using std::chrono::milliseconds;

constexpr double first_window = 64;  // or this part of the ceiling, if that is more:
constexpr double first_part = 0.75;
constexpr double opening = 3;  // by each answer, until the first refusal: fourfold in a round trip
constexpr double reopening = 0.1;  // after it: a tenth in a round trip

constexpr milliseconds slot{100};
constexpr milliseconds step{50};  // in which the learned rate grows

// The rate after a refusal: a little below what was taken, and not far from what was refused.
constexpr double caution = 0.97;
constexpr double furthest_down = 0.6;
constexpr double least_rate = 0.5;
constexpr milliseconds between_lessons{250};

// Growth, in parts of itself a second.
constexpr double after_first_lesson = 3;
constexpr double towards_refused_rate = 0.4;
constexpr double near_it = 0.01;
constexpr double near_refused_rate = 0.9;

constexpr milliseconds shortest_pause{50};

// By how much a request may begin late and the next make up for it.
constexpr milliseconds slack{20};
constexpr milliseconds slack_of_hard_rate{1};

}  // namespace

Pace::Pace(std::size_t ceiling, std::optional<double> rate, Time now)
    : ceiling_(static_cast<double>(ceiling)),
      rate_(rate),
      window_(std::min(ceiling_, std::max(first_window, ceiling_ * first_part))),
      start_(now),
      earliest_(now),
      paused_until_(now),
      halved_at_(now - slot),
      learned_at_(now - between_lessons * 2),
      grown_to_(now),
      hold_until_(now) {}

Pace::Time Pace::next_start(Time now) {
  grow(now);
  return std::max(earliest_, paused_until_);
}

void Pace::begin(Time now) {
  const double rate = std::min(rate_.value_or(HUGE_VAL), learned_.value_or(HUGE_VAL));
  if (std::isinf(rate)) return;
  const bool is_hard = rate_ == rate;
  const auto interval = std::chrono::duration_cast<Time::duration>(Seconds(1 / rate));
  earliest_ = std::max(earliest_, now - (is_hard ? slack_of_hard_rate : slack)) + interval;
}

void Pace::accept(Time now) {
  refusals_in_a_row_ = 0;
  window_ = std::min(ceiling_, window_ + (was_refused_ ? reopening : opening));
  count(now);
}

void Pace::refuse(Time now, const Refusal& refusal) {
  if (refusal.begun <= halved_at_) return pause(now, refusal.wait);
  was_refused_ = true;
  halved_at_ = now;
  window_ = std::max(1.0, window_ / 2);
  if (refusal.is_for_rate) learn(now);
  refusals_in_a_row_ = std::min(refusals_in_a_row_ + 1, 10);
  const milliseconds moment = shortest_pause * (1 << std::min(refusals_in_a_row_, 4));
  pause(now, std::max(refusal.wait, moment));
  hold_until_ += paused_until_ - now;
}

void Pace::pause(Time now, milliseconds wait) {
  const Time until = now + wait;
  if (until <= paused_until_) return;
  if (paused_until_ <= now) ++pauses_;
  paused_ += std::chrono::duration_cast<milliseconds>(until - std::max(now, paused_until_));
  paused_until_ = until;
}

void Pace::count(Time now) {
  const auto current = (now - start_) / slot;
  const auto passed = std::min<long long>(current - newest_slot_, slots);
  for (long long i = 1; i <= passed; ++i) {
    taken_[static_cast<std::size_t>(newest_slot_ + i) % slots] = 0;
  }
  newest_slot_ = current;
  ++taken_[static_cast<std::size_t>(current) % slots];
}

double Pace::taken_in_a_second(Time now) const {
  const auto current = (now - start_) / slot;
  unsigned taken = 0;
  for (std::size_t i = 0; i < slots; ++i) {
    const long long slot_number = newest_slot_ - static_cast<long long>(i);
    if (slot_number < 0 || slot_number <= current - static_cast<long long>(slots)) break;
    taken += taken_[static_cast<std::size_t>(slot_number) % slots];
  }
  const double seconds = std::clamp(Seconds(now - start_).count(), Seconds(slot).count(), 1.0);
  return taken / seconds;
}

/// From an API that refuses. What it took just now is about what it takes; a rate that was learned
/// before and is refused now was too high.
void Pace::learn(Time now) {
  if (learned_ && now - learned_at_ <= between_lessons) return;
  const double taken = taken_in_a_second(now) * caution;
  // Of an API that has taken nothing yet nothing is known: somebody else may have used it up.
  if (!learned_ && taken == 0) return;
  hold_until_ = now;
  if (learned_) {
    refused_rate_ = learned_;
    learned_ = std::min(*learned_ * caution, std::max(taken, *learned_ * furthest_down));
    hold_until_ += std::chrono::seconds(1 << std::min(lessons_ - 1, 3));
  } else {
    learned_ = taken;
  }
  learned_ = std::max(*learned_, least_rate);
  ++lessons_;
  learned_at_ = now;
  grown_to_ = now;
  if (!rate_) earliest_ = now;
}

void Pace::grow(Time now) {
  if (!learned_) return;
  for (; now - grown_to_ >= step; grown_to_ += step) {
    if (grown_to_ < hold_until_) continue;
    double growth = after_first_lesson;
    if (refused_rate_) {
      const bool is_near = *learned_ >= *refused_rate_ * near_refused_rate;
      growth = is_near ? near_it / (lessons_ - 1) : towards_refused_rate;
    }
    *learned_ *= 1 + growth * Seconds(step).count();
  }
}

}  // namespace sipdrift
