// SIP URIs: what RFC 3261 section 25.1 lets be one, and section 19.1.4 lets be equal, case by case.

#include "sipdrift/sip_uri.hpp"

#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SipUri uri(std::string_view text) {
  auto parsed = SipUri::parse(text);
  if (!parsed) ADD_FAILURE() << '"' << text << "\" " << parsed.error();
  return std::move(parsed).value();
}

std::string reason_against(std::string_view text) {
  const auto parsed = SipUri::parse(text);
  return parsed ? "it was accepted" : parsed.error();
}

// ---- Components ------------------------------------------------------------------------------

TEST(SipUri, HasTheComponentsOfSection1911) {
  const SipUri full = uri("sips:alice:secret@Atlanta.com:5061;transport=TLS;lr?subject=a%20b");
  EXPECT_EQ(full.scheme(), SipScheme::sips);
  EXPECT_EQ(full.user(), "alice");
  EXPECT_EQ(full.password(), "secret");
  EXPECT_EQ(full.host(), "atlanta.com");
  EXPECT_EQ(full.port(), 5061);
  EXPECT_EQ(full.transport(), "tls");
  ASSERT_EQ(full.parameters().size(), 2U);
  EXPECT_EQ(full.parameters()[0].name, "lr");
  EXPECT_EQ(full.parameters()[0].value, std::nullopt);
  ASSERT_EQ(full.headers().size(), 1U);
  EXPECT_EQ(full.headers()[0].value, "a b");
}

TEST(SipUri, MayBeAHostAloneAsTheProviderAcceptsIt) {
  EXPECT_EQ(uri("sip.customer.com").host(), "sip.customer.com");
  EXPECT_EQ(uri("192.0.2.4").host(), "192.0.2.4");
  EXPECT_EQ(uri("[2001:db8::1]:5060").port(), 5060);
  EXPECT_EQ(uri("alice@pbx.example.com").user(), "alice");
  const SipUri endpoint = uri("us2.sip.bland.ai:5061;transport=tls");
  EXPECT_EQ(endpoint.scheme(), SipScheme::sip);
  EXPECT_EQ(endpoint.port(), 5061);
  EXPECT_EQ(endpoint.transport(), "tls");
}

TEST(SipUri, ReadsAUserPartWithCharactersThatMeanSomethingElsewhere) {
  EXPECT_EQ(uri("sip:+1-212-555-1212:1234@gateway.com;user=phone").user(), "+1-212-555-1212");
  EXPECT_EQ(uri("sip:1212;phone-context=+1@gateway.com").user(), "1212;phone-context=+1");
  EXPECT_EQ(uri("sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com").host(), "atlanta.com");
  EXPECT_EQ(uri("sip:alice;day=tuesday@atlanta.com").user(), "alice;day=tuesday");
}

struct Refused {
  const char* text;
  const char* reason;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.text; }

class RefusedSipUri : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedSipUri, SaysWhatIsWrong) {
  EXPECT_THAT(reason_against(GetParam().text), HasSubstr(GetParam().reason)) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    , RefusedSipUri,
    ::testing::Values(
        Refused{"", "is empty"}, Refused{"sip:", "no host"}, Refused{"sip:@h.com", "user part"},
        Refused{"sip:a b@h.com", "user part"}, Refused{"sip:al%4@h.com", "user part"},
        Refused{"sip:al%zz@h.com", "user part"}, Refused{"sip:a:b c@h.com", "password"},
        Refused{"sip:a@b@h.com", "host"}, Refused{"sip:h com", "host"},
        Refused{"sip:-h.com", "host"}, Refused{"sip:h-.com", "host"}, Refused{"sip:h..com", "host"},
        Refused{"sip:h.123", "host"}, Refused{"sip:1.2.3", "host"},
        Refused{"sip:1.2.3.256", "host"}, Refused{"sip:1.2.3.04", "host"},
        Refused{"sip:5060", "host"}, Refused{"sip:2001:db8::1", "host"},
        Refused{"sip:[2001:db8::1", "closing bracket"},
        Refused{"sip:[192.0.2.4]", "not an IPv6 address"},
        Refused{"sip:[fe80::1%25eth0]", "not an IPv6 address"},
        Refused{"sip:[::1]x", "only \";\" or \"?\""}, Refused{"sip:h:", "not a port"},
        Refused{"sip:h:0", "not a port"}, Refused{"sip:h:65536", "not a port"},
        Refused{"sip:h:99999999999", "not a port"}, Refused{"sip:h:+5060", "not a port"},
        Refused{"sip:h:5060x", "not a port"}, Refused{"sip:h;", "name is malformed"},
        Refused{"sip:h;;lr", "name is malformed"}, Refused{"sip:h;=x", "name is malformed"},
        Refused{"sip:h;a=", "value of ;a="}, Refused{"sip:h;a=b=c", "value of ;a="},
        Refused{"sip:h;a=\"b\"", "value of ;a="}, Refused{"sip:h;transport", ";transport has no"},
        Refused{"sip:h;a=1;A=1", "a stands twice"},
        Refused{"sip:h;transport=tls;transport=udp", "transport stands twice"},
        Refused{"sip:h?", "no \"=\""}, Refused{"sip:h?a", "no \"=\""},
        Refused{"sip:h?a=1&", "no \"=\""}, Refused{"sip:h?=1", "header is malformed"},
        Refused{"sip:h?a=@", "no host"}, Refused{"sip:h?a=\x01", "header is malformed"},
        Refused{"sip:h\n", "host"}, Refused{" sip:h", "host"},
        Refused{"tel:+14150000000", "its scheme is \"tel\""}, Refused{"tel:911", "its scheme"},
        Refused{"https://h.com", "its scheme is \"https\""},
        Refused{"tls://h.com", "write \"sip:HOST;transport=tls\""},
        Refused{"mailto:alice@h.com", "needs \"sip:\""}, Refused{"sip://h.com", "host"}));

