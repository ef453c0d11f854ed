// The text format on screens of all sizes.

#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/columns.hpp"
#include "report/sample_reports.hpp"
#include "sipdrift/formats.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> lines_of(const Report& report, const FormatOptions& options) {
  std::stringstream text;
  find_format("text")->write(report, text, options);
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST(TextFormat, HasColoursOnlyWhereTheyAreWanted) {
  const Report report = sample_reports()[1].report;
  EXPECT_THAT(joined(lines_of(report, {})), Not(HasSubstr("\x1b")));
  const std::string coloured = joined(lines_of(report, {.colour = true}));
  EXPECT_THAT(coloured, HasSubstr("\x1b[31mdrifted"));
  EXPECT_THAT(coloured, HasSubstr("expected \x1b[32mtrue\x1b[0m"));  // as expected
  EXPECT_THAT(coloured, HasSubstr("live \x1b[31mfalse\x1b[0m"));     // as it is
}

TEST(TextFormat, IsAtMostAScreenful) {
  for (const std::size_t rows : {24U, 30U, 50U}) {
    const auto lines = lines_of(many_causes(100), {.columns = 80, .rows = rows});
    EXPECT_LT(lines.size(), rows);  // and the prompt
    EXPECT_GT(lines.size() + 6, rows);
    const std::string text = joined(lines);
    EXPECT_THAT(text, HasSubstr(" more; --verbose shows all"));
    EXPECT_THAT(text, HasSubstr("timeout: no whole reply within 10 s"));  // not hidden by the drift
    EXPECT_THAT(text, HasSubstr("101 numbers: 0 in sync, 100 drifted, 1 not compared"));
    EXPECT_THAT(text, HasSubstr("Exit status 6"));
  }
}

TEST(TextFormat, IsWithinANarrowScreenWhateverItTells) {
  for (const SampleReport& sample : sample_reports()) {
    for (const std::size_t columns : {36U, 50U, 61U, 80U}) {
      for (const bool colour : {false, true}) {
        const auto lines =
            lines_of(sample.report, {.colour = colour, .columns = columns, .rows = 24});
        EXPECT_LT(lines.size(), 40U) << sample.name;
        if (colour) continue;
        for (const std::string& line : lines) {
          EXPECT_LE(columns_of(line), columns) << sample.name << ": " << line;
        }
      }
    }
  }
}

TEST(TextFormat, TellsAFewNoticesOfManyOnAScreen) {
  Report report = many_causes(100);
  for (int i = 0; i < 30; ++i) report.notices.push_back({"a waiver has expired"});
  const auto lines = lines_of(report, {.columns = 80, .rows = 24});
  EXPECT_LT(lines.size(), 24U);
  EXPECT_THAT(joined(lines), HasSubstr("and 28 more; --verbose shows all"));
  EXPECT_THAT(joined(lines_of(report, {})), Not(HasSubstr("more;")));
}

TEST(TextFormat, TellsHowMuchItLeavesOut) {
  // 2 rows above, 5 below, 3 kept free: in 24, room for what timed out and 4 causes of 3 rows.
  const auto lines = lines_of(many_causes(100), {.columns = 0, .rows = 24});
  EXPECT_THAT(joined(lines), HasSubstr("... and 96 more; --verbose shows all"));
}

TEST(TextFormat, IsAllThereWithoutAScreen) {
  const std::string text = joined(lines_of(many_causes(100), {}));
  EXPECT_THAT(text, Not(HasSubstr("--verbose")));
  EXPECT_THAT(text, HasSubstr("+14155551198"));
}

TEST(TextFormat, IsAsWideAsTheScreenAndCutsNoNumber) {
  Report report = many_causes(3);
  for (NumberResult& result : report.results) {
    if (result.status() != Status::drifted) continue;
    Finding finding = result.findings().front();
    finding.actual = "sip:" + std::string(200, 'x') + "@example.com";
    result.outcome = Comparison{{finding}, {}};
  }
  for (const std::size_t columns : {64U, 80U, 100U}) {
    const auto lines = lines_of(report, {.columns = columns, .rows = 0});
    for (const std::string& line : lines) EXPECT_LE(columns_of(line), columns) << line;
    EXPECT_THAT(joined(lines), HasSubstr("+14155551000, +14155551002, +14155551004"));
    EXPECT_THAT(joined(lines), HasSubstr("le.com\n"));
  }
  const std::string narrow = joined(lines_of(report, {.columns = 30, .rows = 0}));
  EXPECT_THAT(narrow, HasSubstr("+14155551000,\n"));
}

TEST(CutTo, LeavesOutTheMiddle) {
  EXPECT_EQ(cut_to(10, "0123456789"), "0123456789");
  EXPECT_EQ(cut_to(10, "0123456789a"), "0123...89a");
  EXPECT_EQ(cut_to(0, "0123456789a"), "0123456789a");
  EXPECT_EQ(cut_to(2, "0123456789a"), "01");
}

TEST(CutTo, CutsBetweenCharacters) {
  EXPECT_EQ(cut_to(5, "ääääää"), "ä...ä");
  EXPECT_EQ(cut_to(7, "漢字漢字漢字"), "漢...字");  // each takes two columns
}

TEST(InLines, CutsNoEntry) {
  EXPECT_THAT(in_lines(7, {"a", "b", "c", "dddddddddd", "e"}),
              ElementsAre("a, b,", "c,", "dddddddddd,", "e"));
  EXPECT_THAT(in_lines(8, {"a", "b", "c"}), ElementsAre("a, b, c"));
}

}  // namespace
}  // namespace sipdrift
