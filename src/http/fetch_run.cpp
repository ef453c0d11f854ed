// The loop: begin what is due, wait, finish what is done.

#include "http/fetch_run.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace sipdrift {

FetchRun::FetchRun(TransferSettings& settings)
    : options_(settings.options),
      pool_(settings, options_.concurrency),
      pace_(options_.concurrency, options_.rate, Clock::now()),
      breaker_(Clock::now()),
      budget_(options_.concurrency),
      last_taken_(Clock::now()) {
  if (options_.deadline) deadline_ = Clock::now() + *options_.deadline;
}

FetchSummary FetchRun::run(const FetchWork& work, const std::stop_token& stop) {
  begin(work);
  const std::stop_callback wake(stop, [&] { pool_.wake(); });
  const auto done = [&](const Job& job, Attempt&& attempt) {
    const Time now = Clock::now();
    note(attempt, now);
    settle(job, std::move(attempt), now);
  };
  try {
    while (delivered_ < work.count) {
      if (const auto reason = reason_to_stop(stop, Clock::now())) {
        stop_early(*reason);
        return summary(reason->end, reason->reason);
      }
      start_what_is_due();
      hand_over();
      pool_.wait(next_event(Clock::now()));
      pool_.collect(done);
    }
    hand_over();
    return summary(FetchEnd::complete, {});
  } catch (const std::runtime_error& error) {  // libcurl's, or the kernel's
    spdlog::error("the fetch failed: {}", error.what());
    const Stop failed{FetchEnd::failed, ErrorKind::internal, error.what()};
    stop_early(failed);
    return summary(failed.end, failed.reason);
  }
}

// ---- Beginning -------------------------------------------------------------------------------

void FetchRun::begin(const FetchWork& work) {
  work_ = &work;
  next_ = 0;
  delivered_ = 0;
}

std::optional<FetchRun::Stop> FetchRun::reason_to_stop(const std::stop_token& stop,
                                                       Time now) const {
  if (stop.stop_requested()) {
    return Stop{FetchEnd::interrupted, ErrorKind::interrupted, "the run was interrupted"};
  }
  if (deadline_ && now >= *deadline_) {
    return Stop{FetchEnd::deadline, ErrorKind::deadline, "the run's deadline passed"};
  }
  if (key_.is_rejected()) {
    return Stop{FetchEnd::key_rejected, ErrorKind::unauthorized, "the API does not accept the key"};
  }
  if (breaker_.is_open() && last_failure_) {
    return Stop{FetchEnd::unreachable, last_failure_->kind,
                "the API does not answer any more: " + last_failure_->message};
  }
  return refused_;
}

std::size_t FetchRun::window() const {
  return breaker_.is_probing() || key_.is_in_doubt() ? 1 : pace_.window();
}

/// A number that has had no attempt waits while many others wait for another one.
bool FetchRun::has_work(Time now) const {
  if (!waiting_.empty() && waiting_.top().due <= now) return true;
  return next_ < work_->count && waiting_.size() < 2 * options_.concurrency;
}

FetchRun::Time FetchRun::earliest_start(Time now) {
  const Time paced = pace_.next_start(now);
  return breaker_.is_probing() ? std::max(paced, breaker_.next_probe()) : paced;
}

FetchRun::Time FetchRun::next_event(Time now) {
  Time next = now + std::chrono::seconds(60);
  if (deadline_) next = std::min(next, *deadline_);
  if (pool_.under_way() >= window()) return next;
  if (has_work(now)) return std::min(next, earliest_start(now));
  if (waiting_.empty()) return next;
  return std::min(next, std::max(waiting_.top().due, earliest_start(now)));
}

void FetchRun::start_what_is_due() {
  const Time now = Clock::now();
  while (pool_.under_way() < window() && has_work(now) && earliest_start(now) <= now) {
    if (!waiting_.empty() && waiting_.top().due <= now) {
      const Waiting retry = waiting_.top();
      waiting_.pop();
      tally_.count_retry(retry.why);
      start(retry.job, retry.is_fresh, now);
    } else {
      start_next(now);
    }
  }
}

