// When to show progress, and as what.

#include "cli/progress.hpp"

#include <chrono>
#include <exception>
#include <string>
#include <system_error>

#include <spdlog/spdlog.h>

#include "cli/progress_text.hpp"
#include "cli/terminal.hpp"

namespace sipdrift {

namespace {

using Clock = std::chrono::steady_clock;

// Of a run that is over at once there is nothing to see.
constexpr std::chrono::milliseconds between_draws{200};

// A first line comes with the first result, so that a log shows early that the run is well.
constexpr std::chrono::seconds longest_without_line{1};
constexpr std::chrono::seconds between_lines{5};

}  // namespace

Progress::Progress(ProgressMode mode, LogFormat format, ProgressTask task) : task_(task) {
  if (mode == ProgressMode::never) return;
  if (format == LogFormat::text && can_draw_over()) {
    style_ = Style::line;
  } else if (mode == ProgressMode::always) {
    style_ = Style::lines;
  }
}

void Progress::start(std::size_t total) {
  if (style_ == Style::none) return;
  meter_.emplace(total, Clock::now(), task_);
  try {
    thread_ = std::jthread([this](const std::stop_token& stop) { show(stop); });
  } catch (const std::system_error& error) {
    spdlog::warn("no progress is shown: {}", error.what());
  }
}

void Progress::note(Status status, int requests) {
  if (style_ == Style::none) return;
  const std::lock_guard lock(mutex_);
  meter_->note(status, requests);
  if (meter_->done() == 1) first_result_.notify_one();
}

void Progress::note(const ApiPause& pause) {
  if (style_ == Style::none || !meter_) return;
  const std::lock_guard lock(mutex_);
  meter_->note_pause(Clock::now(), pause.until, pause.http_status);
}

void Progress::show(const std::stop_token& stop) {
  try {
    std::unique_lock lock(mutex_);
    style_ == Style::line ? draw_over(lock, stop) : tell(lock, stop);
  } catch (const std::exception& error) {  // no memory: the run may do without
    spdlog::warn("progress is not shown any more: {}", error.what());
  }
}

void Progress::draw_over(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
  while (true) {
    first_result_.wait_for(lock, stop, between_draws, [] { return false; });
    if (stop.stop_requested()) return remove_line();
    const ProgressView view = meter_->look(Clock::now());
    lock.unlock();
    draw_line([&](std::size_t columns) { return progress_text(view, columns); });
    lock.lock();
  }
}

void Progress::tell(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
  const auto say_unlocked = [&](const ProgressView& view) {
    lock.unlock();
    say(progress_text(view), spdlog::level::info);
    lock.lock();
  };
  first_result_.wait_for(lock, stop, longest_without_line, [&] { return meter_->done() > 0; });
  while (!stop.stop_requested()) {
    say_unlocked(meter_->look(Clock::now()));
    first_result_.wait_for(lock, stop, between_lines, [] { return false; });
  }
  say_unlocked(meter_->last_look(Clock::now()));
}

}  // namespace sipdrift
