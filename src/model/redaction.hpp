// Keeping credentials out of everything that is shown.

#pragma once

#include <string>
#include <string_view>

namespace sipdrift {

/// What stands in a secret's place.
inline constexpr std::string_view redacted_mark = "[redacted]";

/// `endpoint`, a SIP URI or a broken one, with what could be the password of its user info (what
/// stands between ":" and the last "@") replaced. Errs on the side of secrecy.
[[nodiscard]] std::string redacted_endpoint(std::string_view endpoint);

/// The same for a line of any text, in which endpoints may stand.
[[nodiscard]] std::string redacted_line(std::string_view line);

}  // namespace sipdrift
