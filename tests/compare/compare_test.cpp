// The comparison: every kind of finding, every way to be equivalent, and nothing in sync unproven.

#include "sipdrift/compare.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/live_endpoint.hpp"

namespace sipdrift {

void PrintTo(const Value& value, std::ostream* out) {
  if (const auto* const text = std::get_if<std::string>(&value)) *out << '"' << *text << '"';
  if (const auto* const number = std::get_if<std::int64_t>(&value)) *out << *number;
  if (const auto* const flag = std::get_if<bool>(&value)) *out << *flag;
  if (value.index() == 0) *out << "nothing";
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const E164 some_number = E164::parse("+14150000000").value();
const Value nothing;

Value text(std::string value) { return value; }
Value integer(std::int64_t value) { return value; }

Declared<SipUri> endpoint(std::string_view uri) { return {SipUri::parse(uri).value()}; }
Declared<std::uint16_t> port(std::uint16_t value) { return {value}; }
Declared<Transport> transport(Transport value) { return {value}; }
template <class T>
Declared<T> unset() {
  return {};
}

Comparison compare_outbound(const DirectionExpectation& declared,
                            const std::optional<LiveDirection>& live,
                            MatchMode mode = MatchMode::sip) {
  Expectation expectation;
  expectation.outbound = declared;
  Comparison outcome = compare(expectation, {some_number, std::nullopt, live}, mode);
  EXPECT_EQ(outcome.findings.size() + outcome.matches.size(), expectation.check_count());
  return outcome;
}

Finding only_finding(const Comparison& outcome) {
  EXPECT_EQ(outcome.findings.size(), 1U);
  return outcome.findings.empty() ? Finding() : outcome.findings.front();
}

Match only_match(const Comparison& outcome) {
  EXPECT_THAT(outcome.findings, IsEmpty());
  EXPECT_EQ(outcome.matches.size(), 1U);
  return outcome.matches.empty() ? Match() : outcome.matches.front();
}

LiveDirection live_endpoint(std::string uri) {
  LiveDirection live;
  live.sip_endpoint = std::move(uri);
  return live;
}

DirectionExpectation with_endpoint(std::string_view uri) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint(uri);
  return declared;
}

// ---- Directions ------------------------------------------------------------------------------

TEST(Compare, ADirectionThatIsAbsentAsDeclaredAgrees) {
  DirectionExpectation declared;
  declared.absent = true;
  const Match match = only_match(compare_outbound(declared, std::nullopt));
  EXPECT_EQ(match.path.text(), "outbound");
  EXPECT_EQ(match.agreement, Agreement::identical);
}

TEST(Compare, ADirectionThatShouldBeAbsentIsUnexpected) {
  DirectionExpectation declared;
  declared.absent = true;
  const Finding finding = only_finding(compare_outbound(declared, LiveDirection()));
  EXPECT_EQ(finding.path.text(), "outbound");
  EXPECT_EQ(finding.kind, FindingKind::unexpected);
  EXPECT_EQ(finding.expected, nothing);
  EXPECT_EQ(finding.actual, text("configured"));
}

TEST(Compare, EveryDeclaredFieldIsMissingWhereTheDirectionIs) {
  DirectionExpectation declared;
  declared.auth_mode = Declared<AuthMode>{AuthMode::ip};
  declared.port = port(5061);
  declared.secure_media = Declared<bool>{true};
  declared.sip_endpoint = endpoint("sip:h");
  declared.transport = transport(Transport::tls);
  const Comparison outcome = compare_outbound(declared, std::nullopt);
  ASSERT_EQ(outcome.findings.size(), 5U);
  std::vector<std::string> paths;
  for (const Finding& finding : outcome.findings) {
    EXPECT_EQ(finding.kind, FindingKind::missing);
    EXPECT_EQ(finding.actual, nothing);
    EXPECT_EQ(finding.severity, Severity::major);
    paths.push_back(finding.path.text());
  }
  EXPECT_THAT(paths, ElementsAre("outbound.auth_mode", "outbound.port", "outbound.secure_media",
                                 "outbound.sip_endpoint", "outbound.transport"));
}

TEST(Compare, UnsetFieldsAgreeWithADirectionThatIsNotConfigured) {
  DirectionExpectation declared;
  declared.transport = unset<Transport>();
  EXPECT_EQ(only_match(compare_outbound(declared, std::nullopt)).agreement, Agreement::identical);
}

TEST(Compare, ComparesEachDirectionWithItsOwn) {
  Expectation expectation;
  expectation.inbound.auth_mode = Declared<AuthMode>{AuthMode::ip};
  expectation.outbound.port = port(5061);
  LiveDirection inbound;
  inbound.auth_mode = "ip";
  LiveDirection outbound;
  outbound.port = Observed<std::uint16_t>{5061};
  EXPECT_THAT(compare(expectation, {some_number, inbound, outbound}, MatchMode::sip).findings,
              IsEmpty());
  EXPECT_EQ(compare(expectation, {some_number, outbound, inbound}, MatchMode::sip).findings.size(),
            2U);
}

TEST(Compare, WhatIsNotDeclaredIsNotChecked) {
  LiveDirection live = live_endpoint("sip:h");
  live.port = Observed<std::uint16_t>{5061};
  live.transport = "udp";
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h");
  EXPECT_EQ(only_match(compare_outbound(declared, live)).agreement, Agreement::identical);
}

// ---- auth_mode and secure_media --------------------------------------------------------------

TEST(Compare, AuthModeHasNoDefault) {
  DirectionExpectation declared;
  declared.auth_mode = Declared<AuthMode>{AuthMode::ip};
  EXPECT_EQ(only_finding(compare_outbound(declared, LiveDirection())).kind, FindingKind::missing);
}

TEST(Compare, WhatIsDeclaredUnsetMustHaveNoValue) {
  DirectionExpectation declared;
  declared.auth_mode = unset<AuthMode>();
  declared.secure_media = unset<bool>();
  LiveDirection live = live_endpoint("sip:h");
  EXPECT_THAT(compare_outbound(declared, live).findings, IsEmpty());
  live.auth_mode = "ip";
  live.secure_media = Observed<bool>{false};
  const Comparison outcome = compare_outbound(declared, live);
  ASSERT_EQ(outcome.findings.size(), 2U);
  for (const Finding& finding : outcome.findings) {
    EXPECT_EQ(finding.kind, FindingKind::unexpected);
    EXPECT_EQ(finding.expected, nothing);
  }
}

TEST(Compare, AuthModeIsComparedToTheLetter) {
  DirectionExpectation declared;
  declared.auth_mode = Declared<AuthMode>{AuthMode::registration};
  LiveDirection live;
  live.auth_mode = "register";
  EXPECT_EQ(only_match(compare_outbound(declared, live)).agreement, Agreement::identical);
  for (const char* const other : {"ip", "Register", "", "registration"}) {
    live.auth_mode = other;
    const Finding finding = only_finding(compare_outbound(declared, live));
    EXPECT_EQ(finding.kind, FindingKind::changed);
    EXPECT_EQ(finding.actual, text(other));
  }
}

TEST(Compare, ABooleanInAStringIsEquivalent) {
  DirectionExpectation declared;
  declared.secure_media = Declared<bool>{true};
  LiveDirection live;
  live.secure_media = Observed<bool>{true, true};
  const Match match = only_match(compare_outbound(declared, live));
  EXPECT_EQ(match.agreement, Agreement::equivalent);
  EXPECT_EQ(match.rule, Rule::boolean_in_string);
  EXPECT_EQ(only_finding(compare_outbound(declared, live, MatchMode::exact)).rule,
            Rule::exact_match);
}

// ---- Encryption lost -------------------------------------------------------------------------

TEST(Severity, IsCriticalWhereEncryptionIsLost) {
  DirectionExpectation tls;
  tls.transport = transport(Transport::tls);
  LiveDirection live;
  for (const char* const cleartext : {"udp", "tcp", "UDP", "ws"}) {
    live.transport = cleartext;
    EXPECT_EQ(only_finding(compare_outbound(tls, live)).severity, Severity::critical) << cleartext;
  }
  EXPECT_EQ(only_finding(compare_outbound(tls, live_endpoint("sip:h;transport=udp"))).severity,
            Severity::critical);

  DirectionExpectation secure;
  secure.secure_media = Declared<bool>{true};
  live.secure_media = Observed<bool>{false, true};
  EXPECT_EQ(only_finding(compare_outbound(secure, live)).severity, Severity::critical);

  DirectionExpectation sips;
  sips.sip_endpoint = endpoint("sips:h");
  EXPECT_EQ(only_finding(compare_outbound(sips, live_endpoint("sip:h"))).severity,
            Severity::critical);

  DirectionExpectation inside;
  inside.sip_endpoint = endpoint("sip:h;transport=tls");
  EXPECT_EQ(only_finding(compare_outbound(inside, live_endpoint("sip:h;transport=tcp"))).severity,
            Severity::critical);
}

TEST(Severity, IsCriticalWhereSipsGoesOverUdp) {
  LiveDirection live = live_endpoint("sips:h");
  live.transport = "UDP";
  const Finding finding = only_finding(compare_outbound(with_endpoint("sips:h"), live));
  EXPECT_EQ(finding.severity, Severity::critical);
  EXPECT_EQ(finding.rule, Rule::options_over_endpoint);
  EXPECT_EQ(finding.actual, text("sips:h;transport=udp"));
  live.transport = "tcp";  // over which sips has TLS
  EXPECT_EQ(only_match(compare_outbound(with_endpoint("sips:h"), live)).path.field,
            Field::sip_endpoint);
}

TEST(Severity, OfAnotherEndpointThatIsEncryptedTooIsMajor) {
  for (const auto& [declared, live] :
       {std::pair{"sips:a", "sips:b"}, std::pair{"sip:a;transport=tls", "sip:b;transport=tls"},
        std::pair{"sip:a;transport=tls", "sip:b"}, std::pair{"sip:a", "sip:b;transport=udp"}}) {
    EXPECT_EQ(only_finding(compare_outbound(with_endpoint(declared), live_endpoint(live))).severity,
              Severity::major)
        << declared << " and " << live;
  }
}

TEST(Severity, IsMajorOtherwise) {
  DirectionExpectation udp;
  udp.transport = transport(Transport::udp);
  LiveDirection live;
  live.transport = "tcp";
  EXPECT_EQ(only_finding(compare_outbound(udp, live)).severity, Severity::major);
  live.transport = "tls";
  EXPECT_EQ(only_finding(compare_outbound(udp, live)).severity, Severity::major);

  DirectionExpectation tls;
  tls.transport = transport(Transport::tls);
  EXPECT_EQ(only_finding(compare_outbound(tls, LiveDirection())).severity, Severity::major);

  DirectionExpectation insecure;
  insecure.secure_media = Declared<bool>{false};
  live.secure_media = Observed<bool>{true};
  EXPECT_EQ(only_finding(compare_outbound(insecure, live)).severity, Severity::major);

  DirectionExpectation sip;
  sip.sip_endpoint = endpoint("sip:h");
  EXPECT_EQ(only_finding(compare_outbound(sip, live_endpoint("sips:h"))).severity, Severity::major);
}

// ---- Port and transport in effect ------------------------------------------------------------

TEST(EffectivePort, StandsInTheOptions) {
  DirectionExpectation declared;
  declared.port = port(5061);
  LiveDirection live = live_endpoint("sip:h");
  live.port = Observed<std::uint16_t>{5061};
  EXPECT_EQ(only_match(compare_outbound(declared, live)).agreement, Agreement::identical);
  live.port->in_string = true;
  const Match match = only_match(compare_outbound(declared, live));
  EXPECT_EQ(match.agreement, Agreement::equivalent);
  EXPECT_EQ(match.rule, Rule::integer_in_string);
}

TEST(EffectivePort, OrInsideTheEndpoint) {
  DirectionExpectation declared;
  declared.port = port(5061);
  const Match match = only_match(compare_outbound(declared, live_endpoint("sip:h:5061")));
  EXPECT_EQ(match.agreement, Agreement::equivalent);
  EXPECT_EQ(match.rule, Rule::taken_from_endpoint);
}

TEST(EffectivePort, OfTheOptionsOverridesThatOfTheEndpoint) {
  DirectionExpectation declared;
  declared.port = port(5060);
  LiveDirection live = live_endpoint("sip:h:5060");
  live.port = Observed<std::uint16_t>{5061};
  const Finding finding = only_finding(compare_outbound(declared, live));
  EXPECT_EQ(finding.actual, integer(5061));
  EXPECT_EQ(finding.rule, Rule::options_over_endpoint);
  declared.port = port(5061);
  EXPECT_EQ(only_match(compare_outbound(declared, live)).agreement, Agreement::identical);
}

TEST(EffectivePort, HasNoDefault) {
  DirectionExpectation declared;
  declared.port = port(5060);
  const Finding finding = only_finding(compare_outbound(declared, live_endpoint("sip:h")));
  EXPECT_EQ(finding.kind, FindingKind::missing);
  declared.port = unset<std::uint16_t>();
  EXPECT_EQ(only_match(compare_outbound(declared, live_endpoint("sip:h"))).rule, Rule::none);
}

TEST(EffectivePort, InsideTheEndpointIsUnexpectedWhereDeclaredUnset) {
  DirectionExpectation declared;
  declared.port = unset<std::uint16_t>();
  const Finding finding = only_finding(compare_outbound(declared, live_endpoint("sip:h:5061")));
  EXPECT_EQ(finding.kind, FindingKind::unexpected);
  EXPECT_EQ(finding.expected, nothing);
  EXPECT_EQ(finding.actual, integer(5061));
}

TEST(EffectiveTransport, IsComparedWithoutRegardToCase) {
  DirectionExpectation declared;
  declared.transport = transport(Transport::tls);
  LiveDirection live;
  live.transport = "TLS";
  const Match match = only_match(compare_outbound(declared, live));
  EXPECT_EQ(match.agreement, Agreement::equivalent);
  EXPECT_EQ(match.rule, Rule::letter_case);
  const Finding finding = only_finding(compare_outbound(declared, live, MatchMode::exact));
  EXPECT_EQ(finding.rule, Rule::exact_match);
  EXPECT_EQ(finding.actual, text("TLS"));
}

TEST(EffectiveTransport, ThatIsUnknownIsAnotherValue) {
  DirectionExpectation declared;
  declared.transport = transport(Transport::tls);
  LiveDirection live;
  for (const char* const other : {"", "tls ", "sctp", "t\xC4\xBCs"}) {
    live.transport = other;
    EXPECT_EQ(only_finding(compare_outbound(declared, live)).kind, FindingKind::changed) << other;
  }
  declared.transport = unset<Transport>();
  live.transport = "";
  EXPECT_EQ(only_finding(compare_outbound(declared, live)).kind, FindingKind::unexpected);
}

TEST(EffectiveTransport, OfTheOptionsOverridesThatOfTheEndpoint) {
  DirectionExpectation declared;
  declared.transport = transport(Transport::tls);
  LiveDirection live = live_endpoint("sip:h;transport=tls");
  live.transport = "udp";
  const Finding finding = only_finding(compare_outbound(declared, live));
  EXPECT_EQ(finding.rule, Rule::options_over_endpoint);
  EXPECT_EQ(finding.severity, Severity::critical);
}

// ---- sip_endpoint ----------------------------------------------------------------------------

TEST(Endpoint, InAnotherSpellingIsEquivalent) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:trunk.example.com;a=1;b=2");
  const Match match =
      only_match(compare_outbound(declared, live_endpoint("SIP:Trunk.Example.COM;b=2;a=1")));
  EXPECT_EQ(match.agreement, Agreement::equivalent);
  EXPECT_EQ(match.rule, Rule::sip_uri_comparison);
}

