// Progress on stderr, by a thread of its own: it moves while nothing arrives, too.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "cli/options.hpp"
#include "cli/progress_meter.hpp"
#include "cli/progress_text.hpp"
#include "sipdrift/http_fetcher.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// Shows how far a run has come, from start() until it is destroyed. On a terminal a line that is
/// drawn over and at last removed; elsewhere and in a log of JSON, if it is asked for, a plain line
/// soon after the start, one every few seconds, and one at the end.
///
/// What it is told, it may be told from any thread.
class Progress {
 public:
  Progress(ProgressMode mode, LogFormat format, ProgressTask task = ProgressTask::audit);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;
  ~Progress() = default;

  /// The run begins; once. A run goes on without progress where there can be no thread for it.
  void start(std::size_t total);

  void note(const NumberResult& result) { note(result.status(), result.evidence.attempts); }
  void note(Status status, int requests);
  void note(const ApiPause& pause);  ///< before the start it is not told

 private:
  enum class Style : std::uint8_t { none, line, lines };

  void show(const std::stop_token& stop);
  void draw_over(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);
  void tell(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);

  Style style_ = Style::none;
  ProgressTask task_;
  std::mutex mutex_;
  std::condition_variable_any first_result_;
  std::optional<ProgressMeter> meter_;  // from the start on
  std::jthread thread_;                 // last: it uses the others, and is joined first
};

}  // namespace sipdrift
