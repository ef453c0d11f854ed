// Waivers put into files as people write them: every byte is kept, and what is added reads back.

#include "sipdrift/waiver_writer.hpp"

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sipdrift/manifest.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

Waiver waiver(const std::string& first = "+12", const std::string& last = "+12") {
  Waiver one;
  one.subject = NumberRange{E164::parse(first).value(), E164::parse(last).value()};
  one.path = {Direction::outbound, Field::port};
  one.observed = "5060";
  one.reason = "it moves in March";
  one.owner = "voice-oncall";
  one.ticket = "NET-4211";
  one.expires = "2027-03-31";
  return one;
}

AddedWaivers added_to(const std::string& text, const std::vector<Waiver>& waivers) {
  auto added = add_waivers({"w.yaml", text}, waivers);
  if (!added) {
    for (const Diagnostic& fault : added.error()) ADD_FAILURE() << headline(fault);
    return {};
  }
  return *std::move(added);
}

std::string text_with_one_more(const std::string& text) { return added_to(text, {waiver()}).text; }

std::vector<std::string> refusals(const std::string& text, const std::vector<Waiver>& waivers) {
  const auto added = add_waivers({"w.yaml", text}, waivers);
  std::vector<std::string> lines;
  if (added) return {"it was accepted"};
  for (const Diagnostic& fault : added.error()) lines.push_back(headline(fault));
  return lines;
}

/// The waiver of waiver(), its dash in this column.
std::string item(std::size_t column, const std::string& line_end = "\n") {
  std::string text;
  for (const char* const line : {"- number: \"+12\"", "  field: outbound.port", "  observed: 5060",
                                 "  reason: \"it moves in March\"", "  owner: voice-oncall",
                                 "  ticket: NET-4211", "  expires: 2027-03-31"}) {
    text += std::string(column, ' ') + line + line_end;
  }
  return text;
}

TEST(WaiverWriter, BeginsANewFile) {
  const AddedWaivers added = added_to("", {waiver()});
  EXPECT_EQ(added.text, "version: 1\n\nwaivers:\n" + item(2));
  EXPECT_EQ(added.inserted, added.text);
  ASSERT_THAT(added.waivers, SizeIs(1));
  EXPECT_EQ(added.waivers[0].source.line, 4U);
}

const std::string old_item =
    "{tag: a, field: inbound, reason: r, owner: o, ticket: t, expires: 2027-01-01}";

/// A file in two parts, between which new waivers are to stand.
struct Split {
  std::string before;
  std::string after;
  std::string inserted;
};

void PrintTo(const Split& split, std::ostream* out) { *out << split.before << "|" << split.after; }

class FilesOfPeople : public ::testing::TestWithParam<Split> {};

TEST_P(FilesOfPeople, KeepEveryByte) {
  const auto& [before, after, inserted] = GetParam();
  const AddedWaivers added = added_to(before + after, {waiver()});
  EXPECT_EQ(added.text, before + inserted + after);
  EXPECT_EQ(added.inserted, inserted);
}

INSTANTIATE_TEST_SUITE_P(
    , FilesOfPeople,
    ::testing::Values(
        // A list: at its end, in its indentation, before whatever follows.
        Split{"version: 1\nwaivers:\n  - " + old_item + "\n", "", item(2)},
        Split{"version: 1\nwaivers:\n- " + old_item + "\n", "", item(0)},
        Split{"version: 1\nwaivers:\n      - " + old_item + "\n", "\nexpected_count: 1\n", item(6)},
        Split{"version: 1\nwaivers: # of ours - all\n  # - not this\n  -   tag: a\n      field: "
              "inbound\n      reason: r\n      owner: o\n      ticket: t\n      expires: "
              "2027-01-01  # at last - maybe\n      # for sure\n",
              "  # - tag: b\n# the end\n", item(2)},
        Split{"version: 1\nwaivers:\n  - {tag: a, field: inbound, reason: r, owner: o,\n     "
              "ticket: t, expires: 2027-01-01, # }\n     } # it\n",
              "numbers: [{number: '+13', port: 1}]\n", item(2)},
        Split{"version: 1\nwaivers:\n  -\n    tag: a\n    field: inbound\n    reason: r\n    "
              "owner: o\n    ticket: t\n    expires: '2027-01-01'\n",
              "...\n", item(2)},
        // No line end at the end of it.
        Split{"version: 1\nwaivers:\n  - " + old_item, "", "\n" + item(2)},
        Split{"version: 1\nwaivers:\n  - " + old_item + " # so", "", "\n" + item(2)},
        // Other line ends.
        Split{"version: 1\r\nwaivers:\r\n  - " + old_item + "\r\n", "# end\r\n", item(2, "\r\n")},
        Split{"version: 1\r\nwaivers:\r\n  - " + old_item, "", "\r\n" + item(2, "\r\n")},
        // No list yet: at the end of the file.
        Split{"version: 1\n", "", "\nwaivers:\n" + item(2)},
        Split{"version: 1", "", "\n\nwaivers:\n" + item(2)},
        Split{"\xEF\xBB\xBFversion: 1\nnumbers:\n  - number: '+13'\n    port: 5061\n# end\n", "",
              "\nwaivers:\n" + item(2)},
        Split{"version: 1\nnumbers: [\n  {number: '+13',\n   profile: elsewhere}\n]\n", "",
              "\nwaivers:\n" + item(2)},
        Split{"# c\n---\nversion: 1\n", "...\n# end\n", "\nwaivers:\n" + item(2)},
        Split{"  version: 1\n", "", "\n  waivers:\n" + item(4)},
        Split{"version: 1\r\n# {end", "", "\r\n\r\nwaivers:\r\n" + item(2, "\r\n")}));

