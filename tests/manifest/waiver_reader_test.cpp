// `waivers:` in manifests: what they come to mean, and everything that can be wrong with them.

#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sipdrift/manifest.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Result<Manifest, std::vector<Diagnostic>> read(const std::vector<ManifestFile>& files) {
  return read_manifest(files, true, Needs::numbers_or_waivers);
}

std::vector<std::string> headlines(const std::vector<ManifestFile>& files) {
  const auto manifest = read(files);
  std::vector<std::string> lines;
  if (manifest) return lines;
  for (const Diagnostic& fault : manifest.error()) lines.push_back(headline(fault));
  return lines;
}

/// A file with one waiver, whose keys are those given, from line 3 on, and whatever else it needs.
std::string one_with(const std::string& keys) {
  return "version: 1\nwaivers:\n  - {" + keys +
         ",\n     reason: r, owner: o, ticket: t, expires: 2026-12-31}\n";
}

TEST(WaiverReader, ReadsEveryKey) {
  const auto manifest = read({{"m", R"(version: 1
numbers: [{number: "+12", port: 5061}]
waivers:
  # moves to TLS in March
  - number: "+12"
    field: outbound.port
    observed: 5060
    reason: "the PBX: it cannot do better # yet"
    owner: voice-oncall
    ticket: NET-4211
    expires: 2027-03-31
  - { range: "+14150000100..+14150000199", field: inbound, observed: configured, reason: 'it''s',
      owner: o, ticket: "1", expires: "2027-03-31T18:00:00+02:00" }
  - tag: site:ams
    field: outbound.sip_endpoint
    observed: "sip:old-trunk.provider.com;transport=tls"
    reason: r
    owner: o
    ticket: t
    expires: 2020-01-01
)"}});
  ASSERT_TRUE(manifest);
  ASSERT_THAT(manifest->waivers, SizeIs(3));
  const Waiver& first = manifest->waivers[0];
  EXPECT_EQ(subject_text(first), "+12");
  EXPECT_EQ(first.path.text(), "outbound.port");
  EXPECT_EQ(first.observed, "5060");
  EXPECT_EQ(first.reason, "the PBX: it cannot do better # yet");
  EXPECT_EQ(first.owner, "voice-oncall");
  EXPECT_EQ(first.ticket, "NET-4211");
  EXPECT_EQ(first.expires, "2027-03-31");
  EXPECT_EQ(rfc3339(first.ends_at), "2027-04-01T00:00:00.000Z");
  EXPECT_EQ(first.source.line, 5U);
  const Waiver& second = manifest->waivers[1];
  EXPECT_EQ(subject_text(second), "+14150000100..+14150000199");
  EXPECT_EQ(second.path.text(), "inbound");
  EXPECT_EQ(second.observed, "configured");
  EXPECT_EQ(second.reason, "it's");
  EXPECT_EQ(rfc3339(second.ends_at), "2027-03-31T16:00:00.000Z");
  EXPECT_EQ(second.source.line, 12U);
  EXPECT_EQ(subject_text(manifest->waivers[2]), "tag:site:ams");
  EXPECT_EQ(manifest->waivers[2].observed, "sip:old-trunk.provider.com;transport=tls");
}

TEST(WaiverReader, TakesWaiversFromAFileOfTheirOwn) {
  const std::string numbers = "version: 1\nnumbers: [{number: '+12', port: 1}]\n";
  const auto manifest = read_manifest({{"n", numbers}, {"w", one_with("tag: x, field: inbound")}});
  ASSERT_TRUE(manifest);
  ASSERT_THAT(manifest->waivers, SizeIs(1));
  EXPECT_EQ(manifest->waivers[0].source.manifest, 1U);
  EXPECT_EQ(manifest->waivers[0].source.line, 3U);
  EXPECT_EQ(manifest->waivers[0].observed, std::nullopt);
}

TEST(WaiverReader, TakesThemAloneOnlyWhereNoNumberIsNeeded) {
  const std::vector<ManifestFile> alone{{"w", one_with("tag: x, field: inbound")}};
  EXPECT_THAT(headlines(alone), IsEmpty());
  const auto manifest = read_manifest(alone);
  ASSERT_FALSE(manifest);
  ASSERT_THAT(manifest.error(), SizeIs(1));
  EXPECT_EQ(headline(manifest.error()[0]),
            "w:1:1: no number is declared, only waivers; give the file that declares the numbers "
            "as well");
  EXPECT_THAT(headlines({{"m", "version: 1\n"}}), ElementsAre(HasSubstr("no number is declared")));
}

TEST(WaiverReader, TellsEverythingAtOnceWithItsPlace) {
  EXPECT_THAT(
      headlines({{"m", R"(version: 1
waivers:
  - nummber: "+14150000000"
    field: outbound.prot
    owner: ""
    expires: 2026-02-30
  - number: 14150000002
    tag: "?"
    field: port
    reason: r
  - and this
)"}}),
      ElementsAre("m:3:5: unknown key \"nummber\"; did you mean \"number\"?",
                  "m:3:5: this waiver is for nothing; it needs one of number, range, tag",
                  "m:3:5: this waiver has no reason and ticket; they are required",
                  "m:4:12: field \"outbound.prot\" is not known; did you mean \"outbound.port\"?",
                  "m:5:12: owner is empty; write a value, or remove the key",
                  "m:6:14: expires \"2026-02-30\" does not exist; see the calendar and the clock, "
                  "and that its year has four digits",
                  "m:7:5: this waiver has no owner, ticket and expires; they are required",
                  "m:7:13: \"14150000002\" is not an E.164 number; write \"+14150000002\"",
                  "m:8:5: \"tag\" beside \"number\"; a waiver has one of the two",
                  HasSubstr("m:8:10: tag \"?\" has a character that cannot stand there"),
                  "m:9:12: field \"port\" has no direction; write inbound.port or outbound.port",
                  "m:11:5: this waiver is not a map; write \"- number: ...\" and its keys"));
}

struct Fault {
  std::string keys;
  std::string headline;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.headline; }

class FaultyWaiver : public ::testing::TestWithParam<Fault> {};

TEST_P(FaultyWaiver, IsRefused) {
  EXPECT_THAT(headlines({{"m", one_with(GetParam().keys)}}),
              ElementsAre(HasSubstr(GetParam().headline)));
}

INSTANTIATE_TEST_SUITE_P(
    , FaultyWaiver,
    ::testing::Values(
        Fault{"field: inbound", "m:3:5: this waiver is for nothing"},
        Fault{"number: '+12'", "m:3:5: this waiver has no field; it is required"},
        Fault{"number: '+12', range: '+12..+13', field: inbound", "\"range\" beside \"number\""},
        Fault{"range: '+13..+12', field: inbound", "runs backwards"},
        Fault{"range: '+12', field: inbound", "is not of the form"},
        Fault{"range: '+12..+123', field: inbound", "joins numbers of different lengths"},
        Fault{"tag: [a], field: inbound", "tag is a list; it is a single value"},
        Fault{"number: '+12', field: trasport",
              "field \"trasport\" is not known; the fields are inbound, inbound.auth_mode,"},
        Fault{"number: '+12', field: outbund", "did you mean \"outbound\"?"},
        Fault{"number: '+12', field: ~", "field has no value"},
        Fault{"number: '+12', field: inbound, observed: ''", "observed is empty"},
        Fault{"number: '+12', field: inbound, observed: [a]", "observed is a list"},
        Fault{"number: '+12', field: inbound, observed: \"a\\e\"", "holds a control character"},
        Fault{"number: '+12', field: inbound, observed: absent",
              "m:3:47: observed \"absent\" is never that of a whole direction; write configured"},
        Fault{"number: '+12', field: inbound, reson: x", "unknown key \"reson\"; did you mean"}));

TEST(WaiverReader, RefusesAPinWithAPartThatIsNotShownAndShowsNoneOfIt) {
  for (const std::string pin :
       {"sip:alice:hunter2@h", "sip:h;token=hunter2", "sip:a:[redacted]@h"}) {
    const auto manifest =
        read({{"m", one_with("number: '+12', field: outbound.sip_endpoint, observed: \"" + pin +
                             "\"")}});
    ASSERT_FALSE(manifest) << pin;
    ASSERT_THAT(manifest.error(), SizeIs(1)) << pin;
    EXPECT_THAT(with_excerpt(manifest.error()[0]), HasSubstr("has a part that is never shown"));
    EXPECT_THAT(with_excerpt(manifest.error()[0]), Not(HasSubstr("hunter2")));
  }
}

class FaultyExpiry : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(FaultyExpiry, SaysWhatItLooksLike) {
  const auto& [text, what] = GetParam();
  EXPECT_THAT(headlines({{"m",
                          "version: 1\nwaivers:\n- {tag: t, field: inbound, reason: r, owner: o, "
                          "ticket: t, expires: \"" +
                              std::string(text) + "\"}\n"}}),
              ElementsAre(HasSubstr("expires \"" + std::string(text) + "\" " + what)));
}

constexpr const char* no_date =
    "is no date; it looks like 2026-12-31 (the end of that day in UTC), or like "
    "2026-12-31T18:00:00+02:00";
constexpr const char* not_there = "does not exist; see the calendar";
INSTANTIATE_TEST_SUITE_P(, FaultyExpiry,
                         ::testing::Values(std::pair("never", no_date),
                                           std::pair("31.12.2026", no_date),
                                           std::pair("2026-12-31 18:00", no_date),
                                           std::pair("2026-12-31T18:00:00", no_date),
                                           std::pair("2026-06-31", not_there),
                                           std::pair("2026-12-31T25:00:00Z", not_there),
                                           std::pair("2026-12-31T23:59:60+01:00", not_there),
                                           std::pair("9999-12-31", not_there)));

TEST(WaiverReader, RefusesTwoThatSayTheSameOfTheSame) {
  const std::string other_pin =
      "  - {range: '+12..+12', field: inbound.port, observed: 5060, reason: s, owner: o,"
      " ticket: t, expires: 2026-01-01}\n";
  const std::string unpinned = one_with("number: '+12', field: inbound.port");
  EXPECT_THAT(headlines({{"m", unpinned + other_pin}}), IsEmpty()) << "the pins differ";
  EXPECT_THAT(headlines({{"m", unpinned + other_pin + other_pin}}),
              ElementsAre("m:6:13: inbound.port of +12 is waived twice, first on line 5; keep one "
                          "of the two"));
  EXPECT_THAT(headlines({{"a", unpinned}, {"b", unpinned}}),
              ElementsAre("b:3:14: inbound.port of +12 is waived twice, first in a:3; keep one of "
                          "the two"));
}

TEST(WaiverReader, RefusesWhatIsNoList) {
  for (const std::string value : {"{number: '+12'}", "none"}) {
    EXPECT_THAT(headlines({{"m", "version: 1\nwaivers: " + value + "\n"}}),
                ElementsAre("m:2:10: waivers is not a list; each waiver begins with \"- \""));
  }
  EXPECT_THAT(headlines({{"m", "version: 1\nwaivers: []\n"}}),
              ElementsAre("m:2:10: waivers is empty; list the waivers, or remove the key"));
  EXPECT_THAT(headlines({{"m", "version: 1\nwavers: []\n"}}),
              ElementsAre("m:2:1: unknown key \"wavers\"; did you mean \"waivers\"?"));
}

TEST(ManifestSchema, NamesTheKeysOfWaiversToo) {
  for (const char* const key :
       {"waivers", "waiver", "tag", "field", "observed", "reason", "owner", "ticket", "expires"}) {
    EXPECT_THAT(std::string(manifest_schema()), HasSubstr('"' + std::string(key) + "\": {"));
  }
}

}  // namespace
}  // namespace sipdrift
