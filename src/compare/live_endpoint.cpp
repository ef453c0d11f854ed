// Options first, the endpoint second.

#include "compare/live_endpoint.hpp"

#include <utility>

namespace sipdrift {

LiveEndpoint::LiveEndpoint(const LiveDirection& live) : live_(live) {
  if (!live.sip_endpoint) return;
  auto uri = SipUri::parse(*live.sip_endpoint);
  if (uri) uri_ = *std::move(uri);
}

std::optional<std::uint16_t> LiveEndpoint::port() const {
  if (live_.port) return live_.port->value;
  return uri_ ? uri_->port() : std::nullopt;
}

std::optional<std::string> LiveEndpoint::transport() const {
  if (live_.transport) return live_.transport;
  if (!uri_ || !uri_->transport()) return std::nullopt;
  return std::string(*uri_->transport());
}

}  // namespace sipdrift