void FetchRun::start_next(Time now) {
  const bool is_alone = work_->conditions.connections == Connections::own;
  // What has a connection of its own is asked for because of a reply that could be another's.
  if (is_alone) tally_.count_retry(ErrorKind::wrong_number);
  start({.position = next_++, .is_alone = is_alone, .began = now}, false, now);
}

void FetchRun::start(Job job, bool is_fresh, Time now) {
  ++job.attempts;
  job.most_bytes = work_->conditions.most_bytes;
  pool_.begin(job, work_->target(job.position), is_fresh);
  pace_.begin(now);
  tally_.count_request(pool_.under_way());
}

// ---- Ending ----------------------------------------------------------------------------------

AttemptLimits FetchRun::limits() const {
  return {.connect = std::min(options_.connect_timeout, options_.timeout),
          .whole = options_.timeout,
          .bytes = work_->conditions.most_bytes};
}

/// What an attempt teaches, whatever becomes of its request.
void FetchRun::note(const Attempt& attempt, Time now) {
  tally_.count(attempt);
  if (attempt.proxy_status != 0 && !std::exchange(is_proxy_told_, true)) {
    spdlog::info("the API is reached through a proxy, which TLS keeps from reading anything");
  }
  if (!was_answered(attempt)) {
    last_failure_ = failure_of(attempt, limits());
    return breaker_.note_failure(now, attempt.begun, window());
  }
  breaker_.note_answer(now);
  key_.note(attempt);
  note_protocol(attempt);
  if (attempt.code != CURLE_OK) return;
  if (next_after(attempt) == Next::slow_down) return note_refusal(attempt, now);
  pace_.accept(now);
  if (next_after(attempt) == Next::answer) budget_.earn();
  last_taken_ = now;
}

/// All requests wait together, or the run ends if that would be for too long.
void FetchRun::note_refusal(const Attempt& attempt, Time now) {
  const milliseconds wait = attempt.wait.value_or(std::chrono::seconds(0));
  std::string reason = reason_against_waiting(wait, now);
  if (reason.empty()) {
    const Time paused_until = pace_.paused_until();
    pace_.refuse(
        now, {.begun = attempt.begun, .wait = wait, .is_for_rate = attempt.reply.status == 429});
    if (options_.on_pause && pace_.paused_until() > paused_until) {
      options_.on_pause({pace_.paused_until(), attempt.reply.status});
    }
    if (now - last_taken_ <= std::max(options_.max_wait, milliseconds(1000))) return;
    reason = fmt::format("the API has refused every request for {:.0f} s",
                         std::chrono::duration<double>(now - last_taken_).count());
  }
  refused_ = Stop{FetchEnd::refused, kind_of(attempt), std::move(reason)};
}

void FetchRun::note_protocol(const Attempt& attempt) {
  if (attempt.http_version == http_version_ || attempt.http_version == 0) return;
  http_version_ = attempt.http_version;
  pool_.set_http_version(http_version_);
}

/// Delivers what came of an attempt, or has it tried again.
void FetchRun::settle(Job job, Attempt attempt, Time now) {
  const Next next = next_after(attempt);
  if (next == Next::send_again) ++job.left_over;
  if (!may_try_again(job, next)) return deliver_attempt(job, std::move(attempt), {});

  const milliseconds wait = attempt.wait.value_or(std::chrono::seconds(0));
  std::string reason = reason_against_waiting(wait, now);
  // What is refused for load is paced, and so no load; what was not taken up is none either.
  const bool is_load = next != Next::slow_down && next != Next::send_again;
  if (reason.empty() && is_load && !budget_.spend()) {
    reason = "too many requests of this run had to be tried again";
  }
  if (!reason.empty()) return deliver_attempt(job, std::move(attempt), std::move(reason));
  if (next == Next::send_again) --job.attempts;
  retry(job, attempt, now);
}

