// What counts as agreement between what is declared and what is live.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sipdrift {

enum class MatchMode : std::uint8_t {
  /// By meaning: endpoints as RFC 3261 section 19.1.4 compares SIP URIs; port and transport by
  /// their effective value, which is that of live's options, or else that inside live's endpoint.
  sip,
  /// As they stand: of what agrees by meaning, only what is also identical. Port and transport are
  /// those of the options.
  exact,
};
inline constexpr std::array all_match_modes{MatchMode::sip, MatchMode::exact};

/// "sip", "exact": stable words, as reports and the command line have them.
[[nodiscard]] std::string_view name(MatchMode mode);

}  // namespace sipdrift
