// How fast to ask: as fast as is wanted and taken, and no faster.

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace sipdrift {

/// Two ceilings are the user's: requests under way at once, and requests begun in a second. Below
/// them the pace learns from what the API refuses for load (429, 503).
///
/// The window (requests under way at once) opens quickly until the first refusal. A refusal halves
/// it, and every answer opens it a little again (AIMD: additive increase, multiplicative decrease).
///
/// A refusal for the rate of requests (429) also tells that rate: what was taken in the last second
/// is about what the API allows. From then on requests are spaced by it, and the rate grows again:
/// fast after the first refusal, whose rate may still hold a burst that the API allowed, and then
/// ever more slowly towards the rate that was refused.
///
/// A refusal has all requests wait: for as long as the API asks, or else for a moment. Those that
/// were under way when the window was halved are of the same crowd, and do not count again.
///
/// Pure: the caller says what time it is.
class Pace {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `ceiling` at least 1, `rate` above 0 in requests a second.
  Pace(std::size_t ceiling, std::optional<double> rate, Time now);

  /// How many requests may be under way at once.
  [[nodiscard]] std::size_t window() const { return static_cast<std::size_t>(window_); }

  /// No request may begin before. The rate that was learned grows up to `now`, by which begin()
  /// will space the next request.
  [[nodiscard]] Time next_start(Time now);

  /// A request begins; next_start() has come.
  void begin(Time now);

  /// A request was answered, and not refused.
  void accept(Time now);

  /// What a refusal says.
  struct Refusal {
    Time begun;                         ///< when the request that was refused had begun
    std::chrono::milliseconds wait{0};  ///< what the API asks for, or 0
    bool is_for_rate = false;           ///< 429, and not 503
  };
  void refuse(Time now, const Refusal& refusal);

  /// Requests a second that the API was found to take; nothing while it takes all.
  [[nodiscard]] std::optional<double> learned_rate() const { return learned_; }

  /// No request begins before, whatever the rate; past if there is no pause.
  [[nodiscard]] Time paused_until() const { return paused_until_; }

  /// How often, and how long, all requests had to wait.
  [[nodiscard]] std::size_t pauses() const { return pauses_; }
  [[nodiscard]] std::chrono::milliseconds paused() const { return paused_; }

 private:
  using Seconds = std::chrono::duration<double>;

  void count(Time now);
  [[nodiscard]] double taken_in_a_second(Time now) const;
  void learn(Time now);
  void grow(Time now);
  void pause(Time now, std::chrono::milliseconds wait);

  double ceiling_;
  std::optional<double> rate_;
  double window_;
  bool was_refused_ = false;

  Time start_;
  Time earliest_;  // by rate
  Time paused_until_;
  Time halved_at_;  // requests begun before are of the crowd that was refused
  int refusals_in_a_row_ = 0;

  std::optional<double> learned_;
  std::optional<double> refused_rate_;  // the learned rate that was refused last
  Time learned_at_;
  Time grown_to_;    // the growth up to here is in `learned_`
  Time hold_until_;  // no growth before
  int lessons_ = 0;

  // Answers taken in each of the last tenths of a second.
  static constexpr std::size_t slots = 10;
  std::array<unsigned, slots> taken_{};
  long long newest_slot_ = 0;

  std::size_t pauses_ = 0;
  std::chrono::milliseconds paused_{0};
};

}  // namespace sipdrift