TEST(Endpoint, WithoutASchemeIsASipUri) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("h");
  EXPECT_EQ(only_match(compare_outbound(declared, live_endpoint("sip:h"))).agreement,
            Agreement::equivalent);
  EXPECT_EQ(only_finding(compare_outbound(declared, live_endpoint("sips:h"))).kind,
            FindingKind::changed);
}

TEST(Endpoint, WithPortAndTransportInsideEqualsOneWithBothInTheOptions) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h:5061;transport=tls");
  LiveDirection live = live_endpoint("sip:h");
  live.port = Observed<std::uint16_t>{5061};
  live.transport = "tls";
  const Match match = only_match(compare_outbound(declared, live));
  EXPECT_EQ(match.agreement, Agreement::equivalent);
  EXPECT_EQ(match.rule, Rule::effective_port_and_transport);
}

TEST(Endpoint, WithBothBesideItEqualsOneWithBothInside) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h");
  declared.port = port(5061);
  declared.transport = transport(Transport::tls);
  const Comparison outcome = compare_outbound(declared, live_endpoint("sip:h:5061;transport=tls"));
  EXPECT_THAT(outcome.findings, IsEmpty());
  ASSERT_EQ(outcome.matches.size(), 3U);
  EXPECT_EQ(outcome.matches[0].rule, Rule::taken_from_endpoint);
  EXPECT_EQ(outcome.matches[1].rule, Rule::effective_port_and_transport);
  EXPECT_EQ(outcome.matches[2].rule, Rule::taken_from_endpoint);
}

