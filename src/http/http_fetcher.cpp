// A window of transfers over one libcurl multi handle.

#include "sipdrift/http_fetcher.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "http/attempt.hpp"
#include "http/curl_handles.hpp"
#include "http/key_watch.hpp"
#include "http/transfer.hpp"

namespace sipdrift {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

void set_up_libcurl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

void check(CURLMcode code) {
  if (code != CURLM_OK) throw CurlError(curl_multi_strerror(code));
}

/// A request that waits for its next attempt.
struct Waiting {
  Clock::time_point due;
  Job job;
  bool is_fresh = false;  // on a new connection

  friend bool operator>(const Waiting& a, const Waiting& b) { return a.due > b.due; }
};

/// One call of fetch().
class Fetch {
 public:
  Fetch(const TransferSettings& settings, std::size_t count, const Fetcher::TargetOf& target,
        const Fetcher::Deliver& deliver)
      : options_(settings.options),
        count_(count),
        target_(target),
        deliver_(deliver),
        multi_(curl_multi_init()) {
    if (!multi_) throw std::runtime_error("libcurl has no memory for a multi handle");
    const std::size_t window = std::min(options_.concurrency, std::max<std::size_t>(count, 1));
    // The cache of connections; libcurl's own choice would close them while they are still wanted.
    check(curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(window)));
    for (std::size_t i = 0; i < window; ++i) {
      transfers_.push_back(std::make_unique<Transfer>(settings));
      idle_.push_back(transfers_.back().get());
    }
    if (options_.deadline) deadline_ = Clock::now() + *options_.deadline;
  }
  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;
  Fetch(Fetch&&) = delete;
  Fetch& operator=(Fetch&&) = delete;
  ~Fetch() { drop_running(); }

  FetchEnd run(const std::stop_token& stop) {
    try {
      return run_loop(stop);
    } catch (const CurlError& error) {
      spdlog::error("libcurl failed: {}", error.what());
      return stop_early(FetchEnd::failed, ErrorKind::internal, "libcurl failed");
    }
  }

 private:
  FetchEnd run_loop(const std::stop_token& stop) {
    const std::stop_callback wake(stop, [&] { curl_multi_wakeup(multi_.get()); });
    while (delivered_ < count_) {
      if (stop.stop_requested()) {
        return stop_early(FetchEnd::interrupted, ErrorKind::interrupted, "the run was interrupted");
      }
      if (deadline_ && Clock::now() >= *deadline_) {
        return stop_early(FetchEnd::deadline, ErrorKind::deadline, "the run's deadline passed");
      }
      if (key_.is_rejected()) {
        return stop_early(FetchEnd::key_rejected, ErrorKind::unauthorized,
                          "the API does not accept the key");
      }
      start_what_is_due();
      int running = 0;
      check(curl_multi_perform(multi_.get(), &running));
      finish_what_is_done();
      if (delivered_ < count_) wait();
    }
    return FetchEnd::complete;
  }

  void start_what_is_due() {
    const Clock::time_point now = Clock::now();
    while (!idle_.empty() && now >= earliest_start_) {
      if (!waiting_.empty() && waiting_.top().due <= now) {
        const Waiting retry = waiting_.top();
        waiting_.pop();
        start(retry.job, retry.is_fresh, now);
      } else if (next_ < count_) {
        start({.position = next_++, .attempts = 0, .began = now}, false, now);
      } else {
        return;
      }
    }
  }

  void start(Job job, bool is_fresh, Clock::time_point now) {
    Transfer& transfer = *idle_.back();
    idle_.pop_back();
    ++job.attempts;
    transfer.prepare(job, target_(job.position), is_fresh);
    check(curl_multi_add_handle(multi_.get(), transfer.handle()));
    if (options_.rate) {
      earliest_start_ =
          std::max(earliest_start_, now) + std::chrono::duration_cast<Clock::duration>(
                                               std::chrono::duration<double>(1.0 / *options_.rate));
    }
  }

