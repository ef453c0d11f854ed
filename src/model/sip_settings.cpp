// The names of directions, fields, transports and auth modes.

#include "sipdrift/sip_settings.hpp"

#include "model/names.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Named<Direction>, 2> direction_names{{
    {Direction::inbound, "inbound"},
    {Direction::outbound, "outbound"},
}};

constexpr std::array<Named<Field>, 5> field_names{{
    {Field::auth_mode, "auth_mode"},
    {Field::port, "port"},
    {Field::secure_media, "secure_media"},
    {Field::sip_endpoint, "sip_endpoint"},
    {Field::transport, "transport"},
}};

constexpr std::array<Named<Transport>, 3> transport_names{{
    {Transport::udp, "udp"},
    {Transport::tcp, "tcp"},
    {Transport::tls, "tls"},
}};

constexpr std::array<Named<AuthMode>, 2> auth_mode_names{{
    {AuthMode::ip, "ip"},
    {AuthMode::registration, "register"},
}};

}  // namespace

std::string_view name(Direction direction) { return name_in(direction_names, direction); }
std::string_view name(Field field) { return name_in(field_names, field); }
std::string_view name(Transport transport) { return name_in(transport_names, transport); }
std::string_view name(AuthMode auth_mode) { return name_in(auth_mode_names, auth_mode); }

std::string FieldPath::text() const {
  std::string path(name(direction));
  if (field) path.append(".").append(name(*field));
  return path;
}

}  // namespace sipdrift