TEST(Endpoint, WhosePortIsOverriddenHasChangedThoughItsTextHasNot) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h:5060");
  LiveDirection live = live_endpoint("sip:h:5060");
  live.port = Observed<std::uint16_t>{5061};
  const Finding finding = only_finding(compare_outbound(declared, live));
  EXPECT_EQ(finding.kind, FindingKind::changed);
  EXPECT_EQ(finding.actual, text("sip:h:5061"));
  EXPECT_EQ(finding.rule, Rule::options_over_endpoint);
}

TEST(Endpoint, WhoseTransportIsOverriddenHasLostItsEncryption) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h;transport=tls");
  LiveDirection live = live_endpoint("sip:h;transport=tls");
  live.transport = "udp";
  const Finding finding = only_finding(compare_outbound(declared, live));
  EXPECT_EQ(finding.severity, Severity::critical);
  EXPECT_EQ(finding.actual, text("sip:h;transport=udp"));
}

TEST(Endpoint, WithAnotherPortIsOneFindingWhereThePortIsDeclaredToo) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h");
  declared.port = port(5061);
  const Finding finding = only_finding(compare_outbound(declared, live_endpoint("sip:h:5062")));
  EXPECT_EQ(finding.path.text(), "outbound.port");
}

TEST(Endpoint, PinnedToAPortIsNotTheOneThatLeavesItToDns) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h");
  EXPECT_EQ(only_finding(compare_outbound(declared, live_endpoint("sip:h:5060"))).rule,
            Rule::sip_uri_comparison);
  declared.sip_endpoint = endpoint("sip:h:5060");
  EXPECT_EQ(only_finding(compare_outbound(declared, live_endpoint("sip:h"))).rule,
            Rule::sip_uri_comparison);
}

