// A waiver into many broken manifests: whatever takes it keeps every byte, and says one waiver
// more.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "manifest/broken_manifests.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/waiver_writer.hpp"

namespace sipdrift {
namespace {

Waiver waiver() {
  Waiver one;
  one.subject = NumberRange{E164::parse("+19").value(), E164::parse("+19").value()};
  one.path = {Direction::inbound, std::nullopt};
  one.reason = "it moves: in \"March\" # or so";
  one.owner = "o";
  one.ticket = "t";
  one.expires = "2027-03-31";
  return one;
}

/// How many waivers a manifest has that is sound by itself.
std::optional<std::size_t> waivers_in(const std::string& text) {
  const auto manifest = read_manifest({{"m", text}});
  if (!manifest) return std::nullopt;
  return manifest->waivers.size();
}

TEST(WaiverWriter, AddsOneToWhateverIsSoundAndKeepsTheRest) {
#ifdef SIPDRIFT_SANITIZED
  constexpr int rounds = 2'000;
#else
  constexpr int rounds = 20'000;
#endif
  Breaker breaker;
  int added_to = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string text = breaker.broken();
    // It throws, if what would be written does not say what it should.
    const auto added = add_waivers({"m", text}, {waiver()});
    const auto before = waivers_in(text);
    if (!added) continue;
    ++added_to;
    const std::size_t at = added->text.find(added->inserted);
    ASSERT_NE(at, std::string::npos);
    ASSERT_EQ(std::string(added->text).erase(at, added->inserted.size()), text);
    ASSERT_EQ(added->waivers.size(), 1U);
    if (!before) continue;
    ASSERT_EQ(waivers_in(added->text), *before + 1) << added->text;
  }
  EXPECT_GT(added_to, rounds / 20) << "hardly any took it";
}

}  // namespace
}  // namespace sipdrift
