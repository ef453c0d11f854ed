// SIP and SIPS URIs: RFC 3261 section 19.1 (components, comparison) and section 25.1 (grammar).

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sipdrift/result.hpp"

namespace sipdrift {

enum class SipScheme : std::uint8_t { sip, sips };

/// A uri-parameter (";lr", ";transport=tls") or a header ("?subject=x") of a SIP URI.
///
/// Both texts are normalised for comparison: a percent-escape stands decoded unless it is of a
/// reserved character (section 19.1.4), names are in lower case.
struct SipUriField {
  std::string name;
  std::optional<std::string> value;

  friend auto operator<=>(const SipUriField&, const SipUriField&) = default;
};

/// A SIP URI that was understood whole. A value: immutable, and cheap to copy.
///
/// The scheme may be missing, as providers accept "host:5061;transport=tls"; it is then `sip`. The
/// host is a name in lower case, an IPv4 address, or an IPv6 address in brackets in its shortest
/// spelling (RFC 5952), whatever way it was written.
class SipUri {
 public:
  /// Reads `text` by the grammar of section 25.1. The error says what is wrong with it: fit to be
  /// shown, and without quoting user info, which may hold a password.
  static Result<SipUri, std::string> parse(std::string_view text);

  /// As it was written, or, after a change by with_port() or with_transport(), as it would be.
  /// It may hold a password, which has to be redacted before it is shown.
  [[nodiscard]] const std::string& text() const { return parts_->text; }

  [[nodiscard]] SipScheme scheme() const { return parts_->scheme; }
  [[nodiscard]] const std::optional<std::string>& user() const { return parts_->user; }
  [[nodiscard]] const std::optional<std::string>& password() const { return parts_->password; }
  [[nodiscard]] const std::string& host() const { return parts_->host; }
  [[nodiscard]] std::optional<std::uint16_t> port() const { return parts_->port; }

  /// The transport parameter's value in lower case, if there is one: "tls", "sctp".
  [[nodiscard]] std::optional<std::string_view> transport() const;

  /// In the order of their names; no name stands twice.
  [[nodiscard]] const std::vector<SipUriField>& parameters() const { return parts_->parameters; }

  /// In the order of their names, then their values.
  [[nodiscard]] const std::vector<SipUriField>& headers() const { return parts_->headers; }

  /// This URI with another port, or with none.
  [[nodiscard]] SipUri with_port(std::optional<std::uint16_t> port) const;

  /// This URI with another transport parameter, or with none.
  [[nodiscard]] SipUri with_transport(std::optional<std::string_view> transport) const;

 private:
  friend class SipUriParser;

  struct Parts {
    std::string text;
    std::size_t host_end = 0;  // where the host ends in the text, and where the port after it does
    std::size_t port_end = 0;
    SipScheme scheme = SipScheme::sip;
    std::optional<std::string> user;
    std::optional<std::string> password;
    std::string host;
    std::optional<std::uint16_t> port;
    std::vector<SipUriField> parameters;
    std::vector<SipUriField> headers;
  };

  explicit SipUri(Parts parts) : parts_(std::make_shared<const Parts>(std::move(parts))) {}

  std::shared_ptr<const Parts> parts_;
};

/// Whether two URIs are equal by RFC 3261 section 19.1.4.
///
/// Reflexive and symmetric, but not transitive: a parameter that only one side has is ignored, so
/// `sip:h;a=1` and `sip:h;a=2` both equal `sip:h` and not each other. `transport`, `user`, `ttl`,
/// `method` and `maddr` are never ignored. Where the section leaves header values to each header's
/// own rules, they are compared to the letter, which is stricter.
[[nodiscard]] bool equivalent(const SipUri& a, const SipUri& b);

}  // namespace sipdrift
