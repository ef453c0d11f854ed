// What goes to stderr while the program runs: messages, log lines, and a line that is drawn
// over. From any thread.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <spdlog/common.h>

#include "cli/options.hpp"
#include "cli/secret_filter.hpp"

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

/// Sends the log to stderr, "sipdrift: warning: text", with control characters made visible. In a
/// log of JSON whatever is said from now on is an object of its own.
void set_up_log(const CommonOptions& options);

/// One message for the person at the terminal: "sipdrift: text". The level is for logs of JSON.
void say(const std::string& text, spdlog::level::level_enum level = spdlog::level::err);

/// A text of one line or several that is no message but what a message is about, as it stands; it
/// may hold colours where there is no JSON.
void write_line(const std::string& text);

/// Whether stderr is a terminal on which a line can be drawn over.
[[nodiscard]] bool can_draw_over();

/// Draws a line in place of the one that was drawn before: what `text_within` gives for the columns
/// that there are. Whatever else is written takes its place. Does nothing while the program is in
/// the background of its terminal.
void draw_line(const std::function<std::string(std::size_t)>& text_within);

/// Leaves nothing of the line that was drawn.
void remove_line();

}  // namespace sipdrift
