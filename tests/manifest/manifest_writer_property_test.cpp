// Random fleets, hostile ones among them: what is written of them can be read, and is in sync.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "manifest/live_fleet.hpp"

namespace sipdrift {
namespace {

class RandomFleet {
 public:
  explicit RandomFleet(std::uint32_t seed) : random_(seed) {}

  Fleet fleet() {
    Fleet fleet;
    fleet.are_listed = chance(2);
    E164 number = E164::parse(one_of({"+1990", "+99999999999990", "+4412345", "+95"})).value();
    const std::size_t count = below(40) + 1;
    std::vector<LiveRecord> kinds;  // so that some are alike
    for (std::size_t i = below(5) + 1; i > 0; --i) kinds.push_back(record(number));
    for (std::size_t i = 0; i < count; ++i) {
      LiveRecord one = chance(4) ? record(number) : kinds[below(kinds.size())];
      one.number = number;
      fleet.records.push_back(one);
      for (std::size_t skip = chance(3) ? below(4) + 1 : 1; skip > 0; --skip) {
        const auto next = number.next();
        if (!next) return fleet;
        number = *next;
      }
    }
    return fleet;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }

  template <std::size_t size>
  std::string_view one_of(const std::array<std::string_view, size>& words) {
    return words.at(below(size));
  }
  std::string_view one_of(std::initializer_list<std::string_view> words) {
    return *(words.begin() + below(words.size()));
  }

  LiveRecord record(const E164& number) {
    LiveRecord record{number, std::nullopt, std::nullopt};
    if (!chance(3)) record.inbound = direction();
    if (!chance(3)) record.outbound = direction();
    return record;
  }

  LiveDirection direction() {
    LiveDirection live;
    if (chance(2)) live.auth_mode = word({"ip", "register", "IP", "null", "unset", ""});
    if (chance(2)) {
      const std::uint16_t port = chance(2) ? 5061 : static_cast<std::uint16_t>(below(65535) + 1);
      live.port = Observed<std::uint16_t>{port, chance(4)};
    }
    if (chance(2)) live.secure_media = Observed<bool>{chance(2), chance(4)};
    if (chance(2)) live.transport = word({"udp", "tcp", "tls", "TLS", "sctp", "unset", ""});
    if (!chance(4)) live.sip_endpoint = endpoint();
    return live;
  }

  std::string word(std::initializer_list<std::string_view> words) {
    return chance(10) ? noise() : std::string(one_of(words));
  }

  std::string noise() {
    constexpr std::array<std::string_view, 24> pieces{
        "\"",     "\\",           "'", "#",    " #", ": ", "{",  "}",  "[",   "]",
        ",",      "\n",           "%", "@",    "\t", "- ", "&a", "*a", "!!b", "|-",
        "\x1b[m", "\xE2\x80\xAE", "a", "##[x]"};
    std::string text;
    for (std::size_t i = below(8); i > 0; --i) text += one_of(pieces);
    return text;
  }

  std::string endpoint() {
    if (chance(12)) return noise();
    std::string text(one_of({"sip:", "sip:", "sips:", "", "SIP:", "tls://", "tel:"}));
    if (chance(3)) {
      text += one_of({"alice", "+14150000000", "o'brien", "a%22b", "a;b=1", "%5Cx", "#x", "null"});
      if (chance(4)) text += one_of({":hunter2", ":", ":5060"});
      text += "@";
    }
    text += one_of({"trunk.provider.com", "Trunk.Provider.COM", "h", "unset", "absent", "null",
                    "192.0.2.1", "[2001:DB8::0:1]", "sip", "true", "on", "a.b.c.d.example.org.",
                    "trunk-provider.com", "trunk.provider.net", "1", "-x"});
    if (chance(3)) text += one_of({":5061", ":5060", ":05061", ":0", ":x"});
    if (chance(3))
      text += one_of({";transport=tls", ";transport=UDP", ";transport=sctp", ";Transport=tcp",
                      ";transport", ";transport=%74ls"});
    if (chance(4))
      text += one_of({";lr", ";a=1", ";a='x'", ";a=[b]", ";password=hunter2", ";A=%20"});
    if (chance(6)) text += one_of({"?subject=x", "?a=%22&b=", "?token=hunter2"});
    if (chance(40)) text += ";x=" + std::string(2000, 'x');
    return text;
  }

  std::mt19937 random_;
};

constexpr std::uint32_t fleets = 3000;

TEST(ManifestWriterProperty, WhatIsWrittenCanBeReadAndIsInSync) {
  std::size_t declared = 0;
  std::size_t undeclared = 0;
  for (std::uint32_t seed = 0; seed < fleets && !::testing::Test::HasFailure(); ++seed) {
    const Fleet fleet = RandomFleet(seed).fleet();
    const WrittenManifest written = write_manifest(fleet.content());
    declared += written.declared;
    undeclared += written.undeclared.size();
    EXPECT_EQ(written.text.find("hunter2"), std::string::npos) << written.text;
    if (written.declared == 0) continue;
    expect_in_sync(written, fleet.records);
    EXPECT_EQ(write_manifest(fleet.content()).text, written.text);
  }
  // Nearly everything is declared, and something is not: the fleets are neither tame nor hopeless.
  EXPECT_GT(declared, 10 * undeclared);
  EXPECT_GT(undeclared, 100U);
}

/// Where nothing is spelled otherwise than documented, and no option overrides anything, it is in
/// sync to the letter as well.
TEST(ManifestWriterProperty, WhatIsPlainIsInSyncToTheLetter) {
  std::mt19937 random(20261123);  // NOLINT(cert-msc51-cpp): the same every time
  Fleet fleet;
  E164 number = E164::parse("+14150000000").value();
  for (int i = 0; i < 2000; ++i) {
    LiveDirection out;
    const std::array<const char*, 4> endpoints{"sip:trunk.provider.com", "pbx.example.com",
                                               "sip:alice@h;a=1;lr", "sips:h:5061"};
    if (random() % 5 > 0) out.sip_endpoint = endpoints.at(random() % endpoints.size());
    if (random() % 2 > 0) out.port = Observed<std::uint16_t>{5061};
    if (random() % 2 > 0) out.transport = random() % 2 > 0 ? "tls" : "tcp";
    if (random() % 2 > 0) out.secure_media = Observed<bool>{random() % 2 > 0};
    std::optional<LiveDirection> in;
    if (random() % 2 > 0) in = live_auth(random() % 2 > 0 ? "ip" : "register");
    fleet.records.push_back({number, in, out});
    number = number.next().value();
  }
  expect_in_sync(write_manifest(fleet.content()), fleet.records, MatchMode::exact);
}

}  // namespace
}  // namespace sipdrift
