// The sip_endpoint: by meaning, whatever its spelling, and with what stands beside it.

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/comparing.hpp"
#include "compare/live_endpoint.hpp"

namespace sipdrift {
namespace {

using ::testing::IsEmpty;

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

}  // namespace
}  // namespace sipdrift
