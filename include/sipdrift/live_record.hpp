// What a number's SIP configuration is: the live side of the comparison, as the provider told it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sipdrift/e164.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/sip_settings.hpp"

namespace sipdrift {

/// A live value, and whether the reply gave it as a string ("5061", "true") where the provider's
/// documentation says integer or boolean. Such a value counts, but never as identical.
template <class T>
struct Observed {
  T value;
  bool in_string = false;
};

/// One direction as configured at the provider. A field that holds nothing has no value there.
/// Strings are valid UTF-8 and otherwise as the provider sent them: not necessarily a SIP URI, a
/// known transport, or fit to be shown.
struct LiveDirection {
  std::optional<std::string> auth_mode;
  std::optional<Observed<std::uint16_t>> port;  ///< 1 to 65535
  std::optional<Observed<bool>> secure_media;
  std::optional<std::string> sip_endpoint;
  std::optional<std::string> transport;
};

/// The configuration of one number. A direction that holds nothing is not configured.
struct LiveRecord {
  E164 number;
  std::optional<LiveDirection> inbound;
  std::optional<LiveDirection> outbound;

  /// Whether the reply itself said which number it is about. Only configured directions do.
  [[nodiscard]] bool is_named() const { return inbound || outbound; }

  [[nodiscard]] const std::optional<LiveDirection>& operator[](Direction direction) const {
    return direction == Direction::inbound ? inbound : outbound;
  }
};

/// Directions that a number is listed with, and for which its record has nothing: their settings
/// may be inherited.
struct UntoldDirections {
  E164 number;
  bool is_inbound = false;
  bool is_outbound = false;

  [[nodiscard]] bool operator[](Direction direction) const {
    return direction == Direction::inbound ? is_inbound : is_outbound;
  }
};

/// A number whose configuration could not be read, and why.
struct UnreadNumber {
  E164 number;
  NotCompared error;
};

}  // namespace sipdrift
