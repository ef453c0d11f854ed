// Manifests that are wrong: every fault at once, each with its place and what would be right.

#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sipdrift/manifest.hpp"

namespace sipdrift {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<Diagnostic> faults_in(const std::vector<ManifestFile>& files) {
  auto manifest = read_manifest(files);
  if (!manifest) return std::move(manifest).error();
  ADD_FAILURE() << "it was accepted:\n" << files[0].text.substr(0, 500);
  return {};
}

std::vector<std::string> headlines(const std::vector<ManifestFile>& files) {
  std::vector<std::string> lines;
  for (const Diagnostic& fault : faults_in(files)) lines.push_back(headline(fault));
  return lines;
}

std::vector<std::string> headlines(const std::string& text) { return headlines({{"m", text}}); }

/// A manifest with one entry, of which `fields` are the lines from line 4 on.
std::string entry(const std::string& fields) {
  return "version: 1\nnumbers:\n  - number: \"+14150000000\"\n" + fields + "\n";
}

TEST(Diagnostics, TellEverythingAtOnceInTheOrderOfTheFile) {
  EXPECT_THAT(
      headlines(R"(version: 1
numbers:
  - number: "+14150000000"
    trasport: tls
    port: 05060
  - number: 14150000002
    auth_mode: Register
  - number: "+14150000000"
    profile: acme
)"),
      ElementsAre(
          "m:4:5: unknown key \"trasport\"; did you mean \"transport\"?",
          "m:5:11: port \"05060\" begins with 0, which YAML reads as octal; write 5060",
          "m:6:13: \"14150000002\" is not an E.164 number; write \"+14150000002\"",
          "m:7:16: auth_mode \"Register\" is not known; did you mean \"register\"?",
          "m:8:13: +14150000000 is declared twice, first on line 3; keep one of the two",
          "m:9:14: profile \"acme\" does not exist; there are no profiles; declare it under "
          "\"profiles:\""));
}

TEST(Diagnostics, ShowTheLineAndUnderlineThePlace) {
  const auto faults = faults_in({{"m", entry("    port:  0x13c5  # 5061")}});
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_EQ(with_excerpt(faults[0]),
            "m:4:12: port \"0x13c5\" is hexadecimal; write 5061\n"
            "     4 |     port:  0x13c5  # 5061\n"
            "       |            ^~~~~~");
}

TEST(Diagnostics, CountColumnsInCharacters) {
  EXPECT_THAT(headlines("version: 1\nnumbers: [{number: \"+1\u00e9\u00e9\", prot: 1}]\n"),
              ElementsAre(StartsWith("m:2:20: "), StartsWith("m:2:28: unknown key \"prot\"")));
}

TEST(Diagnostics, ShowNoPassword) {
  const auto faults = faults_in({{"m", entry("    sip_endpoint: sip:user:hunter2@h h\n"
                                             "    prt: {x: \"sip:user:hunter2@h\"}")}});
  ASSERT_THAT(faults, SizeIs(2));
  for (const Diagnostic& fault : faults)
    EXPECT_THAT(with_excerpt(fault), Not(HasSubstr("hunter2")));
}

TEST(Diagnostics, ShowNoPartOfAPasswordWhereTheLineIsCut) {
  const std::string password(120, 's');
  const auto faults = faults_in({{"m",
                                  "version: 1\nnumbers:\n  - { number: \"+14150000000\", "
                                  "sip_endpoint: \"sip:alice:" +
                                      password + "@h\", prot: 5061 }\n"}});
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_THAT(with_excerpt(faults[0]), AllOf(Not(HasSubstr("ss")), HasSubstr("[redacted]@h")));
}

TEST(Diagnostics, ShowNoPasswordWithAFaultInsideIt) {
  const auto faults = faults_in({{"m", entry("    sip_endpoint: sip:alice:hunt\xE9r2@h")}});
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_THAT(with_excerpt(faults[0]),
              HasSubstr("sip_endpoint: sip:alice:[redacted]@h\n       |     "
                        "                        ^~~~~~~~~~"));
}

TEST(Diagnostics, OfAManifestOnOneLineTakeNoLonger) {
  std::string text = "{version: 1, numbers: [";
  constexpr int many = 8000;
  for (int i = 0; i < many; ++i) {
    text += "{number: \"+1415" + std::to_string(1'000'000 + i) + "\", prot: 5061},";
  }
  EXPECT_THAT(faults_in({{"m", text + "]}"}}), SizeIs(testing::Ge(std::size_t{many})));
}

TEST(Diagnostics, ShowNothingThatActsOnATerminal) {
  const auto faults = faults_in({{"\x1b[31m", entry("    transport: \"\\e[31m\\u202e\"")}});
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_THAT(with_excerpt(faults[0]), AllOf(HasSubstr("\"\\u{1B}[31m\\u{202E}\""),
                                             StartsWith("\\u{1B}[31m:"), Not(HasSubstr("\x1b"))));
}

TEST(Diagnostics, NameBothFiles) {
  EXPECT_THAT(
      headlines({{"a",
                  "version: 1\nprofiles: {p: {port: 1}}\n"
                  "numbers: [{number: \"+12\", port: 1}]\n"},
                 {"b",
                  "version: 1\nprofiles: {p: {port: 1}}\n"
                  "numbers: [{range: \"+11..+13\", port: 1}, {number: x, port: 1}]\n"}}),
      ElementsAre("b:2:12: profile \"p\" stands twice, first in \"a\":2; rename one of the two",
                  "b:3:19: +12 is declared twice, first in a:3; keep one of the two",
                  StartsWith("b:3:50: \"x\" is not an E.164 number")));
}

struct Fault {
  std::string text;
  std::string headline;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.headline; }

class OneFault : public ::testing::TestWithParam<Fault> {};

TEST_P(OneFault, IsToldOnceWithPlaceAndRemedy) {
  EXPECT_THAT(headlines(GetParam().text), ElementsAre(StartsWith(GetParam().headline)));
}

INSTANTIATE_TEST_SUITE_P(
    Values, OneFault,
    ::testing::Values(
        Fault{entry("    port: 0"), "m:4:11: port \"0\" is out of range; it goes from 1 to 65535"},
        Fault{entry("    port: 65536"), "m:4:11: port \"65536\" is out of range"},
        Fault{entry("    port: 99999999999999999999999"), "m:4:11: port \"999"},
        Fault{entry("    port: -1"), "m:4:11: port \"-1\" is not a whole number"},
        Fault{entry("    port: +5060"), "m:4:11: port \"+5060\" is not a whole number"},
        Fault{entry("    port: 5061.0"), "m:4:11: port \"5061.0\" is not a whole number"},
        Fault{entry("    port: 5e3"), "m:4:11: port \"5e3\" is not a whole number"},
        Fault{entry("    port: 5_061"), "m:4:11: port \"5_061\" is not a whole number"},
        Fault{entry("    port: 0o11705"), "m:4:11: port \"0o11705\" is octal; write 5061"},
        Fault{entry("    port: 1:24:21"), "m:4:11: port \"1:24:21\" is not a whole number"},
        Fault{entry("    port: \"05060\""), "m:4:11: port \"05060\" begins with 0"},
        Fault{entry("    port: '0x13c5'"), "m:4:11: port \"0x13c5\" is hexadecimal; write 5061"},
        Fault{entry("    port: \"5061 \""), "m:4:11: port \"5061 \" is not a whole number"},
        Fault{entry("    port: \"sip\""), "m:4:11: port \"sip\" is not a whole number"},
        Fault{entry("    port: [5061]"), "m:4:11: port is a list; it is a single value"},
        Fault{entry("    port: {a: 1}"), "m:4:11: port is a map; it is a single value"},
        Fault{entry("    transport: TLS"),
              "m:4:16: transport \"TLS\" is not known; did you mean \"tls\"?"},
        Fault{entry("    transport: sctp"),
              "m:4:16: transport \"sctp\" is not known; it is one of udp, tcp, tls, unset"},
        Fault{entry("    auth_mode: password"),
              "m:4:16: auth_mode \"password\" is not known; it is one of ip, register, unset"},
        Fault{entry("    secure_media: yes"),
              "m:4:19: secure_media \"yes\" is not known; it is one of true, false, unset"},
        Fault{entry("    secure_media: True"),
              "m:4:19: secure_media \"True\" is not known; did you"},
        Fault{entry("    sip_endpoint: tls://h"),
              "m:4:19: sip_endpoint \"tls://h\" is not a SIP URI: it begins with \"tls://\"; write "
              "\"sip:HOST;transport=tls\""},
        Fault{entry("    sip_endpoint: sip:h:5060x"),
              "m:4:19: sip_endpoint \"sip:h:5060x\" is not"},
        Fault{entry("    sip_endpoint: absent"), "m:4:19: sip_endpoint \"absent\"; a field"},
        Fault{entry("    inbound: none"),
              "m:4:14: inbound \"none\" is neither \"absent\" nor a map of fields"},
        Fault{entry("    inbound: [ip]"), "m:4:14: inbound is neither \"absent\" nor a map"},
        Fault{entry("    inbound: {}"), "m:4:14: inbound is empty; declare a field, or write"},
        Fault{entry("    port: 1\n    tags: site:ams"), "m:5:11: tags is not a list"},
        Fault{entry("    port: 1\n    tags: []"), "m:5:11: tags is not a list"},
        Fault{entry("    port: 1\n    tags: [a, b c]"), "m:5:15: tag \"b c\" has a character"},
        Fault{entry("    port: 1\n    tags: [a, a]"), "m:5:15: tag \"a\" stands twice"},
        Fault{entry("    port: 1\n    profile: a/b"), "m:5:14: profile \"a/b\" has a character"}));

INSTANTIATE_TEST_SUITE_P(
    Nothing, OneFault,
    ::testing::Values(
        Fault{entry("    port:"), "m:4:5: port has no value; write one, or remove the key"},
        Fault{entry("    port: ~"), "m:4:11: port has no value"},
        Fault{entry("    port: null"), "m:4:11: port has no value"},
        Fault{entry("    port: # 5061"), "m:4:5: port has no value"},
        Fault{entry("    port: \"\""), "m:4:11: port is empty"},
        Fault{entry("    transport: ''"), "m:4:16: transport is empty"},
        Fault{entry("    sip_endpoint: \"sip:[::1\\0junk]:5061\""),
              "m:4:19: sip_endpoint \"sip:[::1\\u{0}junk]:5061\" holds a control character; remove "
              "it"},
        Fault{entry("    port: 1\n    tags: [\"a\\n\"]"),
              "m:5:12: tag \"a\\u{A}\" holds a control"},
        Fault{entry("    sip_endpoint:"), "m:4:5: sip_endpoint has no value"},
        Fault{entry("    inbound:"), "m:4:5: inbound is neither"},
        Fault{entry("    profile:"), "m:4:5: profile has no value"},
        Fault{entry("    port: 1\n    tags: [a, ]\n    tags2: 1"), "m:6:5: unknown key \"tags2\""},
        Fault{entry("    port: 1\n    tags: [a, , b]"), "m:5:13: tag has no value"},
        Fault{entry("    port: 1\n  -"), "m:5:3: this entry is not a map"},
        Fault{entry(""), "m:3:5: this entry declares nothing; declare at least one field, or name"},
        Fault{entry("    tags: [a]"), "m:3:5: this entry declares nothing"},
        Fault{"version: 1\nnumbers:\n  - port: 1\n", "m:3:5: this entry names no number"},
        Fault{"version: 1\nnumbers:\n", "m:2:1: numbers is not a list"},
        Fault{"version: 1\nnumbers: []\n", "m:2:10: numbers is empty"},
        Fault{"version: 1\nnumbers: {}\n", "m:2:10: numbers is not a list"},
        Fault{"version: 1\nprofiles: {}\nnumbers: [{number: +12, port: 1}]\n",
              "m:2:11: profiles is not a map"},
        Fault{"version: 1\nprofiles: {p: {}}\nnumbers: [{number: +12, port: 1}]\n",
              "m:2:12: profile \"p\" declares nothing"},
        Fault{"version: 1\nprofiles:\n  p:\nnumbers: [{number: +12, port: 1}]\n",
              "m:3:3: profile \"p\" is not a map"},
        Fault{"version: 1\n", "m:1:1: no number is declared; list them under \"numbers:\""},
        Fault{"", "m:1:1: there is no \"version\"; a manifest begins with \"version: 1\""},
        Fault{"# a comment\n", "m:1:1: there is no \"version\""},
        Fault{"numbers: [{number: +12, port: 1}]\n", "m:1:1: there is no \"version\""}));

INSTANTIATE_TEST_SUITE_P(
    Keys, OneFault,
    ::testing::Values(
        Fault{entry("    port: 1\n    port: 1"),
              "m:5:5: key \"port\" stands twice, first on line 4"},
        Fault{entry("    port: 1\n    \"port\": 2"), "m:5:5: key \"port\" stands twice"},
        Fault{"version: 1\nversion: 1\nnumbers: [{number: +12, port: 1}]\n",
              "m:2:1: key \"version\" stands twice, first on line 1"},
        Fault{"version: 1\nnumbers: [{number: +12, port: 1}]\nnumbers: [{number: x, prt: 1}]\n",
              "m:3:1: key \"numbers\" stands twice"},
        Fault{
            "version: 1\nprofiles: {p: {port: 1}, p: {port: 2}}\nnumbers: [{number: +12, port: 1}]",
            "m:2:26: key \"p\" stands twice"},
        Fault{entry("    port: 1\n    outbound: {port: 1}"),
              "m:5:16: outbound.port is declared a second time, and was on line 4"},
        Fault{entry("    outbound: {port: 1}\n    port: 1"),
              "m:5:5: outbound.port is declared a second time, and was on line 4"},
        Fault{entry("    auth_mode: ip\n    inbound: absent"),
              "m:5:14: inbound is declared a second"},
        Fault{entry("    inbound: absent\n    auth_mode: ip"),
              "m:5:5: inbound.auth_mode is declared a second time, and was on line 4"},
        Fault{entry("    port: 1\n    range: \"+13..+14\""), "m:5:5: \"range\" beside \"number\""},
        Fault{entry("    endpoint: sip:h"),
              "m:4:5: unknown key \"endpoint\"; did you mean \"sip_endpoint\"?"},
        Fault{entry("    port: 1\n    zzz: 1"),
              "m:5:5: unknown key \"zzz\"; the keys of an entry are number, "},
        Fault{entry("    port: 1\n    inbound: {tls: 1}"),
              "m:5:15: unknown key \"tls\"; the fields of a direction"},
        Fault{"version: 1\nprofile: {}\nnumbers: [{number: +12, port: 1}]\n",
              "m:2:1: unknown key \"profile\"; did you mean \"profiles\"?"},
        Fault{"version: 2\nnumbers: [{number: +12, port: 1}]\n",
              "m:1:10: version \"2\" is not known"},
        Fault{"version: 1.0\nnumbers: [{number: +12, port: 1}]\n", "m:1:10: version \"1.0\""}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, OneFault,
    ::testing::Values(
        Fault{"version: 1\nnumbers: [{range: \"+19..+11\", port: 1}]\n",
              "m:2:19: range \"+19..+11\" runs backwards"},
        Fault{"version: 1\nnumbers: [{range: \"+19..+111\", port: 1}]\n",
              "m:2:19: range \"+19..+111\" joins numbers of different lengths"},
        Fault{"version: 1\nnumbers: [{range: \"+14150000000..+14150100000\", port: 1}]\n",
              "m:2:19: range \"+14150000000..+14150100000\" holds 100001 numbers, and a range may"},
        Fault{"version: 1\nnumbers: [{range: \"+11-+19\", port: 1}]\n",
              "m:2:19: range \"+11-+19\" is not of the form"},
        Fault{"version: 1\nnumbers: [{range: \"+11..19\", port: 1}]\n",
              "m:2:19: range \"+11..19\" ends"},
        Fault{"version: 1\nnumbers: [{range: \"11..+19\", port: 1}]\n",
              "m:2:19: range \"11..+19\" beg"},
        Fault{"version: 1\nnumbers: [{numbers: \"+12\", port: 1}]\n",
              "m:2:21: numbers is not a list"},
        Fault{"version: 1\nnumbers: [\"+12\"]\n", "m:2:11: this entry is not a map"},
        Fault{
            "version: 1\nnumbers: [{range: \"+11..+15\", port: 1}, {range: \"+14..+19\", port: 1}]",
            "m:2:49: 2 numbers, +14 to +15, are declared twice, first on line 2"},
        Fault{"version: 1\nnumbers: [{range: \"+11..+19\", port: 1}, {number: \"+14\", port: 1}]",
              "m:2:50: +14 is declared twice"},
        Fault{"version: 1\nexpected_count: 2\nnumbers: [{number: +12, port: 1}]\n",
              "m:2:17: expected_count is 2, but the file declares 1 number; if nothing is missing, "
              "write 1"},
        Fault{"version: 1\nexpected_count: 02\nnumbers: [{number: +12, port: 1}]\n",
              "m:2:17: expected_count \"02\" begins with 0"}));

INSTANTIATE_TEST_SUITE_P(
    Contradictions, OneFault,
    ::testing::Values(
        Fault{entry("    sip_endpoint: sip:h:5061\n    port: 5060"),
              "m:5:11: port 5060 contradicts the 5061 inside its sip_endpoint"},
        Fault{entry("    port: unset\n    sip_endpoint: sip:h:5061"),
              "m:4:11: port unset contradicts the 5061 inside its sip_endpoint"},
        Fault{entry("    sip_endpoint: sip:h;transport=UDP\n    transport: tls"),
              "m:5:16: transport tls contradicts the udp inside its sip_endpoint"},
        Fault{"version: 1\nprofiles: {p: {sip_endpoint: \"sip:h:1\", port: 2}}\n"
              "numbers: [{number: +12, profile: p}, {number: +13, profile: p}]\n",
              "m:2:47: port 2 contradicts the 1 inside"},
        Fault{
            "version: 1\nprofiles: {p: {sip_endpoint: \"sip:h:1\"}}\n"
            "numbers: [{numbers: [+12, +13], profile: p, port: 2}]\n",
            "m:3:42: with profile \"p\", outbound.port of this entry: port 2 contradicts the 1"}));

// ---- What yaml-cpp would let through in silence ----------------------------------------------

INSTANTIATE_TEST_SUITE_P(
    Yaml, OneFault,
    ::testing::Values(
        Fault{entry("    port: 1\n---\nversion: 1"), "m:5:1: a second YAML document"},
        Fault{entry("    port: 1\n---"), "m:5:1: a second YAML document"},
        Fault{entry("    port: 1\n...\nversion: 1"), "m:6:1: this stands behind the end"},
        Fault{"  version: 1\n  numbers: [{number: +12, port: 1}]\nexpected_count: 1\n",
              "m:3:1: this stands behind the end of the document, as a second one"},
        Fault{entry("    port: 1\n- number: \"+13\"\n  port: 1"), "m:5:1: this does not fit"},
        Fault{entry("    port: 1\n   - number: \"+13\"\n     port: 1"), "m:5:4: this does not fit"},
        Fault{"version: 1\nnumbers:\n  - number: \"+12\n    port: 1\n",
              "m:3:13: this quote is not"},
        Fault{"version: 1\nnumbers:\n  - number: \"+12\n    port: 1\n  - number: \"+13\"\n    "
              "port: 1\n",
              "m:3:13: this quote is not closed on its line"},
        Fault{"version: 1\nnumbers:\n  - number: '+12\n    transport: 'tls'\n",
              "m:3:13: this quote"},
        Fault{"version: 1\nnumbers:\n  - port: 1\n    number: \"+12\n",
              "m:4:13: this quote is not"},
        Fault{entry("    transport: \"tls\" port: 1"), "m:4:22: this does not fit"},
        Fault{entry("    port: 1\n%foo\n"), "m:5:1: a line that begins with \"%\""},
        Fault{"%YAML 1.2\n---\nversion: 1\nnumbers: [{number: +12, port: 1}]\n",
              "m:1:1: a line that"},
        Fault{entry("    port: 1\n    tr"), "m:5:5: a key without a \":\" and a value"},
        Fault{"version: 1\nnumbers: [{number: +12, port: 1, tr}]\n",
              "m:2:34: a key without a \":\""},
        Fault{"version: 1\nnumbers: [{number: +12, port: 1}]\nexpected_count",
              "m:3:1: a key without"},
        Fault{entry("    port: &a 1"), "m:4:11: anchors, aliases and tags are not used"},
        Fault{entry("    port: !!int 1"), "m:4:11: anchors, aliases and tags are not used"},
        Fault{entry("    port: ! 1"), "m:4:11: anchors, aliases and tags are not used"},
        Fault{entry("    &a port: 1"), "m:4:5: anchors, aliases and tags are not used"},
        Fault{entry("    port: *a"), "m:4:11: anchors, aliases and tags are not used"},
        Fault{entry("    <<: {port: 1}"), "m:4:5: merge keys are not used"},
        Fault{entry("    ? port\n    : 1"), "m:4:5: a key marked by \"?\""},
        Fault{entry("    [port]: 1"), "m:4:5: a list or a map as a key"},
        Fault{entry("    port: 1\n    : 2"), "m:4:9: a value without a key"},
        Fault{entry("    sip_endpoint: |\n      sip:h"), "m:4:19: a block of text"},
        Fault{entry("    sip_endpoint: >-\n      sip:h"), "m:4:19: a block of text"},
        Fault{entry("    transport: tls\n      udp"), "m:4:16: this goes on over more than one"},
        Fault{entry("    transport: \"tls\\\n      \""), "m:4:16: this quote is not closed"},
        Fault{entry("    port: 1\n    inbound: [ip"), "m:5:14: this bracket is not closed"},
        Fault{"version: 1\nnumbers: [{number: +12, port: 1}\n", "m:2:10: this bracket is not"},
        Fault{"version: 1\nnumbers: [{number: +12, port: 1]\n", "m:2:32: this closes"},
        Fault{"version: 1\nnumbers: [{number: +12 port: 1}]\n", "m:2:11: this bracket"},
        Fault{entry("    port: 1 tls: 2"), "m:4:16: a \":\" that cannot stand here"},
        Fault{entry("    port: @1"), "m:4:11: no value begins with this character"},
        Fault{entry("    port:\n    \t1"), "m:5:5: a tab in the indentation"},
        Fault{entry("    port:\t1"), "m:4:10: a tab; YAML is spaced"},
        Fault{"version: 1\nnumbers:\n[{number: +12, port: 1}]\n",
              "m:3:1: this value stands no further right"},
        Fault{"version:\n1\nnumbers: [{number: +12, port: 1}]\n", "m:3:8: a \":\" that cannot"},
        Fault{"- number: \"+12\"\n  port: 1\n", "m:1:1: the manifest is a list"},
        Fault{"hello\n", "m:1:1: the manifest is a single value"},
        Fault{"~\n", "m:1:1: the manifest is a single value"},
        Fault{"version: 1\nnumbers: [{number: +12, tags: [[[[[[[[a]]]]]]]]}]\n",
              "m:2:36: nested too"},
        Fault{"version: 1\nnumbers: " + std::string(20, '[') + std::string(20, ']'),
              "m:2:17: nested too deeply"},
        Fault{"version: 1\nnumbers:\n " + std::string(5000, '-') + " -", "m:3:2: "}));

INSTANTIATE_TEST_SUITE_P(
    Bytes, OneFault,
    ::testing::Values(
        Fault{entry("    port: 1 # \xFF"), "m:4:15: byte 0xFF is not UTF-8"},
        Fault{entry("    port: 1 # \xC3"), "m:4:15: byte 0xC3 is not UTF-8"},
        Fault{entry("    port: 1 # \xF8"), "m:4:15: byte 0xF8 is not UTF-8"},
        Fault{entry("    port: 1 # " + std::string(1, '\0')),
              "m:4:15: U+0000 is a control character"},
        Fault{entry("    port: 1 # \x1b[31m"), "m:4:15: U+001B is a control character"},
        Fault{entry("    port: 1 # \xC2\x85"), "m:4:15: U+0085 is a control character"},
        Fault{entry("    port: 1 # \u2028"), "m:4:15: U+2028 is a control character"},
        Fault{entry("    port: 1 # \u202E"), "m:4:15: U+202E is a control character"},
        Fault{entry("    port: 1\r    transport: tls"), "m:4:12: U+000D is a control character"},
        Fault{entry("    port: 1\n\xEF\xBB\xBF# x"), "m:5:1: U+FEFF is a control character"}));

TEST(Diagnostics, AreQuickAndCalmWhereNestingHasNoEnd) {
  for (const std::string nesting :
       {"[", "{", "- ", "? ", "a: [", "[a: ", "\"", "&a ", "!x ", "*a "}) {
    std::string text = "version: 1\nnumbers:\n  ";
    for (int i = 0; i < 100'000; ++i) text += nesting;
    EXPECT_THAT(headlines(text), Each(StartsWith("m:"))) << nesting;
  }
}

TEST(Diagnostics, AFileInUtf16IsToldByEveryZeroByte) {
  const std::string utf16("v\0e\0r\0", 6);
  EXPECT_THAT(headlines(utf16), AllOf(SizeIs(3), Each(HasSubstr("U+0000"))));
}

TEST(Diagnostics, QuoteNoCharacterThatTheLibraryMadeUp) {
  for (const char* const text : {"version: \"a\\", "version: \"a\\q\""}) {
    EXPECT_THAT(headlines(text), ElementsAre(HasSubstr("a \"\\\" in double quotes"))) << text;
  }
}

TEST(Diagnostics, DoNotMissWhatMayStandInTheUnreadPart) {
  // The profile and the version could stand behind the broken line.
  EXPECT_THAT(headlines("expected_count: 9\nnumbers:\n  - {number: +12, profile: p}\n  - ]\n"),
              ElementsAre(StartsWith("m:4:5: this closes a bracket")));
}

TEST(Diagnostics, TellOfAProfileThatIsMissingWhereTheNumberIsWrongToo) {
  EXPECT_THAT(headlines("version: 1\nprofiles: {acme: {port: 1}}\n"
                        "numbers: [{number: 12, profile: acne}]\n"),
              ElementsAre(StartsWith("m:3:20: \"12\" is not an E.164 number"),
                          "m:3:33: profile \"acne\" does not exist; did you mean \"acme\"?"));
}

TEST(Diagnostics, TellAFaultInAnEntryForEachOfItsCopies) {
  EXPECT_THAT(
      headlines("version: 1\nnumbers:\n  - {number: +12, prt: 1}\n  - {number: +13, prt: 1}\n"),
      ElementsAre(StartsWith("m:3:19: unknown key"), StartsWith("m:4:19: unknown key")));
}

TEST(Diagnostics, RefuseMoreNumbersThanOneRunTakes) {
  std::string text = "version: 1\nnumbers:\n";
  for (int i = 0; i < 11; ++i) {
    const std::string area = std::to_string(10 + i);
    text += "  - {range: \"+" + area + "00000..+" + area + "99999\", port: 1}\n";
  }
  EXPECT_THAT(headlines(text), ElementsAre("m:1:1: 1100000 numbers are declared, and one run takes "
                                           "1000000; split the manifest"));
}

}  // namespace
}  // namespace sipdrift
