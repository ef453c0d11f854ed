// The words for findings, matches and rules, and the fingerprint of a finding.

#include "sipdrift/finding.hpp"

#include "model/names.hpp"
#include "sipdrift/sha256.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Named<FindingKind>, 3> finding_kind_names{{
    {FindingKind::changed, "changed"},
    {FindingKind::missing, "missing"},
    {FindingKind::unexpected, "unexpected"},
}};

constexpr std::array<Named<Severity>, 2> severity_names{{
    {Severity::critical, "critical"},
    {Severity::major, "major"},
}};

constexpr std::array<Named<Agreement>, 2> agreement_names{{
    {Agreement::identical, "identical"},
    {Agreement::equivalent, "equivalent"},
}};

constexpr std::array<Named<BaselineState>, 3> baseline_state_names{{
    {BaselineState::fresh, "new"},
    {BaselineState::unchanged, "unchanged"},
    {BaselineState::updated, "updated"},
}};

constexpr std::array<Named<Rule>, 10> rule_names{{
    {Rule::sip_uri_comparison, "rfc3261-19.1.4"},
    {Rule::not_a_sip_uri, "not-a-sip-uri"},
    {Rule::effective_port_and_transport, "effective-port-and-transport"},
    {Rule::taken_from_endpoint, "taken-from-endpoint"},
    {Rule::options_over_endpoint, "options-over-endpoint"},
    {Rule::integer_in_string, "integer-in-string"},
    {Rule::boolean_in_string, "boolean-in-string"},
    {Rule::letter_case, "letter-case"},
    {Rule::exact_match, "exact-match"},
    {Rule::redacted_part, "redacted-part"},
}};

constexpr std::array<Named<Rule>, 10> rule_explanations{{
    {Rule::sip_uri_comparison, "compared as SIP URIs, by RFC 3261 section 19.1.4"},
    {Rule::not_a_sip_uri, "live's sip_endpoint is not a SIP URI, and so equal to none"},
    {Rule::effective_port_and_transport,
     "the same port and transport, whether inside the endpoint or beside it"},
    {Rule::taken_from_endpoint, "the value stands inside live's sip_endpoint"},
    {Rule::options_over_endpoint, "live's options override what its sip_endpoint says"},
    {Rule::integer_in_string, "live has the integer as a string"},
    {Rule::boolean_in_string, "live has the boolean as a string"},
    {Rule::letter_case, "transport names are compared without regard to case"},
    {Rule::exact_match, "equivalent, but exact agreement was asked for"},
    {Rule::redacted_part, "they differ in a part that is not shown"},
}};

}  // namespace

std::string_view name(FindingKind kind) { return name_in(finding_kind_names, kind); }
std::string_view name(Severity severity) { return name_in(severity_names, severity); }
std::string_view name(BaselineState state) { return name_in(baseline_state_names, state); }
std::string_view name(Agreement agreement) { return name_in(agreement_names, agreement); }
std::string_view name(Rule rule) { return name_in(rule_names, rule); }
std::string_view explanation(Rule rule) { return name_in(rule_explanations, rule); }

std::string fingerprint(const E164& number, const Finding& finding) {
  std::string identity(number.text());
  identity.append("\n").append(finding.path.text()).append("\n").append(name(finding.kind));
  return Sha256::of(identity).hex();
}

}  // namespace sipdrift
