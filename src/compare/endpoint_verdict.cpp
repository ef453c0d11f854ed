// RFC 3261 section 19.1.4 on endpoints whose port and transport may stand in two places.

#include "compare/endpoint_verdict.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

/// `uri` without what is declared as a field of its own.
SipUri without_own_fields(SipUri uri, const DirectionExpectation& declared) {
  if (declared.port) uri = uri.with_port(std::nullopt);
  if (declared.transport) uri = uri.with_transport(std::nullopt);
  return uri;
}

/// Live's URI with the port and transport that are in effect, where the declared URI names them.
SipUri in_effect(const SipUri& declared, const LiveEndpoint& live) {
  SipUri uri = *live.uri();
  if (declared.port()) uri = uri.with_port(live.port());
  if (declared.transport()) uri = uri.with_transport(live.transport());
  return uri;
}

bool loses_encryption(const SipUri& declared, const SipUri& live) {
  if (declared.scheme() == SipScheme::sips && live.scheme() == SipScheme::sip) return true;
  return declared.transport() == "tls" && live.transport() && is_cleartext(*live.transport());
}

}  // namespace

bool is_cleartext(std::string_view transport) {
  // IANA's registry of SIP transports; tls, tls-sctp and wss are the encrypted ones.
  constexpr std::array<std::string_view, 4> names{"udp", "tcp", "sctp", "ws"};
  return std::find(names.begin(), names.end(), to_lower(transport)) != names.end();
}

EndpointVerdict judge_endpoint(const DirectionExpectation& declared, const LiveEndpoint& live) {
  const SipUri& expected = *declared.sip_endpoint->value;
  EndpointVerdict verdict;
  verdict.shown = *live.text();
  if (!live.uri()) {
    verdict.rule = Rule::not_a_sip_uri;
    return verdict;
  }

  const SipUri& as_it_stands = *live.uri();
  const SipUri effective = in_effect(expected, live);
  const bool equal_as_they_stand = equivalent(expected, as_it_stands);

  const SipUri expected_rest = without_own_fields(expected, declared);
  const SipUri effective_rest = without_own_fields(effective, declared);
  verdict.agrees = equivalent(expected_rest, effective_rest);
  // Sips is SIP over TLS, which udp cannot carry: what is sent over it is not encrypted.
  const auto live_transport = live.transport();
  if (expected.scheme() == SipScheme::sips && live_transport &&
      to_lower(*live_transport) == "udp") {
    verdict.agrees = false;
    verdict.severity = Severity::critical;
    verdict.rule = Rule::options_over_endpoint;
    verdict.shown = as_it_stands.with_transport("udp").text();
    return verdict;
  }
  if (verdict.agrees) {
    verdict.rule =
        equal_as_they_stand ? Rule::sip_uri_comparison : Rule::effective_port_and_transport;
    return verdict;
  }

  verdict.rule = equal_as_they_stand ? Rule::options_over_endpoint : Rule::sip_uri_comparison;
  if (equal_as_they_stand) verdict.shown = effective.text();
  if (loses_encryption(expected_rest, effective_rest)) verdict.severity = Severity::critical;
  return verdict;
}

}  // namespace sipdrift
