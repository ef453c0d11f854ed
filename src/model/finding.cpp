// The words for findings, matches and rules, and the fingerprint of a finding.

#include "sipdrift/finding.hpp"

#include "sipdrift/sha256.hpp"

namespace sipdrift {

std::string_view name(FindingKind kind) {
  switch (kind) {
    case FindingKind::changed:
      return "changed";
    case FindingKind::missing:
      return "missing";
    case FindingKind::unexpected:
      return "unexpected";
  }
  return {};
}

std::string_view name(Severity severity) {
  return severity == Severity::critical ? "critical" : "major";
}

std::string_view name(Agreement agreement) {
  return agreement == Agreement::identical ? "identical" : "equivalent";
}

std::string_view name(Rule rule) {
  switch (rule) {
    case Rule::none:
      return {};
    case Rule::sip_uri_comparison:
      return "rfc3261-19.1.4";
    case Rule::not_a_sip_uri:
      return "not-a-sip-uri";
    case Rule::effective_port_and_transport:
      return "effective-port-and-transport";
    case Rule::taken_from_endpoint:
      return "taken-from-endpoint";
    case Rule::options_over_endpoint:
      return "options-over-endpoint";
    case Rule::integer_in_string:
      return "integer-in-string";
    case Rule::boolean_in_string:
      return "boolean-in-string";
    case Rule::letter_case:
      return "letter-case";
    case Rule::exact_match:
      return "exact-match";
    case Rule::redacted_part:
      return "redacted-part";
  }
  return {};
}

std::string_view explanation(Rule rule) {
  switch (rule) {
    case Rule::none:
      return {};
    case Rule::sip_uri_comparison:
      return "compared as SIP URIs, by RFC 3261 section 19.1.4";
    case Rule::not_a_sip_uri:
      return "live's sip_endpoint is not a SIP URI, and so equal to none";
    case Rule::effective_port_and_transport:
      return "the same port and transport, whether inside the endpoint or beside it";
    case Rule::taken_from_endpoint:
      return "the value stands inside live's sip_endpoint";
    case Rule::options_over_endpoint:
      return "live's options override what its sip_endpoint says";
    case Rule::integer_in_string:
      return "live has the integer as a string";
    case Rule::boolean_in_string:
      return "live has the boolean as a string";
    case Rule::letter_case:
      return "transport names are compared without regard to case";
    case Rule::exact_match:
      return "equivalent, but exact agreement was asked for";
    case Rule::redacted_part:
      return "they differ in a part that is not shown";
  }
  return {};
}

std::string fingerprint(const E164& number, const Finding& finding) {
  std::string identity(number.text());
  identity.append("\n").append(finding.path.text()).append("\n").append(name(finding.kind));
  return Sha256::of(identity).hex();
}

}  // namespace sipdrift