  void finish_what_is_done() {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      // The message is gone once its handle is removed.
      CURL* const handle = message->easy_handle;
      const CURLcode code = message->data.result;
      check(curl_multi_remove_handle(multi_.get(), handle));
      Transfer& transfer = Transfer::of(handle);
      idle_.push_back(&transfer);
      settle(transfer.job(), transfer.take_attempt(code));
    }
  }

  /// Delivers what came of an attempt, or has it tried again.
  void settle(const Job& job, Attempt attempt) {
    key_.note(attempt);
    const Next next = next_after(attempt);
    const bool may_retry = (next == Next::retry && job.attempts <= options_.retries) ||
                           (next == Next::retry_once && job.attempts == 1 && options_.retries > 0);
    const milliseconds asked_for = attempt.retry_after.value_or(std::chrono::seconds(0));
    // A server that asks for a rest asks it of all requests.
    if (is_refused_for_load(attempt)) {
      earliest_start_ =
          std::max(earliest_start_, Clock::now() + std::min(asked_for, options_.max_wait));
    }
    if (may_retry && asked_for <= options_.max_wait) {
      retry(job, attempt, asked_for);
    } else if (attempt.code == CURLE_OK && !attempt.is_too_long) {
      deliver(job, std::move(attempt.reply));
    } else {
      deliver(job, failure_of(attempt, {options_.connect_timeout, options_.timeout}));
    }
  }

  void retry(const Job& job, const Attempt& attempt, milliseconds asked_for) {
    const Clock::time_point now = Clock::now();
    const milliseconds pause = std::max(backoff(job.attempts), asked_for);
    spdlog::debug("attempt {} for {} failed ({}); next in {} ms", job.attempts,
                  target_(job.position),
                  attempt.code == CURLE_OK ? "HTTP " + std::to_string(attempt.reply.status)
                                           : std::string(curl_easy_strerror(attempt.code)),
                  pause.count());
    waiting_.push(
        {.due = now + pause, .job = job, .is_fresh = attempt.code == CURLE_OPERATION_TIMEDOUT});
  }

  /// Exponential, with full jitter, so that retries do not come all at once.
  milliseconds backoff(int attempts) {
    constexpr milliseconds first{250};
    constexpr milliseconds longest{10'000};
    const auto ceiling = std::min(longest, first * (1 << std::min(attempts - 1, 10)));
    return milliseconds(
        std::uniform_int_distribution<milliseconds::rep>(0, ceiling.count())(random_));
  }

  void deliver(const Job& job, std::variant<HttpReply, NotCompared> answer) {
    const bool is_reply = std::holds_alternative<HttpReply>(answer);
    FetchOutcome outcome{
        .answer = std::move(answer),
        .attempts = job.attempts,
        .duration = std::chrono::duration_cast<milliseconds>(Clock::now() - job.began),
        .is_repeatable = is_reply && !job.is_alone};
    const bool repeats = outcome.is_repeatable;
    if (deliver_(job.position, std::move(outcome)) == Reception::taken || !repeats) {
      ++delivered_;
      return;
    }
    Job again = job;
    again.is_alone = true;
    waiting_.push({.due = Clock::now(), .job = again});
  }

  void drop_running() {
    for (const auto& transfer : transfers_) {
      curl_multi_remove_handle(multi_.get(), transfer->handle());  // no harm if it is not in there
    }
  }

  /// Tells of every request that was not answered: those under way, those that wait for another
  /// attempt, and those whose turn never came.
  FetchEnd stop_early(FetchEnd end, ErrorKind kind, const std::string& reason) {
    const NotCompared dropped{kind, reason};
    for (const auto& transfer : transfers_) {
      if (transfer->is_under_way()) deliver(transfer->job(), dropped);
    }
    for (; !waiting_.empty(); waiting_.pop()) deliver(waiting_.top().job, dropped);
    const NotCompared not_sent{kind, "not asked for: " + reason};
    for (; next_ < count_; ++next_) {
      deliver({.position = next_, .attempts = 0, .began = Clock::now()}, not_sent);
    }
    return end;
  }

  void wait() {
    Clock::time_point until = Clock::now() + std::chrono::seconds(1);
    const bool has_room = !idle_.empty();
    if (has_room && !waiting_.empty())
      until = std::min(until, std::max(waiting_.top().due, earliest_start_));
    if (has_room && next_ < count_) until = std::min(until, earliest_start_);
    if (deadline_) until = std::min(until, *deadline_);
    const auto pause = std::chrono::ceil<milliseconds>(until - Clock::now());
    const int timeout = static_cast<int>(std::max<milliseconds::rep>(pause.count(), 0));
    check(curl_multi_poll(multi_.get(), nullptr, 0, timeout, nullptr));
  }

  const HttpOptions& options_;
  std::size_t count_;
  const Fetcher::TargetOf& target_;
  const Fetcher::Deliver& deliver_;

  MultiHandle multi_;
  std::vector<std::unique_ptr<Transfer>> transfers_;
  std::vector<Transfer*> idle_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  std::size_t next_ = 0;  // the first position that has had no attempt
  std::size_t delivered_ = 0;

  Clock::time_point earliest_start_ = Clock::now();  // no request begins before
  std::optional<Clock::time_point> deadline_;
  std::mt19937_64 random_{std::random_device{}()};

  KeyWatch key_;
};

class HttpFetcher : public Fetcher {
 public:
  HttpFetcher(HttpOptions options, std::stop_token stop)
      : options_(std::move(options)), settings_(options_), stop_(std::move(stop)) {}

  FetchEnd fetch(std::size_t count, const TargetOf& target, const Deliver& deliver) override {
    return Fetch(settings_, count, target, deliver).run(stop_);
  }

 private:
  HttpOptions options_;
  TransferSettings settings_;
  std::stop_token stop_;
};

}  // namespace

std::unique_ptr<Fetcher> make_http_fetcher(HttpOptions options, std::stop_token stop) {
  set_up_libcurl();
  return std::make_unique<HttpFetcher>(std::move(options), std::move(stop));
}

}  // namespace sipdrift