TEST(Endpoint, ThatIsNoSipUriEqualsNone) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h;transport=tls");
  for (const char* const other : {"tls://h", "tel:+14150000000", "", "h h", "https://h"}) {
    const Finding finding = only_finding(compare_outbound(declared, live_endpoint(other)));
    EXPECT_EQ(finding.kind, FindingKind::changed) << other;
    EXPECT_EQ(finding.rule, Rule::not_a_sip_uri) << other;
  }
}

TEST(Endpoint, ThatIsNoSipUriProvesNothingOfPortAndTransport) {
  DirectionExpectation declared;
  declared.port = port(5061);
  const Finding missing = only_finding(compare_outbound(declared, live_endpoint("tls://h:5061")));
  EXPECT_EQ(missing.kind, FindingKind::missing);
  EXPECT_EQ(missing.actual, nothing);
  EXPECT_EQ(missing.rule, Rule::not_a_sip_uri);

  declared.port = unset<std::uint16_t>();
  declared.transport = unset<Transport>();
  const Comparison outcome = compare_outbound(declared, live_endpoint("tls://h"));
  ASSERT_EQ(outcome.findings.size(), 2U) << "that nothing is set there must be proven";
  EXPECT_EQ(outcome.findings[0].kind, FindingKind::unexpected);
  EXPECT_EQ(outcome.findings[0].actual, text("tls://h"));
}

