// Keeping credentials out of everything that is shown.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipdrift {

/// What stands in a secret's place.
inline constexpr std::string_view redacted_mark = "[redacted]";

/// `endpoint`, a SIP URI or a broken one, with what could be the password of its user info (what
/// stands between ":" and the last "@") replaced, and the values of parameters and headers whose
/// names look like a credential's. Errs on the side of secrecy: where it is no SIP URI, all that
/// follows a ":" and is no port could be a password.
[[nodiscard]] std::string redacted_endpoint(std::string_view endpoint);

/// A part of a line: from `begin` up to, and without, `end`; in bytes.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where passwords could stand in a line of any text, in which endpoints may stand: from left to
/// right, none empty. Errs on the side of secrecy, as such a line is shown where it is wrong.
[[nodiscard]] std::vector<Stretch> find_passwords(std::string_view line);

/// The line with what find_passwords() finds replaced.
[[nodiscard]] std::string redacted_line(std::string_view line);

/// The start of a text from outside, at most `limit` bytes of it, for a message: without passwords,
/// and with what acts on a terminal made visible.
[[nodiscard]] std::string shown_excerpt(std::string_view text, std::size_t limit);

}  // namespace sipdrift
