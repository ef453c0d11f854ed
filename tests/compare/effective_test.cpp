// The port and the transport in effect, wherever live has them.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/comparing.hpp"

namespace sipdrift {
namespace {

using ::testing::IsEmpty;

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

}  // namespace
}  // namespace sipdrift