TEST(Endpoint, ThatIsNoSipUriDoesNotMatterWhereTheOptionsSaySo) {
  DirectionExpectation declared;
  declared.port = port(5061);
  LiveDirection live = live_endpoint("tls://h");
  live.port = Observed<std::uint16_t>{5061};
  EXPECT_EQ(only_match(compare_outbound(declared, live)).agreement, Agreement::identical);
}

TEST(Endpoint, ThatIsMissingHasNoPortAndTransportInEffect) {
  const LiveDirection none;
  EXPECT_EQ(LiveEndpoint(none).port(), std::nullopt);
  EXPECT_EQ(LiveEndpoint(none).transport(), std::nullopt);
  LiveDirection options;
  options.port = Observed<std::uint16_t>{5061};
  options.transport = "tls";
  EXPECT_EQ(LiveEndpoint(options).port(), 5061);
  EXPECT_EQ(LiveEndpoint(options).transport(), "tls");
}

TEST(EffectiveTransport, IsMissingWhereNothingSaysIt) {
  DirectionExpectation declared;
  declared.transport = transport(Transport::tls);
  LiveDirection live;
  live.secure_media = Observed<bool>{true};
  EXPECT_EQ(only_finding(compare_outbound(declared, live)).kind, FindingKind::missing);
  EXPECT_EQ(only_finding(compare_outbound(declared, live_endpoint("sip:h"))).kind,
            FindingKind::missing);
}

