// Every format of changes: against its golden files, fed with hostile text, and in all sizes.

#include "sipdrift/change_formats.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/nasty_texts.hpp"
#include "report/sample_changes.hpp"

namespace sipdrift {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(const Changes& changes, const FormatOptions& options = {}) {
  return written(*find_change_format("text"), changes, options);
}

std::string markdown_of(const Changes& changes, std::size_t max_bytes = 0) {
  return written(*find_change_format("markdown"), changes, {.max_bytes = max_bytes});
}

Changes sample(const std::string& name) {
  for (SampleChanges& one : sample_changes()) {
    if (one.name == name) return std::move(one.changes);
  }
  throw std::logic_error("there is no sample " + name);
}

// As formats_test.cpp has it for reports; update.sh writes these files, too.
TEST(Golden, EveryFormatOfAllChanges) {
  const bool is_update = std::getenv("SIPDRIFT_UPDATE_GOLDENS") != nullptr;
  for (const auto& [name, changes] : sample_changes()) {
    for (const ChangeFormat& format : change_formats()) {
      const std::string path = std::string(SIPDRIFT_GOLDEN_DIR) + "/" + name + "." +
                               std::to_string(changes.exit_code) + "." + std::string(format.name);
      const std::string text = written(format, changes);
      if (is_update) {
        std::ofstream(path, std::ios::binary) << text;
        continue;
      }
      std::ifstream file(path, std::ios::binary);
      ASSERT_TRUE(file) << path << " is missing; run tests/golden/update.sh";
      const std::string golden{std::istreambuf_iterator<char>(file), {}};
      EXPECT_EQ(text, golden) << path;
    }
  }
}

TEST(ChangeFormats, AreFoundByName) {
  std::set<std::string_view> names;
  for (const ChangeFormat& format : change_formats()) {
    EXPECT_EQ(find_change_format(format.name), &format);
    EXPECT_FALSE(format.description.empty());
    names.insert(format.name);
  }
  EXPECT_EQ(names.size(), change_formats().size());
  EXPECT_EQ(find_change_format("junit"), nullptr);
}

TEST(ChangeFormats, WriteNothingThatActsOnATerminalOrIsNotUtf8) {
  for (const std::string& nasty : nasty_texts) {
    for (const ChangeFormat& format : change_formats()) {
      SCOPED_TRACE(format.name);
      expect_harmless(written(format, changes_full_of(nasty)));
    }
  }
}

TEST(ChangeFormats, LetNoTextBeginALineOfItsOwnOrCommandTheLogOfACi) {
  for (const ChangeFormat& format : change_formats()) {
    EXPECT_THAT(written(format, changes_full_of("x\n::warning::y")), Not(HasSubstr("\n::warning")));
    if (format.name == "json") continue;  // which is for programs, and keeps every text
    EXPECT_THAT(written(format, changes_full_of("x ##[group]y")), Not(HasSubstr("##[")))
        << format.name;
  }
}

TEST(ChangeFormats, WriteNothingOfWhatContradictsItself) {
  Changes twice = sample("changes_none");
  twice.numbers.push_back(twice.numbers.front());
  Changes planless = sample("changes_not_as_planned");
  planless.plan.clear();
  Changes gap = sample("changes_found");
  gap.numbers.back().changes = gap.numbers.front().changes;
  Changes same = sample("changes_found");
  same.numbers.front().changes.front().after = same.numbers.front().changes.front().before;
  for (const Changes& changes : {twice, planless, gap, same}) {
    for (const ChangeFormat& format : change_formats()) {
      std::ostringstream out;
      EXPECT_THROW(format.write(changes, out, {}), std::logic_error);
      EXPECT_EQ(out.str(), "");
    }
  }
}

TEST(ChangesAsJson, KeepEveryTextExactly) {
  for (const std::string& nasty : nasty_texts) {
    if (!utf8::is_valid(nasty)) continue;
    const auto json =
        nlohmann::json::parse(written(*find_change_format("json"), changes_full_of(nasty)));
    EXPECT_EQ(json["numbers"][0]["changes"][0]["after"], nasty);
    EXPECT_EQ(json["numbers"][1]["steps"][0]["live"], nasty);
    EXPECT_EQ(json["numbers"][1]["source"]["file"], nasty);
    EXPECT_EQ(json["numbers"][2]["not_comparable"]["after"], "tls: " + nasty);
    EXPECT_EQ(json["notices"][0]["message"], nasty);
  }
}

TEST(ChangesAsText, HaveTheVerdictLast) {
  EXPECT_THAT(text_of(sample("changes_none")), EndsWith("Exit status 0: nothing changed.\n"));
  EXPECT_THAT(text_of(sample("changes_as_planned")),
              EndsWith("Exit status 0: exactly what was planned changed, and nothing else that is "
                       "shown.\n"));
  EXPECT_THAT(text_of(sample("changes_not_as_planned")),
              EndsWith("Exit status 6: live is not as planned; not all could be compared.\n"));
  Changes excused = sample("changes_found");
  excused.exit_code = 0;
  EXPECT_THAT(text_of(excused), EndsWith("Exit status 0: nothing of this is to fail the run.\n"));
}

TEST(ChangesAsText, CallNothingExactThatIsWaived) {
  Changes changes = sample("changes_not_as_planned");
  changes.numbers = {changes.numbers.at(0), changes.numbers.at(3)};
  changes.exit_code = exit_status_of(changes);
  EXPECT_EQ(changes.exit_code, 0);
  EXPECT_THAT(text_of(changes), EndsWith("nothing else; some of the plan is waived.\n"));
  EXPECT_THAT(markdown_of(changes), HasSubstr("# As planned, but for what is waived: 1 of 2"));
}

TEST(ChangesAsText, HaveColoursOnlyWhereTheyAreWanted) {
  const Changes changes = sample("changes_not_as_planned");
  EXPECT_THAT(text_of(changes), Not(HasSubstr("\x1b")));
  EXPECT_THAT(text_of(changes, {.colour = true}), HasSubstr("\x1b[31munplanned"));
  EXPECT_THAT(text_of(changes, {.colour = true}), HasSubstr("\x1b[32mplanned"));
}

TEST(ChangesAsText, AreAtMostAScreenful) {
  for (const std::size_t rows : {24U, 30U, 50U}) {
    const std::string text = text_of(many_changes(100), {.columns = 80, .rows = rows});
    EXPECT_LT(std::count(text.begin(), text.end(), '\n'), rows);
    EXPECT_THAT(text, HasSubstr(" more; --verbose shows all"));
    EXPECT_THAT(text, HasSubstr("after: timeout: too late"));  // not hidden by what changed
    EXPECT_THAT(text, HasSubstr("101 numbers: 0 unchanged, 100 changed, 1 not comparable"));
  }
}

TEST(ChangesAsMarkdown, StayWithinTheirLimit) {
  const std::string text = markdown_of(many_changes(100), 2048);
  EXPECT_LE(text.size(), 2048);
  EXPECT_THAT(text, HasSubstr("# 100 of 101 numbers changed, 1 not comparable\n"));
  EXPECT_THAT(text, EndsWith(" sections are left out here, to stay within 2048 bytes: the JSON "
                             "report has everything.\n"));
  Changes long_texts = changes_full_of(std::string(5000, 'x'));
  EXPECT_LE(markdown_of(long_texts, 2048).size(), 2048);
}

TEST(ChangesAsMarkdown, FenceBackticksInWithMore) {
  EXPECT_THAT(markdown_of(changes_full_of("a`b")), HasSubstr("`` before a`b ``"));
}

}  // namespace
}  // namespace sipdrift
