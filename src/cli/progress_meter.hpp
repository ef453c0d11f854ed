// How fast a run goes, and how long it will take: from counts and times alone.

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "cli/progress_text.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// A clock that stands still in pauses. Pure.
class PausingClock {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// A pause that is shorter than `shortest` counts as none.
  PausingClock(Time start, Time::duration shortest)
      : start_(start), shortest_(shortest), began_(start), until_(start) {}

  /// A pause begins, or becomes longer, and never shorter.
  void pause(Time now, Time until);

  /// When the last pause ends, or ended.
  [[nodiscard]] Time paused_until() const { return until_; }

  [[nodiscard]] bool is_paused(Time now) const { return now < until_ && is_long(); }

  /// How long it has run from its start to `now`, which is not before the last pause's beginning.
  [[nodiscard]] Time::duration run_until(Time now) const;

 private:
  [[nodiscard]] bool is_long() const { return until_ - began_ >= shortest_; }

  Time start_;
  Time::duration shortest_;
  Time::duration paused_{};  // before the last pause
  Time began_;               // of the last pause
  Time until_;
};

/// How many come in a second: a mean that forgets. What came lately weighs most, and what came long
/// ago hardly anything. Pure.
class MeanRate {
 public:
  using Seconds = std::chrono::duration<double>;

  /// A moment weighs a third after `memory` of what it weighed at first.
  explicit MeanRate(Seconds memory) : memory_(memory) {}

  /// So many have come in all by the time that a clock has run for so long: what came since the
  /// last call came evenly.
  void look(std::size_t count, PausingClock::Time::duration run);

  /// 0 while the clock has not run.
  [[nodiscard]] double a_second() const { return time_ > 0 ? weight_ / time_ : 0; }

 private:
  Seconds memory_;
  std::size_t count_ = 0;
  PausingClock::Time::duration run_{};
  double weight_ = 0;  // of the count
  double time_ = 0;    // in seconds, and weighted likewise
};

/// Counts results and pauses, and says what can be said of the run at a moment.
///
/// The time left goes by how fast numbers came of late while there was no pause, and by what part
/// of the run was pause: an API that has had requests wait will do so again. A pause counts as a
/// whole from its beginning, so that the time left leaps once and then runs down evenly. Pure: the
/// caller says what time it is.
class ProgressMeter {
 public:
  using Time = PausingClock::Time;

  ProgressMeter(std::size_t total, Time now, ProgressTask task = ProgressTask::audit);

  /// A number has its result, for which so many requests were sent.
  void note(Status status, int requests);

  /// The API has all requests wait; a pause that is under way becomes longer.
  void note_pause(Time now, Time until, int http_status);

  [[nodiscard]] std::size_t done() const { return view_.done; }

  /// What there is to say now. The estimates go by what was counted from look to look.
  [[nodiscard]] ProgressView look(Time now);

  /// What there is to say when the run is over: its rate is that of the whole run.
  [[nodiscard]] ProgressView last_look(Time now) const;

 private:
  void estimate_rate(Time now);
  void estimate_end(Time now);

  ProgressView view_;
  Time start_;
  std::size_t requests_ = 0;

  PausingClock without_shown_pauses_;
  PausingClock without_pauses_;
  int pause_status_ = 0;

  MeanRate request_rate_;
  Time rate_taken_at_;
  MeanRate number_rate_;
  std::optional<Time> end_;
};

}  // namespace sipdrift
