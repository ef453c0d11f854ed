// The text of a SIP URI: character classes, percent-escapes, and where its pieces begin and end.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdrift {

/// Whether a character may stand unescaped in a component of a URI.
using CharacterClass = bool (*)(char);

// RFC 3261 section 25.1, each with `unreserved` included.
[[nodiscard]] bool is_user_char(char c);
[[nodiscard]] bool is_password_char(char c);
[[nodiscard]] bool is_parameter_char(char c);
[[nodiscard]] bool is_header_char(char c);

/// A component as it is compared (section 19.1.4): escapes decoded, except those of reserved
/// characters and of "%" itself, which keep their meaning only while escaped and stand in upper
/// case. Nothing if a character is neither in `allowed` nor part of an escape.
[[nodiscard]] std::optional<std::string> normalised(std::string_view component,
                                                    CharacterClass allowed);

/// What follows host and port, in pieces that point into the text.
struct SipUriTail {
  std::vector<std::string_view> parameters;  ///< between ";" and ";", as written
  std::string_view headers;                  ///< from the "?" on, or empty
};
[[nodiscard]] SipUriTail split_tail(std::string_view tail);

/// The name of a parameter as written, "Transport=TLS" or "lr", in lower case.
[[nodiscard]] std::string parameter_name(std::string_view parameter);

}  // namespace sipdrift