TEST(EffectiveTransport, ThatIsSaidTwiceAlikeIsNotOverridden) {
  LiveDirection live = live_endpoint("sip:h:5061;transport=tls");
  live.transport = "tls";
  live.port = Observed<std::uint16_t>{5061};
  DirectionExpectation declared;
  declared.port = port(5061);
  declared.transport = transport(Transport::tls);
  const Comparison outcome = compare_outbound(declared, live);
  EXPECT_THAT(outcome.findings, IsEmpty());
  for (const Match& match : outcome.matches) EXPECT_EQ(match.rule, Rule::none);
}

TEST(Endpoint, MayBeDeclaredUnset) {
  DirectionExpectation declared;
  declared.sip_endpoint = unset<SipUri>();
  EXPECT_EQ(only_match(compare_outbound(declared, LiveDirection())).rule, Rule::none);
  const Finding finding = only_finding(compare_outbound(declared, live_endpoint("sip:a:b@h")));
  EXPECT_EQ(finding.kind, FindingKind::unexpected);
  EXPECT_EQ(finding.actual, text("sip:a:[redacted]@h"));
  EXPECT_EQ(only_finding(compare_outbound(declared, live_endpoint(""))).kind,
            FindingKind::unexpected);
}

TEST(Endpoint, ShowsNoPasswordThoughItComparesIt) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:a:one@h");
  const Finding finding = only_finding(compare_outbound(declared, live_endpoint("sip:a:two@h")));
  EXPECT_EQ(finding.expected, text("sip:a:[redacted]@h"));
  EXPECT_EQ(finding.actual, text("sip:a:[redacted]@h"));
  EXPECT_EQ(finding.rule, Rule::redacted_part);
  EXPECT_EQ(only_match(compare_outbound(declared, live_endpoint("sip:a:one@h"))).rule, Rule::none);

  const Finding broken = only_finding(compare_outbound(declared, live_endpoint("sip:a:t wo@h")));
  EXPECT_EQ(broken.actual, text("sip:a:[redacted]@h"));
}

// ---- --match exact ---------------------------------------------------------------------------

TEST(ExactMatch, TakesEverythingAsItStands) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint("sip:h:5061");
  EXPECT_EQ(only_match(compare_outbound(declared, live_endpoint("sip:h:5061"), MatchMode::exact))
                .agreement,
            Agreement::identical);
  EXPECT_EQ(
      only_finding(compare_outbound(declared, live_endpoint("sip:H:5061"), MatchMode::exact)).rule,
      Rule::exact_match);
  EXPECT_EQ(
      only_finding(compare_outbound(declared, live_endpoint("sip:i:5061"), MatchMode::exact)).rule,
      Rule::sip_uri_comparison);

  LiveDirection live = live_endpoint("sip:h");
  live.port = Observed<std::uint16_t>{5061};
  const Finding finding = only_finding(compare_outbound(declared, live, MatchMode::exact));
  EXPECT_EQ(finding.rule, Rule::exact_match);
  EXPECT_EQ(finding.actual, text("sip:h"));
}

TEST(ExactMatch, TakesPortAndTransportFromTheOptionsAlone) {
  DirectionExpectation declared;
  declared.port = port(5061);
  declared.transport = transport(Transport::tls);
  const Comparison outcome =
      compare_outbound(declared, live_endpoint("sip:h:5061;transport=tls"), MatchMode::exact);
  ASSERT_EQ(outcome.findings.size(), 2U);
  EXPECT_EQ(outcome.findings[0].kind, FindingKind::missing);
  EXPECT_EQ(outcome.findings[1].kind, FindingKind::missing);
}

}  // namespace
}  // namespace sipdrift