TEST(SipUri, NeverQuotesWhatActsOnATerminalInAReason) {
  EXPECT_THAT(reason_against("h;%06%1B%FF=a b"), HasSubstr(R"(;\u{6}\u{1B}\x{FF}= is malformed)"));
  EXPECT_THAT(reason_against("h;%06;%06"), HasSubstr(R"(parameter \u{6} stands twice)"));
}

TEST(SipUri, NeverQuotesAPasswordInAReason) {
  for (const char* const text :
       {"sip:alice:hunter2@h com", "sip:alice:hunter2@h:x", "sip:alice:hun ter2@h",
        "alice:hunter2@h.com", "sip:alice:hunter2@h;a=1;a=2", "sip:alice:hunter2@h?x"}) {
    EXPECT_THAT(reason_against(text), Not(HasSubstr("hun"))) << text;
  }
}

// ---- Equality, section 19.1.4 ----------------------------------------------------------------

struct Pair {
  const char* a;
  const char* b;
};

void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.a << " and " << pair.b; }

class EqualSipUris : public ::testing::TestWithParam<Pair> {};
class UnequalSipUris : public ::testing::TestWithParam<Pair> {};

TEST_P(EqualSipUris, BothWaysRound) {
  EXPECT_TRUE(equivalent(uri(GetParam().a), uri(GetParam().b)));
  EXPECT_TRUE(equivalent(uri(GetParam().b), uri(GetParam().a)));
}

TEST_P(UnequalSipUris, BothWaysRound) {
  EXPECT_FALSE(equivalent(uri(GetParam().a), uri(GetParam().b)));
  EXPECT_FALSE(equivalent(uri(GetParam().b), uri(GetParam().a)));
}

INSTANTIATE_TEST_SUITE_P(
    ExamplesOfTheSection, EqualSipUris,
    ::testing::Values(Pair{"sip:%61lice@atlanta.com;transport=TCP",
                           "sip:alice@AtLanTa.CoM;Transport=tcp"},
                      Pair{"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"},
                      Pair{"sip:carol@chicago.com", "sip:carol@chicago.com;security=on"},
                      Pair{"sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"},
                      Pair{"sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
                           "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"},
                      Pair{"sip:alice@atlanta.com?subject=project%20x&priority=urgent",
                           "sip:alice@atlanta.com?priority=urgent&subject=project%20x"}));

INSTANTIATE_TEST_SUITE_P(
    ExamplesOfTheSection, UnequalSipUris,
    ::testing::Values(
        // different usernames
        Pair{"SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"},
        // can resolve to different ports
        Pair{"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"},
        // can resolve to different transports
        Pair{"sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"},
        // can resolve to different ports and transports
        Pair{"sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"},
        // different header component
        Pair{"sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"},
        // even though that is what the name resolves to
        Pair{"sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"},
        // equality is not transitive: both of these equal sip:carol@chicago.com
        Pair{"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"}));