bool FetchRun::may_try_again(const Job& job, Next next) const {
  constexpr int most_left_over = 100;
  switch (next) {
    case Next::retry:
    case Next::slow_down:
      return job.attempts <= options_.retries;
    case Next::retry_once:
      return job.attempts == 1 && options_.retries > 0;
    case Next::send_again:
      return job.left_over <= most_left_over;
    case Next::answer:
    case Next::suspect_key:
    case Next::give_up:
      return false;
  }
  return false;
}

std::string FetchRun::reason_against_waiting(milliseconds wait, Time now) const {
  const double seconds = std::chrono::duration<double>(wait).count();
  if (wait > options_.max_wait) {
    return fmt::format("the API asks for a wait of {:.0f} s, more than is waited for", seconds);
  }
  if (deadline_ && wait.count() > 0 && now + wait >= *deadline_) {
    return fmt::format("the API asks for a wait of {:.0f} s, beyond the run's deadline", seconds);
  }
  return {};
}

void FetchRun::retry(const Job& job, const Attempt& attempt, Time now) {
  const milliseconds wait = attempt.wait.value_or(std::chrono::seconds(0));
  const milliseconds pause = std::max(backoff(std::max(job.attempts, 1)), wait);
  spdlog::debug("attempt {} for {} failed ({}); next in {} ms", job.attempts,
                work_->target(job.position),
                attempt.code == CURLE_OK ? fmt::format("HTTP {}", attempt.reply.status)
                                         : std::string(curl_easy_strerror(attempt.code)),
                pause.count());
  // A kept connection may be what went wrong; and a 408 may have lain in it before it was used.
  const bool is_fresh = attempt.code != CURLE_OK || attempt.reply.status == 408;
  waiting_.push({.due = now + pause, .job = job, .why = kind_of(attempt), .is_fresh = is_fresh});
}

/// Exponential, with full jitter, so that retries do not come all at once.
FetchRun::milliseconds FetchRun::backoff(int attempts) {
  constexpr milliseconds first{250};
  constexpr milliseconds longest{10'000};
  const auto ceiling = std::min(longest, first * (1 << std::min(attempts - 1, 10)));
  return milliseconds(
      std::uniform_int_distribution<milliseconds::rep>(0, ceiling.count())(random_));
}

void FetchRun::deliver_attempt(const Job& job, Attempt attempt, std::string given_up) {
  if (attempt.code == CURLE_OK && !attempt.is_too_long) {
    return deliver(job, std::move(attempt.reply), std::move(given_up));
  }
  deliver(job, failure_of(attempt, limits()), std::move(given_up));
}

void FetchRun::deliver(const Job& job, std::variant<HttpReply, NotCompared> answer,
                       std::string given_up) {
  batch_.push_back({.position = job.position,
                    .answer = std::move(answer),
                    .attempts = job.attempts,
                    .duration = std::chrono::duration_cast<milliseconds>(Clock::now() - job.began),
                    .given_up = std::move(given_up)});
  ++delivered_;
  constexpr std::size_t enough = 256;
  if (batch_.size() >= enough) hand_over();
}

void FetchRun::hand_over() {
  if (!batch_.empty()) work_->deliver(std::exchange(batch_, {}));
}

/// Tells of every request that was not answered: those under way, those that wait for another
/// attempt, and those whose turn never came.
void FetchRun::stop_early(const Stop& stop) {
  const NotCompared dropped{stop.kind, stop.reason};
  pool_.drop_all([&](const Job& job, Attempt&& attempt) {
    tally_.count(attempt);
    deliver(job, dropped, {});
  });
  for (; !waiting_.empty(); waiting_.pop()) deliver(waiting_.top().job, dropped, {});
  const NotCompared not_sent{stop.kind, "not asked for: " + stop.reason};
  for (; next_ < work_->count; ++next_) {
    deliver({.position = next_, .began = Clock::now()}, not_sent, {});
  }
  hand_over();
}

FetchSummary FetchRun::summary(FetchEnd end, std::string reason) const {
  FetchSummary summary{.end = end, .reason = std::move(reason), .statistics = tally_.statistics()};
  summary.statistics.pauses = pace_.pauses();
  summary.statistics.paused = pace_.paused();
  return summary;
}

}  // namespace sipdrift
