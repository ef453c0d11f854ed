// The manifest of a fleet: as a person would have written it, without credentials, and in sync.

#include "sipdrift/manifest_writer.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "manifest/live_fleet.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string text_of(const Fleet& fleet) {
  const WrittenManifest written = write_manifest(fleet.content());
  expect_in_sync(written, fleet.records);
  return written.text;
}

/// The text below its head of comments.
std::string below_head(const std::string& text) { return text.substr(text.find("version:")); }

LiveDirection trunk() { return live_direction("sip:trunk.provider.com", "tls", 5061); }

/// The manifest of one number with this direction out.
std::string outbound(LiveDirection direction) {
  return text_of(Fleet({live("+12", std::nullopt, std::move(direction))}));
}

TEST(ManifestWriter, WritesWhatAPersonWould) {
  LiveDirection secure = trunk();
  secure.secure_media = Observed<bool>{true};
  Fleet fleet;
  for (const char* const number :
       {"+14150000001", "+14150000002", "+14150000003", "+14150000005", "+14150000006"}) {
    fleet.records.push_back(live(number, live_auth("ip"), secure));
  }
  fleet.records.push_back(live("+14150000009", live_auth("register"), std::nullopt));
  fleet.records.push_back(
      live("+14150000010", std::nullopt, live_direction("sip:pbx.example.com:5080")));
  fleet.records.push_back(
      live("+14150000012", std::nullopt, live_direction("sip:pbx.example.com:5080")));
  EXPECT_EQ(
      text_of(fleet),
      fmt::format("# Imported by sipdrift {} from what was live at https://api.example.com: "
                  "8 numbers.\n",
                  version()) +
          R"(# It says what is, which need not be what should be: read it before you rely on it.
version: 1
expected_count: 8

profiles:
  pbx-example:
    inbound:  absent
    outbound: { sip_endpoint: "sip:pbx.example.com:5080" }
  trunk-provider:
    inbound:  { auth_mode: ip }
    outbound: { sip_endpoint: "sip:trunk.provider.com", transport: tls, port: 5061, secure_media: true }

numbers:
  - numbers: ["+14150000010", "+14150000012"]
    profile: pbx-example

  - range: "+14150000001..+14150000003"
    profile: trunk-provider
  - numbers: ["+14150000005", "+14150000006"]
    profile: trunk-provider

  - number: "+14150000009"
    inbound:  { auth_mode: register }
    outbound: absent
)");
}

