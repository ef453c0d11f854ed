// The fetch: which request begins when, and what becomes of each attempt.

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <queue>
#include <random>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "http/attempt.hpp"
#include "http/breaker.hpp"
#include "http/key_watch.hpp"
#include "http/pace.hpp"
#include "http/retry_budget.hpp"
#include "http/tally.hpp"
#include "http/transfer_pool.hpp"
#include "sipdrift/fetch.hpp"
#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {

/// What to fetch; see Fetcher::fetch().
struct FetchWork {
  std::size_t count = 0;
  const Fetcher::TargetOf& target;
  FetchConditions conditions;
  const Fetcher::Deliver& deliver;
};

/// A window of handles is used again and again; whatever is kept of a request that waits for
/// another attempt is bounded too, so that memory does not grow with the count.
class FetchRun {
 public:
  /// `settings` must outlive it. The deadline counts from here. Throws std::runtime_error if
  /// libcurl or the kernel refuse what must not fail.
  explicit FetchRun(TransferSettings& settings);
  FetchRun(const FetchRun&) = delete;
  FetchRun& operator=(const FetchRun&) = delete;
  FetchRun(FetchRun&&) = delete;
  FetchRun& operator=(FetchRun&&) = delete;
  ~FetchRun() = default;

  /// Goes on with what was learned of the API before, if it is called again.
  [[nodiscard]] FetchSummary run(const FetchWork& work, const std::stop_token& stop);

 private:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;
  using milliseconds = std::chrono::milliseconds;

  /// A request that waits for its next attempt.
  struct Waiting {
    Time due;
    Job job;
    ErrorKind why{};
    bool is_fresh = false;  // on a new connection

    friend bool operator>(const Waiting& a, const Waiting& b) { return a.due > b.due; }
  };

  /// Why no more requests are sent.
  struct Stop {
    FetchEnd end;
    ErrorKind kind;
    std::string reason;
  };

  // Beginning.
  void begin(const FetchWork& work);
  [[nodiscard]] std::optional<Stop> reason_to_stop(const std::stop_token& stop, Time now) const;
  [[nodiscard]] std::size_t window() const;
  [[nodiscard]] bool has_work(Time now) const;
  [[nodiscard]] Time earliest_start(Time now);
  [[nodiscard]] Time next_event(Time now);
  void start_what_is_due();
  void start_next(Time now);
  void start(Job job, bool is_fresh, Time now);

  // Ending.
  [[nodiscard]] AttemptLimits limits() const;
  void note(const Attempt& attempt, Time now);
  void note_refusal(const Attempt& attempt, Time now);
  void note_protocol(const Attempt& attempt);
  void settle(Job job, Attempt attempt, Time now);
  [[nodiscard]] bool may_try_again(const Job& job, Next next) const;
  [[nodiscard]] std::string reason_against_waiting(milliseconds wait, Time now) const;
  void retry(const Job& job, const Attempt& attempt, Time now);
  [[nodiscard]] milliseconds backoff(int attempts);
  void deliver_attempt(const Job& job, Attempt attempt, std::string given_up);
  void deliver(const Job& job, std::variant<HttpReply, NotCompared> answer, std::string given_up);
  void hand_over();
  void stop_early(const Stop& stop);
  [[nodiscard]] FetchSummary summary(FetchEnd end, std::string reason) const;

  const HttpOptions& options_;
  const FetchWork* work_ = nullptr;  // while run() runs
  TransferPool pool_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  std::size_t next_ = 0;  // the first position that has had no attempt
  std::size_t delivered_ = 0;
  std::vector<FetchOutcome> batch_;  // not handed over yet

  Pace pace_;
  Breaker breaker_;
  KeyWatch key_;
  RetryBudget budget_;
  std::optional<Time> deadline_;
  std::optional<Stop> refused_;
  std::optional<NotCompared> last_failure_;
  Time last_taken_;  // when the API last did not refuse
  std::mt19937_64 random_{std::random_device{}()};

  Tally tally_;
  long http_version_ = 0;
  bool is_proxy_told_ = false;
};

}  // namespace sipdrift
