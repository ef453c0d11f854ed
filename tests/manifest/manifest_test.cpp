// Manifests that are right: what they come to mean for each number.

#include "sipdrift/manifest.hpp"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using ::testing::ElementsAre;

Manifest read(const std::vector<ManifestFile>& files) {
  auto manifest = read_manifest(files);
  if (!manifest) {
    for (const Diagnostic& fault : manifest.error()) ADD_FAILURE() << headline(fault);
    return {};
  }
  return *std::move(manifest);
}

Manifest read(const std::string& text) { return read({{"m.yaml", text}}); }

std::vector<std::string> numbers_of(const Manifest& manifest) {
  std::vector<std::string> numbers;
  for (const DeclaredNumber& number : manifest.numbers) numbers.emplace_back(number.number.text());
  return numbers;
}

const Declaration& declaration(const Manifest& manifest, std::size_t index) {
  return manifest.declaration_of(manifest.numbers.at(index));
}

TEST(Manifest, FlatFormChecksAuthModeInboundAndTheRestOutbound) {
  const Manifest manifest = read(R"(version: 1
numbers:
  - number: "+14150000000"
    sip_endpoint: sip:trunk.provider.com
    transport: tls
    port: 5061
    auth_mode: ip
    secure_media: true
)");
  const Expectation& expected = declaration(manifest, 0).expectation;
  EXPECT_EQ(expected.inbound.auth_mode->value, AuthMode::ip);
  EXPECT_EQ(expected.inbound.check_count(), 1U);
  EXPECT_EQ(expected.outbound.sip_endpoint->value->text(), "sip:trunk.provider.com");
  EXPECT_EQ(expected.outbound.transport->value, Transport::tls);
  EXPECT_EQ(expected.outbound.port->value, 5061);
  EXPECT_EQ(expected.outbound.secure_media->value, true);
  EXPECT_EQ(expected.outbound.check_count(), 4U);
  EXPECT_EQ(manifest.numbers[0].source.line, 3U);
}

TEST(Manifest, DirectionalFormSaysEachOnItsOwn) {
  const Manifest manifest = read(R"(version: 1
numbers:
  - number: "+14150000003"
    inbound: absent
    outbound: { sip_endpoint: "pbx.example.com", transport: unset, port: unset,
                auth_mode: register, secure_media: unset }
)");
  const Expectation& expected = declaration(manifest, 0).expectation;
  EXPECT_TRUE(expected.inbound.absent);
  EXPECT_EQ(expected.outbound.sip_endpoint->value->host(), "pbx.example.com");
  EXPECT_TRUE(expected.outbound.transport->is_unset());
  EXPECT_TRUE(expected.outbound.secure_media->is_unset());
  EXPECT_EQ(expected.outbound.auth_mode->value, AuthMode::registration);
}

TEST(Manifest, ANumberLaysItsFieldsOverItsProfile) {
  const Manifest manifest = read(R"(version: 1
profiles:
  acme:
    inbound: { auth_mode: ip }
    outbound: { sip_endpoint: "sip:trunk.provider.com", transport: tls, port: 5061 }
numbers:
  - range: "+14150000100..+14150000101"
    profile: acme
    outbound: { port: 5062 }
  - number: "+14150000001"
    profile: acme
    inbound: absent
)");
  EXPECT_THAT(numbers_of(manifest), ElementsAre("+14150000001", "+14150000100", "+14150000101"));
  const Declaration& alone = declaration(manifest, 0);
  EXPECT_TRUE(alone.expectation.inbound.absent);
  EXPECT_EQ(alone.expectation.outbound.port->value, 5061);
  const Declaration& block = declaration(manifest, 1);
  EXPECT_EQ(block.profile, "acme");
  EXPECT_EQ(block.expectation.inbound.auth_mode->value, AuthMode::ip);
  EXPECT_EQ(block.expectation.outbound.port->value, 5062);
  EXPECT_EQ(block.expectation.outbound.transport->value, Transport::tls);
}

TEST(Manifest, AProfileMayStandBehindTheNumbersAndInTheFlatForm) {
  const Manifest manifest = read(R"(version: 1
numbers: [{number: "+12", profile: p, tags: [site:ams, "gold"]}]
profiles: {p: {port: 5061, auth_mode: ip}}
)");
  EXPECT_EQ(declaration(manifest, 0).expectation.check_count(), 2U);
  EXPECT_THAT(declaration(manifest, 0).tags, ElementsAre("site:ams", "gold"));
}

