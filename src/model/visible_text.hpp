// Text from outside, made safe to look at.

#pragma once

#include <string>
#include <string_view>

namespace sipdrift {

/// `text` as valid UTF-8 in which nothing acts on a terminal, a line or the reading direction, and
/// nothing is invisible: controls (line ends and tabs too), separators, bidirectional controls,
/// blanks other than the one of ASCII and what has no width stand as "\u{1B}", and bytes that are
/// not UTF-8 as "\x{FF}". Nor is there a command to a CI's log: "##[" is "\u{23}#[". Everything
/// else is as it was.
[[nodiscard]] std::string visible(std::string_view text);

/// visible() of the first `limit` bytes, cut between characters, with "..." where something was cut
/// off.
[[nodiscard]] std::string visible_excerpt(std::string_view text, std::size_t limit);

/// Whether visible() would have to replace the character. Line ends and tabs count.
[[nodiscard]] bool is_unsafe_to_show(char32_t code_point);

}  // namespace sipdrift
