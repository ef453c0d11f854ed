// Means with weights that fade exponentially.

#include "cli/progress_meter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sipdrift {

namespace {

using Seconds = MeanRate::Seconds;
using std::chrono::seconds;

// The rate that is shown is taken once a second, so that it can be read.
constexpr Seconds memory_of_requests{3};
constexpr seconds rate_stands{1};

constexpr Seconds memory_of_numbers{30};
constexpr seconds shortest_run{3};  // to go by
constexpr std::size_t fewest_done = 10;

// An end that is told stands, and the time left runs down evenly, until it is off by more.
constexpr seconds slack{2};
constexpr int slack_part = 20;

constexpr Seconds longest_left{86'400.0 * 365};

constexpr seconds shortest_shown_pause{1};  // a shorter one would only flicker

template <class Duration>
seconds up_to_whole(Duration time) {
  return std::max(std::chrono::ceil<seconds>(time), seconds(0));
}

}  // namespace

void PausingClock::pause(Time now, Time until) {
  if (until <= until_) return;
  if (now >= until_) {
    if (is_long()) paused_ += until_ - began_;
    began_ = now;
  }
  until_ = until;
}

PausingClock::Time::duration PausingClock::run_until(Time now) const {
  const Time::duration last = is_long() ? std::min(now, until_) - began_ : Time::duration::zero();
  return now - start_ - paused_ - last;
}

void MeanRate::look(std::size_t count, PausingClock::Time::duration run) {
  if (run <= run_) return;  // what came meanwhile counts once the clock runs again
  const Seconds passed = run - std::exchange(run_, run);
  const auto came = static_cast<double>(count - std::exchange(count_, count));
  const double lost = -std::expm1(-passed / memory_);
  const double gained = memory_.count() * lost;
  weight_ += came / passed.count() * gained - weight_ * lost;
  time_ += gained - time_ * lost;
}

ProgressMeter::ProgressMeter(std::size_t total, Time now, ProgressTask task)
    : start_(now),
      without_shown_pauses_(now, shortest_shown_pause),
      without_pauses_(now, Time::duration::zero()),
      request_rate_(memory_of_requests),
      rate_taken_at_(now),
      number_rate_(memory_of_numbers) {
  view_.task = task;
  view_.total = total;
}

void ProgressMeter::note(Status status, int requests) {
  ++view_.done;
  if (status == Status::drifted) ++view_.drifted;
  if (status == Status::not_compared) ++view_.not_compared;
  requests_ += static_cast<std::size_t>(std::max(requests, 0));
}

void ProgressMeter::note_pause(Time now, Time until, int http_status) {
  pause_status_ = http_status;
  without_pauses_.pause(now, until);
  without_shown_pauses_.pause(now, until);
}

ProgressView ProgressMeter::look(Time now) {
  request_rate_.look(requests_, without_shown_pauses_.run_until(now));
  number_rate_.look(view_.done, without_pauses_.run_until(now));
  view_.elapsed = std::chrono::floor<seconds>(now - start_);
  view_.pause.reset();
  if (without_shown_pauses_.is_paused(now)) {
    view_.pause = {up_to_whole(without_shown_pauses_.paused_until() - now), pause_status_};
  }
  estimate_rate(now);
  estimate_end(now);
  return view_;
}

void ProgressMeter::estimate_rate(Time now) {
  if (now - rate_taken_at_ < rate_stands) return;
  rate_taken_at_ = now;
  view_.rate = request_rate_.a_second();
}

void ProgressMeter::estimate_end(Time now) {
  view_.left.reset();
  if (now - start_ < shortest_run || view_.done < fewest_done) return;
  const Time goes_on = std::max(now, without_pauses_.paused_until());
  const double part_unpaused =
      Seconds(without_pauses_.run_until(goes_on)) / Seconds(goes_on - start_);
  const double rate = number_rate_.a_second() * part_unpaused;
  const Seconds left(static_cast<double>(view_.total - view_.done) / rate);
  if (!(left < longest_left)) return;  // nor what is no number
  const Time end = goes_on + std::chrono::duration_cast<Time::duration>(left);
  const Time::duration off = end_ ? std::chrono::abs(end - *end_) : Time::duration::max();
  if (off > std::max<Time::duration>(slack, (end - now) / slack_part)) end_ = end;
  view_.left = up_to_whole(std::max(*end_, goes_on) - now);
}

ProgressView ProgressMeter::last_look(Time now) const {
  ProgressView view = view_;
  view.elapsed = std::chrono::floor<seconds>(now - start_);
  view.left.reset();
  view.pause.reset();
  view.rate.reset();
  if (view.elapsed >= rate_stands) {
    view.rate = static_cast<double>(requests_) / Seconds(now - start_).count();
  }
  view.is_over = true;
  return view;
}

}  // namespace sipdrift