TEST(ManifestWriter, WrapsLongLists) {
  Fleet fleet;
  for (int i = 0; i < 13; ++i) {
    fleet.records.push_back(live(fmt::format("+1415000{:04}", 2 * i), std::nullopt, trunk()));
  }
  EXPECT_THAT(text_of(fleet), HasSubstr(R"(
  - numbers: ["+14150000000", "+14150000002", "+14150000004", "+14150000006", "+14150000008",
              "+14150000010", "+14150000012", "+14150000014", "+14150000016", "+14150000018",
              "+14150000020", "+14150000022", "+14150000024"]
    profile: trunk-provider
)"));
}

TEST(ManifestWriter, SplitsWhatIsTooLongForARange) {
  Fleet fleet;
  E164 number = E164::parse("+4930000000").value();
  for (std::size_t i = 0; i < max_numbers_in_range + 1; ++i) {
    fleet.records.push_back({number, std::nullopt, trunk()});
    number = number.next().value();
  }
  const std::string text = text_of(fleet);
  EXPECT_THAT(text, HasSubstr("range: \"+4930000000..+4930099999\""));
  EXPECT_THAT(text, HasSubstr("- number: \"+4930100000\""));
}

TEST(ManifestWriter, JoinsNoNumbersOfDifferentLengths) {
  Fleet fleet;
  for (const char* const number : {"+98", "+99", "+990", "+991", "+992"}) {
    fleet.records.push_back(live(number, std::nullopt, trunk()));
  }
  const std::string text = text_of(fleet);
  EXPECT_THAT(text, HasSubstr("range: \"+990..+992\""));
  EXPECT_THAT(text, HasSubstr("numbers: [\"+98\", \"+99\"]"));
}

TEST(ManifestWriter, GivesNumbersWithAnEndpointOfTheirOwnNoProfile) {
  Fleet fleet;
  for (const char* const number : {"+121", "+122", "+123"}) {
    fleet.records.push_back(
        live(number, std::nullopt, live_direction(fmt::format("sip:{}@h.example.com", number))));
  }
  const std::string text = text_of(fleet);
  EXPECT_THAT(text, Not(HasSubstr("profile")));
  EXPECT_THAT(text, HasSubstr(R"(
  - number: "+122"
    inbound:  absent
    outbound: { sip_endpoint: "sip:+122@h.example.com" }
)"));
}

TEST(ManifestWriter, TellsProfilesOfOneHostApartByWhatDiffers) {
  const auto names = [](const std::vector<LiveDirection>& directions) {
    Fleet fleet;
    int number = 1000;
    for (const LiveDirection& direction : directions) {
      for (int i = 0; i < 2; ++i, number += 2) {
        fleet.records.push_back(live(fmt::format("+{}", number), std::nullopt, direction));
      }
    }
    auto read = expect_in_sync(write_manifest(fleet.content()), fleet.records);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < read.numbers.size(); i += 2) {
      found.push_back(read.declaration_of(read.numbers[i]).profile);
    }
    return found;
  };
  const std::string host = "sip:trunk.provider.com";
  EXPECT_THAT(names({live_direction(host, "tls", 5061), live_direction(host, "udp", 5061)}),
              ElementsAre("trunk-provider-tls", "trunk-provider-udp"));
  EXPECT_THAT(names({live_direction(host, "tls", 5061), live_direction(host, "tls", 5062)}),
              ElementsAre("trunk-provider-5061", "trunk-provider-5062"));
  EXPECT_THAT(names({live_direction(host, "tls", 5061), live_direction(host, "tls")}),
              ElementsAre("trunk-provider-5061", "trunk-provider"));
  EXPECT_THAT(
      names({live_direction(host, "tls", 5061), live_direction(host, "tls", 5062),
             live_direction(host, "udp", 5062)}),
      ElementsAre("trunk-provider-tls-5061", "trunk-provider-tls-5062", "trunk-provider-udp-5062"));
  EXPECT_THAT(names({live_direction(host + ";a=1"), live_direction(host + ";b=1")}),
              ElementsAre("trunk-provider", "trunk-provider-2"));
  EXPECT_THAT(
      names({live_direction("192.0.2.7:5060"), live_direction("[2001:db8::1]"),
             live_direction("null"), live_direction("pbx"), live_direction("", "tls")}),
      ElementsAre("trunk-192-0-2-7", "trunk-2001-db8-1", "trunk-null", "pbx", "outbound-tls"));
  EXPECT_THAT(names({live_direction("a.example.com"), live_direction("a-example.com"),
                     live_direction("a.example.org", "tls")}),
              SizeIs(3));
}

TEST(ManifestWriter, DeclaresPortAndTransportThatAreInEffect) {
  EXPECT_THAT(outbound(live_direction("sip:h:5060;transport=udp", "tls", 5061)),
              HasSubstr("{ sip_endpoint: \"sip:h\", transport: tls, port: 5061 }"));
  EXPECT_THAT(outbound(live_direction("sip:h:5061;transport=TLS", "tls", 5061)),
              HasSubstr("\"sip:h:5061;transport=TLS\", transport: tls, port: 5061"));
  EXPECT_THAT(outbound(live_direction("h:5061;transport=tls")),
              HasSubstr("{ sip_endpoint: \"h:5061;transport=tls\" }"));
  EXPECT_THAT(outbound(live_direction("sip:h", "TLS")), HasSubstr("transport: tls"));
}

TEST(ManifestWriter, TellsOfWhatItCannotDeclare) {
  EXPECT_THAT(outbound(live_direction("tls://h", "", 5061)), HasSubstr(R"(
# Not declared, or not as it stands at the provider:
#   outbound.sip_endpoint: left out: it is not a SIP URI: it begins with "tls://"; write "sip:HOST;transport=tls"
#     +12
)"));
  EXPECT_THAT(outbound(live_direction("sip:h", "sctp")),
              HasSubstr("#   outbound.transport: left out: \"sctp\" is none that can be declared"));
  EXPECT_THAT(outbound(live_direction("sip:h;transport=tls", "sctp", 5061)),
              HasSubstr("#   outbound.sip_endpoint: left out: its transport is overridden"));
  EXPECT_THAT(outbound(live_direction("sips:h", "udp")),
              HasSubstr("#   outbound.sip_endpoint: left out: sips: over udp"));
  const std::string odd = text_of(Fleet({live("+12", live_auth("magic"), trunk())}));
  EXPECT_THAT(odd, HasSubstr("#   inbound.auth_mode: left out: \"magic\" is none"));
  EXPECT_THAT(below_head(odd), Not(HasSubstr("    inbound")));
}

TEST(ManifestWriter, WritesHostsThatAreCalledLikeItsOwnWords) {
  for (const char* const host : {"unset", "absent", "null", "true"}) {
    EXPECT_THAT(outbound(live_direction(host)), HasSubstr(std::string(host) + "\""));
  }
}

TEST(ManifestWriter, LeavesOutWhatHoldsACredential) {
  for (const char* const endpoint :
       {"sip:alice:hunter2@h:5061;transport=tls", "sip:h;password=hunter2", "sip:h?token=hunter2",
        "alice:hunter2@h", "sip:alice:hunter2"}) {
    const Fleet fleet({live("+12", live_auth("ip"), live_direction(endpoint))});
    const std::string text = text_of(fleet);
    EXPECT_THAT(text, Not(HasSubstr("hunter2"))) << endpoint;
    EXPECT_THAT(text, HasSubstr("#   outbound.sip_endpoint: left out: ")) << endpoint;
  }
  EXPECT_THAT(outbound(live_direction("sip:alice:hunter2@h:5061;transport=tls")),
              HasSubstr("    outbound: { transport: tls, port: 5061 }\n"));

  const Fleet fleet({live("+12", live_auth("my-key"), live_direction("my-key"))});
  ManifestContent content = fleet.content();
  content.api_url = "https://my-key.example.com";
  content.redact = [](std::string text) {
    const std::size_t found = text.find("my-key");
    return found == std::string::npos ? text : text.replace(found, 6, "[redacted]");
  };
  EXPECT_THAT(write_manifest(content).text, Not(HasSubstr("my-key")));
}

TEST(ManifestWriter, DeclaresAListedNumberWithoutAConfigurationAbsent) {
  const LiveRecord idle = live("+12", std::nullopt, std::nullopt);
  const std::string text = text_of(Fleet({idle}));
  EXPECT_THAT(text, HasSubstr("    inbound:  absent\n    outbound: absent\n"));
  EXPECT_THAT(text, HasSubstr("no configuration for it; declared absent:\n#   +12\n"));

  Fleet given({idle, live("+13", std::nullopt, trunk())});
  given.are_listed = false;
  const WrittenManifest written = write_manifest(given.content());
  EXPECT_EQ(written.declared, 1U);
  EXPECT_THAT(written.undeclared, ElementsAre(idle.number));
  EXPECT_THAT(written.text, HasSubstr("the provider has no configuration for it:\n#   +12\n"));
}

TEST(ManifestWriter, DoesNotDeclareAbsentWhatIsListed) {
  Fleet fleet({live("+12", std::nullopt, trunk()), live("+13", std::nullopt, trunk()),
               live("+14", std::nullopt, std::nullopt), live("+15", std::nullopt, std::nullopt)});
  fleet.untold = {{fleet.records[1].number, true, false},
                  {fleet.records[2].number, true, false},
                  {fleet.records[3].number, true, true}};
  const WrittenManifest written = write_manifest(fleet.content());
  expect_in_sync(written, fleet.records);
  EXPECT_THAT(written.undeclared, ElementsAre(fleet.records[3].number));
  EXPECT_THAT(written.text, HasSubstr("- number: \"+12\"\n    inbound:  absent\n    outbound: {"));
  EXPECT_THAT(written.text, HasSubstr("- number: \"+13\"\n    outbound: {"));
  EXPECT_THAT(written.text, HasSubstr("- number: \"+14\"\n    outbound: absent\n"));
  EXPECT_THAT(written.text, HasSubstr("#   inbound: the provider lists it, and tells no "
                                      "configuration of it: it may be inherited from a trunk\n"
                                      "#     +13..+15\n"));
  EXPECT_THAT(written.text, Not(HasSubstr("declared absent")));
}

TEST(ManifestWriter, DeclaresNothingOfWhatHoldsNothing) {
  const Fleet fleet(
      {live("+12", live_auth("magic"), LiveDirection()), live("+13", std::nullopt, trunk())});
  const WrittenManifest written = write_manifest(fleet.content());
  expect_in_sync(written, fleet.records);
  EXPECT_THAT(written.undeclared, ElementsAre(fleet.records[0].number));
  EXPECT_THAT(written.text, HasSubstr("# Not declared, as nothing of it can be:\n#   +12\n"));
  EXPECT_THAT(write_manifest(Fleet({fleet.records[0]}).content()).text, IsEmpty());
}

TEST(ManifestWriter, TellsOfNumbersThatCouldNotBeReadAndOfWhatIsNone) {
  Fleet fleet({live("+12", std::nullopt, trunk())});
  for (const char* const number : {"+21", "+22", "+23", "+25"}) {
    fleet.unread.push_back({E164::parse(number).value(),
                            {ErrorKind::http_status, "HTTP 500: a\nnumbers:\n\x1b[2J##[error]b"}});
  }
  fleet.unread.push_back({E164::parse("+30").value(), {ErrorKind::timeout, "no whole reply"}});
  fleet.other_identifiers = {"2001", "bland-001", "x\ny: \"z"};
  const std::string text = text_of(fleet);
  EXPECT_THAT(text, HasSubstr(R"(
# 5 numbers could not be read, and are not declared:
#   http_status: HTTP 500: a\u{A}numbers:\u{A}\u{1B}[2J\u{23}#[error]b
#     +21..+23, +25
#   timeout: no whole reply
#     +30
)"));
  EXPECT_THAT(text, HasSubstr("\n#   \"2001\", \"bland-001\", \"x\\u{A}y: \"z\"\n"));
  EXPECT_THAT(text, HasSubstr("# What it does not declare"));
}

}  // namespace
}  // namespace sipdrift
