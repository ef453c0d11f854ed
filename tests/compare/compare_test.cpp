// The comparison: every kind of finding, how bad it is, and nothing in sync unproven.

#include <optional>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/comparing.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
