// stderr, shared by log, messages and the progress line.

#include "cli/terminal.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

/// Takes the progress line away, for what is written in its place.
constexpr std::string_view clear_line = "\r\x1b[K";
bool is_progress_shown = false;  // stderr is one, and so is this
// Of both: the log comes from the thread that fetches, and progress from the one that judges.
std::mutex stderr_mutex;

SecretFilter filter;  // of all that goes there

class StderrSink : public spdlog::sinks::base_sink<std::mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string_view text(message.payload.data(), message.payload.size());
    const auto level = spdlog::level::to_string_view(message.level);
    // First the secret, which may hold what visible() would change.
    write_line(fmt::format("sipdrift: {}: {}", std::string_view(level.data(), level.size()),
                           visible(filter.filter(std::string(text)))));
  }
  void flush_() override { std::cerr << std::flush; }
};

}  // namespace

bool wants_colour(int descriptor, const CommonOptions& options) {
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool is_refused = options.no_colour || (no_color != nullptr && *no_color != '\0');
  const bool is_dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return !is_refused && !is_dumb && is_terminal(descriptor);
}

std::optional<TerminalSize> terminal_size(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return std::nullopt;  // NOLINT: as C declares it
  return TerminalSize{.columns = size.ws_col, .rows = size.ws_row};
}

void keep_secret(std::string_view secret) { filter.learn(secret); }

const SecretFilter& kept_secrets() { return filter; }

void write_line(const std::string& text) {
  const std::lock_guard lock(stderr_mutex);
  if (is_progress_shown) std::cerr << clear_line;
  is_progress_shown = false;
  std::cerr << filter.filter(text) << '\n' << std::flush;
}

void say(const std::string& text) { write_line("sipdrift: " + text); }

void set_up_log(const CommonOptions& options) {
  auto logger = std::make_shared<spdlog::logger>("sipdrift", std::make_shared<StderrSink>());
  logger->set_level(spdlog::level::from_str(options.log_level));
  spdlog::set_default_logger(std::move(logger));
}

Progress::Progress(ProgressMode mode) : next_(std::chrono::steady_clock::now()) {
  if (mode == ProgressMode::never) return;
  if (is_terminal(STDERR_FILENO)) {
    style_ = Style::line;
  } else if (mode == ProgressMode::always) {
    style_ = Style::lines;
  }
}

Progress::~Progress() {
  const std::lock_guard lock(stderr_mutex);
  if (is_progress_shown) std::cerr << clear_line << std::flush;
  is_progress_shown = false;
}

void Progress::note(const NumberResult& result) {
  ++done_;
  if (result.status() == Status::drifted) ++drifted_;
  if (result.status() == Status::not_compared) ++not_compared_;
  if (style_ == Style::none) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_ && done_ < total_) return;
  next_ = now + (style_ == Style::line ? std::chrono::milliseconds(100) : std::chrono::seconds(5));
  show();
}

void Progress::show() {
  const std::string text = fmt::format("{} of {} numbers, {} drifted, {} not compared", done_,
                                       total_, drifted_, not_compared_);
  if (style_ == Style::lines) return say(text);
  const std::lock_guard lock(stderr_mutex);
  std::cerr << clear_line << text << std::flush;
  is_progress_shown = true;
}

}  // namespace sipdrift
