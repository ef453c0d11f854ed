// stderr, shared by log, messages and a line that is drawn over.

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

#include "cli/clocks.hpp"
#include "cli/log_line.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// A terminal that does more than print: ECMA-48's sequences are no text on it.
bool is_ansi_terminal(int descriptor) {
  const char* const set = std::getenv("TERM");
  const std::string_view kind = set == nullptr ? "" : set;
  return !kind.empty() && kind != "dumb" && isatty(descriptor) == 1;
}

/// Whether the terminal is somebody else's for now, as for a job that a shell was given with "&".
bool is_in_background() {
  const pid_t foreground = tcgetpgrp(STDERR_FILENO);  // -1 if it does not control this process
  return foreground != -1 && foreground != getpgrp();
}

/// All but the last column, in which some terminals begin a new line.
std::size_t usable_columns() {
  constexpr std::size_t usual = 80;
  const auto size = terminal_size(STDERR_FILENO);
  return (size && size->columns > 0 ? size->columns : usual) - 1;
}

constexpr const char* erase_rest = "\x1b[K";  // of the line, from the cursor on
bool is_line_drawn = false;                   // stderr is one, and so is this
std::mutex stderr_mutex;                      // of both

/// What takes the drawn line away, for what is written in its place; with the mutex locked.
std::string without_drawn_line() {
  return std::exchange(is_line_drawn, false) ? std::string("\r") + erase_rest : std::string();
}

SecretFilter filter;  // of all that goes there
LogFormat log_format = LogFormat::text;

std::string_view level_name(spdlog::level::level_enum level) {
  const auto text = spdlog::level::to_string_view(level);
  return {text.data(), text.size()};
}

/// The text as a line, or as an object of that level.
void write(spdlog::level::level_enum level, std::string_view prefix, const std::string& text) {
  const std::lock_guard lock(stderr_mutex);
  std::string line = without_drawn_line();
  if (log_format == LogFormat::json) {
    line += json_log_line(wall_clock_now(), level_name(level), text, filter);
  } else {
    line += filter.filter(std::string(prefix) + text) + '\n';
  }
  std::cerr << line << std::flush;
}

class StderrSink : public spdlog::sinks::base_sink<std::mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string text(message.payload.data(), message.payload.size());
    // First the secret, which may hold what visible() would change.
    write(message.level, fmt::format("sipdrift: {}: ", level_name(message.level)),
          visible(filter.filter(text)));
  }
  void flush_() override { std::cerr << std::flush; }
};

}  // namespace

bool wants_colour(int descriptor, const CommonOptions& options) {
  const char* const no_color = std::getenv("NO_COLOR");
  const bool is_refused = options.no_colour || (no_color != nullptr && *no_color != '\0');
  return !is_refused && is_ansi_terminal(descriptor);
}

std::optional<TerminalSize> terminal_size(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return std::nullopt;
  return TerminalSize{.columns = size.ws_col, .rows = size.ws_row};
}

void keep_secret(std::string_view secret) { filter.learn(secret); }

const SecretFilter& kept_secrets() { return filter; }

void write_line(const std::string& text) { write(spdlog::level::err, {}, text); }

void say(const std::string& text, spdlog::level::level_enum level) {
  write(level, "sipdrift: ", text);
}

void set_up_log(const CommonOptions& options) {
  log_format = options.log_format;
  auto logger = std::make_shared<spdlog::logger>("sipdrift", std::make_shared<StderrSink>());
  logger->set_level(spdlog::level::from_str(options.log_level));
  spdlog::set_default_logger(std::move(logger));
}

bool can_draw_over() { return is_ansi_terminal(STDERR_FILENO); }

void draw_line(const std::function<std::string(std::size_t)>& text_within) {
  const std::lock_guard lock(stderr_mutex);
  is_line_drawn = !is_in_background();
  if (!is_line_drawn) return;
  // Behind the text, so that what stays the same does not flicker.
  std::cerr << '\r' + filter.filter(text_within(usable_columns())) + erase_rest << std::flush;
}

void remove_line() {
  const std::lock_guard lock(stderr_mutex);
  std::cerr << without_drawn_line() << std::flush;
}

}  // namespace sipdrift
