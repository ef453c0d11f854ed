// The words of a number's SIP configuration: its two directions, the fields of each, and the values
// that transport and auth_mode may have.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipdrift {

/// Which way calls go: from the carrier to the provider (inbound), or out through a trunk.
enum class Direction : std::uint8_t { inbound, outbound };
inline constexpr std::array all_directions{Direction::inbound, Direction::outbound};

/// What can be declared and compared in one direction. Alphabetical: reports are sorted this way.
enum class Field : std::uint8_t { auth_mode, port, secure_media, sip_endpoint, transport };
inline constexpr std::array all_fields{Field::auth_mode, Field::port, Field::secure_media,
                                       Field::sip_endpoint, Field::transport};

/// The transports that the provider documents for a trunk.
enum class Transport : std::uint8_t { udp, tcp, tls };
inline constexpr std::array all_transports{Transport::udp, Transport::tcp, Transport::tls};

/// How the provider recognises a trunk: by its address, or by a SIP registration.
enum class AuthMode : std::uint8_t { ip, registration };
inline constexpr std::array all_auth_modes{AuthMode::ip, AuthMode::registration};

// The names, as they stand in manifests, in the provider's replies and in reports: "inbound",
// "sip_endpoint", "tls", "register". They live as long as the program.
[[nodiscard]] std::string_view name(Direction direction);
[[nodiscard]] std::string_view name(Field field);
[[nodiscard]] std::string_view name(Transport transport);
[[nodiscard]] std::string_view name(AuthMode auth_mode);

/// Where in a configuration something was compared: one field of a direction ("outbound.port"), or
/// a direction as a whole ("inbound"), which sorts before its fields.
struct FieldPath {
  Direction direction = Direction::inbound;
  std::optional<Field> field;

  [[nodiscard]] std::string text() const;

  friend auto operator<=>(const FieldPath&, const FieldPath&) = default;
};

}  // namespace sipdrift