TEST(Manifest, ListsAndRangesKeepTheLinesOfTheirNumbers) {
  const Manifest manifest = read(R"(version: 1
expected_count: 5
numbers:
  - numbers:
      - "+14150000002"
      - +14150000001
    port: 1
  - range: +19998..+20000
    port: 1
)");
  ASSERT_THAT(numbers_of(manifest),
              ElementsAre("+14150000001", "+14150000002", "+19998", "+19999", "+20000"));
  EXPECT_EQ(manifest.numbers[0].source.line, 6U);
  EXPECT_EQ(manifest.numbers[1].source.line, 5U);
  EXPECT_EQ(manifest.numbers[4].source.line, 8U);
}

TEST(Manifest, ALargeRangeIsCountedOut) {
  const Manifest manifest = read(R"(version: 1
numbers: [{range: "+14150000000..+14150099999", port: 5061}])");
  EXPECT_EQ(manifest.numbers.size(), max_numbers_in_range);
  EXPECT_EQ(manifest.declarations.size(), 1U);
  EXPECT_EQ(manifest.numbers.back().number.text(), "+14150099999");
}

TEST(Manifest, NumbersThatAreDeclaredAlikeShareADeclaration) {
  const Manifest manifest = read(R"(version: 1
numbers:
  - {number: "+12", port: 1}
  - {port: 1, number: "+13"}
  - {number: "+14", port: 2}
)");
  EXPECT_EQ(manifest.declarations.size(), 2U);
}

TEST(Manifest, SeveralFilesAreOne) {
  const Manifest manifest =
      read({{"profiles.yaml", "version: 1\nprofiles: {p: {port: 1}}\n"},
            {"a.yaml",
             "version: 1\nexpected_count: 1\n"
             "numbers: [{number: \"+13\", profile: p}]\n"},
            {"b.yaml", "version: 1\nnumbers: [{number: \"+12\", port: 2}]\n"}});
  ASSERT_THAT(numbers_of(manifest), ElementsAre("+12", "+13"));
  EXPECT_EQ(manifest.numbers[0].source.manifest, 2U);
  EXPECT_EQ(manifest.numbers[1].source.manifest, 1U);
  ASSERT_EQ(manifest.files.size(), 3U);
  EXPECT_EQ(manifest.files[1].path, "a.yaml");
  EXPECT_EQ(manifest.files[2].sha256.hex(),
            Sha256::of("version: 1\nnumbers: [{number: \"+12\", port: 2}]\n").hex());
}

class SoundSpellings : public ::testing::TestWithParam<const char*> {};

TEST_P(SoundSpellings, MeanTheSame) {
  const Manifest manifest = read(std::string(GetParam()));
  ASSERT_EQ(manifest.numbers.size(), 1U);
  EXPECT_EQ(declaration(manifest, 0).expectation.outbound.port->value, 5061);
}

INSTANTIATE_TEST_SUITE_P(
    , SoundSpellings,
    ::testing::Values(
        "version: 1\nnumbers:\n- number: \"+12\"\n  port: 5061\n",
        "version: 1\nnumbers:\n- number: \"+12\"\n  port: 5061",
        "---\nversion: 1\nnumbers:\n- number: '+12'\n  port: \"5061\"\n...\n# end\n",
        "--- # start\n{version: 1, numbers: [{number: +12, port: 5061,},],}\n",
        "{\"version\":\"1\",\"numbers\":[{\"number\":\"+12\",\"port\":5061}]}",
        "\xEF\xBB\xBFversion: 1\nnumbers: [{number: +12, port: 5061}]\n",
        "version: 1\r\nnumbers:\r\n  - number: \"+12\"\r\n    port: 5061\r\n",
        "# c\nversion: 1 # c\n\nnumbers: # c\n\n  # c\n  - port: 5061\t# c\n    number: +12  \n",
        "version: 1\nnumbers:\n  -\n    number:\n      +12\n    outbound:\n      port: 5061\n",
        "version: 1\nnumbers: [\n  {number: \"+12\",\n   port: 5061}\n]\n",
        "version: 1\nnumbers:\n- {number: \"\\x2B12\", outbound: {port: '5061'}}\n"));

TEST(ManifestSchema, NamesTheKeysThatTheReaderKnows) {
  const std::string_view schema = manifest_schema();
  for (const char* const key :
       {"version", "expected_count", "profiles", "numbers", "number", "range", "profile", "tags",
        "inbound", "outbound", "sip_endpoint", "transport", "port", "auth_mode", "secure_media"}) {
    EXPECT_NE(schema.find('"' + std::string(key) + "\": {"), std::string_view::npos) << key;
  }
}

}  // namespace
}  // namespace sipdrift
