// What goes to stderr while the program runs: messages, log lines, progress. From any thread.

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cli/options.hpp"
#include "cli/secret_filter.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// Whether colours are wanted on a file descriptor: it is a terminal that knows them, and neither
/// --no-color nor NO_COLOR (https://no-color.org) says otherwise.
[[nodiscard]] bool wants_colour(int descriptor, const CommonOptions& options);

struct TerminalSize {
  std::size_t columns = 0;  ///< 0: not known
  std::size_t rows = 0;     ///< likewise
};

/// Nothing, if the descriptor is no terminal.
[[nodiscard]] std::optional<TerminalSize> terminal_size(int descriptor);

/// Takes a secret out of everything that is written to stderr from now on, beside those that it was
/// given before. To be called before there are other threads.
void keep_secret(std::string_view secret);

/// All that keep_secret() was given: for whatever else is written.
[[nodiscard]] const SecretFilter& kept_secrets();

/// A line on stderr, which may hold colours.
void write_line(const std::string& text);

/// One message for the person at the terminal: "sipdrift: text".
void say(const std::string& text);

/// Sends the log to stderr, "sipdrift: warning: text", with control characters made visible.
void set_up_log(const CommonOptions& options);

/// How far a run has come. On a terminal a line that is drawn over and at last removed; elsewhere,
/// if it is asked for, a plain line every few seconds.
class Progress {
 public:
  explicit Progress(ProgressMode mode);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  Progress(Progress&&) = delete;
  Progress& operator=(Progress&&) = delete;
  ~Progress();

  void start(std::size_t total) { total_ = total; }
  void note(const NumberResult& result);

 private:
  enum class Style { none, line, lines };

  void show();

  Style style_ = Style::none;
  std::size_t total_ = 0;
  std::size_t done_ = 0;
  std::size_t drifted_ = 0;
  std::size_t not_compared_ = 0;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace sipdrift