TEST(WaiverWriter, AddsSeveralAndSaysWhereTheyStand) {
  Waiver whatever = waiver("+14150000100", "+14150000199");
  whatever.observed.reset();
  whatever.path = {Direction::inbound, std::nullopt};
  Waiver tagged = waiver();
  tagged.subject = "site:ams";
  tagged.expires = "2027-03-31T18:00:00+02:00";
  const AddedWaivers added =
      added_to("version: 1\nwaivers:\n- " + old_item + "\n", {waiver(), whatever, tagged});
  EXPECT_THAT(added.inserted,
              EndsWith("- range: \"+14150000100..+14150000199\"\n  field: inbound\n"
                       "  reason: \"it moves in March\"\n  owner: voice-oncall\n"
                       "  ticket: NET-4211\n  expires: 2027-03-31\n"
                       "- tag: \"site:ams\"\n  field: outbound.port\n  observed: 5060\n"
                       "  reason: \"it moves in March\"\n  owner: voice-oncall\n"
                       "  ticket: NET-4211\n  expires: \"2027-03-31T18:00:00+02:00\"\n"));
  ASSERT_THAT(added.waivers, SizeIs(3));
  EXPECT_EQ(added.waivers[0].source.line, 4U);
  EXPECT_EQ(added.waivers[1].source.line, 11U);
  EXPECT_EQ(rfc3339(added.waivers[2].ends_at), "2027-03-31T16:00:00.000Z");
}

TEST(WaiverWriter, CanBeCalledAgainAndAgain) {
  std::string text = "# ours\nversion: 1";
  for (int i = 10; i < 15; ++i) {
    const std::string number = "+1" + std::to_string(i);
    text = added_to(text, {waiver(number, number)}).text;
  }
  const auto manifest = read_manifest({{"w", text}}, true, Needs::numbers_or_waivers);
  ASSERT_TRUE(manifest);
  EXPECT_THAT(manifest->waivers, SizeIs(5));
  EXPECT_THAT(text, StartsWith("# ours\nversion: 1\n\nwaivers:\n  - number: \"+110\"\n"));
}

class TextsOfPeople : public ::testing::TestWithParam<const char*> {};

TEST_P(TextsOfPeople, ReadBackAsTheyAre) {
  Waiver one = waiver();
  one.reason = GetParam();
  one.owner = GetParam();
  one.ticket = GetParam();
  const AddedWaivers added = added_to("version: 1\n", {one});
  ASSERT_THAT(added.waivers, SizeIs(1));
  EXPECT_EQ(added.waivers[0].reason, GetParam());
  EXPECT_EQ(added.waivers[0].owner, GetParam());
  EXPECT_EQ(added.waivers[0].ticket, GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    , TextsOfPeople,
    ::testing::Values("null", "~", "Null", "true", "NO", "1234", "0x10", "1e3", ".5", "-", "- a",
                      "-1", "a: b", "a:", "a #b", "#b", "it's", "\"quoted\"", "back\\slash", "\\n",
                      "[a", "{a}", "a, b", "&a", "*a", "!t", "|", ">", "%a", "@a", "`a`", "? a",
                      "---", "...", "<<", "2026-12-31", "12:30:45", " padded ", "e", "a\\", "\\\"",
                      "Grüße aus Köln", "\xF0\x9F\x93\x9E moves", "=", "voice@example.com", "y"));

TEST(WaiverWriter, RefusesAListInBracketsAndAFileInBraces) {
  EXPECT_THAT(refusals("version: 1\nwaivers:\n  [" + old_item + "]\n", {waiver()}),
              ElementsAre(StartsWith("w.yaml:3:3: this list stands in brackets, and so takes no "
                                     "lines; write each waiver on lines of its own")));
  EXPECT_THAT(refusals("---\n# c\n{version: 1}\n", {waiver()}),
              ElementsAre(StartsWith("w.yaml:3:1: this manifest stands in braces")));
}

TEST(WaiverWriter, RefusesAFileThatIsWrong) {
  EXPECT_THAT(refusals("version: 1\nwaivers: []\n", {waiver()}),
              ElementsAre("w.yaml:2:10: waivers is empty; list the waivers, or remove the key"));
  EXPECT_THAT(refusals("waivers:\n- " + old_item + "\n", {waiver()}),
              ElementsAre(HasSubstr("there is no \"version\"")));
  EXPECT_THAT(refusals("version: 1\nnumbers: \"\n", {waiver()}),
              ElementsAre(HasSubstr("this quote is not closed on its line")));
  EXPECT_THAT(refusals("version: 1\n\xFF", {waiver()}), SizeIs(1));
}

TEST(WaiverWriter, RefusesWhatIsWaivedThereAlready) {
  const std::string text = text_with_one_more("version: 1\n");
  Waiver other = waiver();
  other.observed = "5062";
  EXPECT_THAT(refusals(text, {other, waiver()}),
              ElementsAre("w.yaml:4:1: outbound.port of +12 has this waiver already, until "
                          "2027-03-31; change that one, or leave it out"));
  EXPECT_THAT(added_to(text, {other}).text, StartsWith(text)) << "another value is another waiver";
}

}  // namespace
}  // namespace sipdrift
