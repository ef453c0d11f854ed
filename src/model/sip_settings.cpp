// The names of directions, fields, transports and auth modes.

#include "sipdrift/sip_settings.hpp"

namespace sipdrift {

std::string_view name(Direction direction) {
  return direction == Direction::inbound ? "inbound" : "outbound";
}

std::string_view name(Field field) {
  switch (field) {
    case Field::auth_mode:
      return "auth_mode";
    case Field::port:
      return "port";
    case Field::secure_media:
      return "secure_media";
    case Field::sip_endpoint:
      return "sip_endpoint";
    case Field::transport:
      return "transport";
  }
  return {};
}

std::string_view name(Transport transport) {
  switch (transport) {
    case Transport::udp:
      return "udp";
    case Transport::tcp:
      return "tcp";
    case Transport::tls:
      return "tls";
  }
  return {};
}

std::string_view name(AuthMode auth_mode) { return auth_mode == AuthMode::ip ? "ip" : "register"; }

std::string FieldPath::text() const {
  std::string path(name(direction));
  if (field) path.append(".").append(name(*field));
  return path;
}

}  // namespace sipdrift
