// The endpoint of a live direction: its URI, and the port and transport that are in effect.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sipdrift/live_record.hpp"
#include "sipdrift/sip_uri.hpp"

namespace sipdrift {

/// Reads a live direction, which must outlive this.
///
/// `options.port` overrides a port inside the endpoint (the provider's documentation says so), and
/// `options.transport` is taken to override a transport parameter in the same way.
class LiveEndpoint {
 public:
  explicit LiveEndpoint(const LiveDirection& live);

  /// The endpoint as it stands, or nothing.
  [[nodiscard]] const std::optional<std::string>& text() const { return live_.sip_endpoint; }

  /// The endpoint as a URI, or nothing if there is none or it is not one.
  [[nodiscard]] const std::optional<SipUri>& uri() const { return uri_; }

  /// There is an endpoint, but it is no SIP URI: what port and transport it may hold is unknown.
  [[nodiscard]] bool is_unreadable() const { return text() && !uri_; }

  [[nodiscard]] std::optional<std::uint16_t> port() const;
  [[nodiscard]] std::optional<std::string> transport() const;

 private:
  const LiveDirection& live_;
  std::optional<SipUri> uri_;
};

}  // namespace sipdrift