INSTANTIATE_TEST_SUITE_P(
    RulesOfTheSection, EqualSipUris,
    ::testing::Values(Pair{"sip:h", "SIP:H"}, Pair{"h", "sip:h"},
                      Pair{"h:5060;transport=tls", "sip:h:5060;transport=TLS"},
                      Pair{"sip:alice@h", "sip:%61%6c%69%63%65@h"},
                      Pair{"sip:a%20b@h", "sip:%61%20b@h"},
                      // an escape's own letters know no case
                      Pair{"sip:a%3ab@h", "sip:a%3Ab@h"}, Pair{"sip:h;a=%2f", "sip:h;a=%2F"},
                      Pair{"sip:h;a=1;b=2;c", "sip:h;c;b=2;a=1"}, Pair{"sip:h;LR", "sip:h;lr"},
                      Pair{"sip:h;a=X", "sip:h;A=x"}, Pair{"sip:h?A=1", "sip:h?a=1"},
                      Pair{"sip:h?a=1&a=2", "sip:h?a=2&a=1"}, Pair{"sip:h:05060", "sip:h:5060"},
                      Pair{"sip:[2001:db8::1]", "sip:[2001:DB8:0:0:0:0:0:1]"},
                      Pair{"sip:[2001:db8::0001]:5060", "sip:[2001:0db8::1]:5060"},
                      Pair{"sip:[::ffff:192.0.2.4]", "sip:[::FFFF:c000:204]"},
                      Pair{"sip:h;maddr=[::1]", "sip:h;maddr=[0:0::1]"}));

INSTANTIATE_TEST_SUITE_P(
    RulesOfTheSection, UnequalSipUris,
    ::testing::Values(Pair{"sip:h", "sips:h"}, Pair{"sip:alice@h", "sip:Alice@h"},
                      Pair{"sip:alice@h", "sip:h"}, Pair{"sip:alice:a@h", "sip:alice@h"},
                      Pair{"sip:alice:a@h", "sip:alice:A@h"}, Pair{"sip:h", "sip:h."},
                      Pair{"sip:h", "sip:h.com"}, Pair{"sip:h:5060", "sip:h:5061"},
                      // what is reserved is not its escape, and an escaped percent sign stays one
                      Pair{"sip:+1@h", "sip:%2B1@h"}, Pair{"sip:a%3Bb@h", "sip:a;b@h"},
                      Pair{"sip:%2540@h", "sip:%40@h"}, Pair{"sip:%2561@h", "sip:a@h"},
                      // a telephone-subscriber is user info, and so compared to the letter
                      Pair{"sip:12;Isub=1@h;user=phone", "sip:12;isub=1@h;user=phone"},
                      // never ignored, even where only one side has them
                      Pair{"sip:h", "sip:h;user=ip"}, Pair{"sip:h", "sip:h;ttl=1"},
                      Pair{"sip:h", "sip:h;method=INVITE"}, Pair{"sip:h", "sip:h;maddr=h"},
                      Pair{"sip:h;maddr=[::1]", "sip:h;maddr=[::2]"},
                      Pair{"sip:h;method=INVITE", "sip:h;method=invite"},
                      Pair{"sip:h;lr", "sip:h;lr=on"}, Pair{"sip:h?a=1", "sip:h?a=2"},
                      Pair{"sip:h?a=1", "sip:h?a=1&a=1"}, Pair{"sip:h?a=x", "sip:h?a=X"},
                      Pair{"sip:192.0.2.4", "sip:[::ffff:192.0.2.4]"},
                      Pair{"sip:[2001:db8::1]", "sip:[2001:db8::2]"}));

// ---- Another port, another transport ---------------------------------------------------------

TEST(SipUri, ChangesItsPortAndNothingElse) {
  EXPECT_EQ(uri("sip:a:b@H:5060;lr?x=1").with_port(5061).text(), "sip:a:b@H:5061;lr?x=1");
  EXPECT_EQ(uri("h").with_port(5061).text(), "h:5061");
  EXPECT_EQ(uri("sip;lr").with_port(5061).text(), "sip:sip:5061;lr");
  EXPECT_EQ(uri("tel").with_port(5061).with_port(7).text(), "sip:tel:7");
  EXPECT_EQ(uri("h;a=b://c").host(), "h");
  EXPECT_EQ(uri("[::1]:1").with_port(std::nullopt).text(), "[::1]");
  EXPECT_TRUE(equivalent(uri("sip:h;lr").with_port(7), uri("sip:h:7;lr")));
  EXPECT_EQ(uri("sip:h").with_port(5061).with_port(5).text(), "sip:h:5");
}

TEST(SipUri, ChangesItsTransportAndNothingElse) {
  EXPECT_EQ(uri("sip:h:1;a=1;Transport=UDP;b?x=1").with_transport("tls").text(),
            "sip:h:1;transport=tls;a=1;b?x=1");
  EXPECT_EQ(uri("sip:h;transport=udp").with_transport(std::nullopt).text(), "sip:h");
  EXPECT_TRUE(equivalent(uri("sip:h;lr").with_transport("TLS"), uri("sip:h;lr;transport=tls")));
  EXPECT_EQ(uri("sip:h").with_transport("tls").with_port(9).text(), "sip:h:9;transport=tls");
}

}  // namespace
}  // namespace sipdrift
