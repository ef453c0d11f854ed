// Every format of the table: against its golden files, and fed with hostile text.

#include "sipdrift/formats.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <utf8.h>

#include "model/visible_text.hpp"
#include "report/sample_reports.hpp"

namespace sipdrift {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// tests/golden/NAME.EXIT_STATUS.FORMAT
std::string golden_path(const SampleReport& sample, const Format& format) {
  return std::string(SIPDRIFT_GOLDEN_DIR) + "/" + sample.name + "." +
         std::to_string(sample.report.run.exit_code) + "." + std::string(format.name);
}

// tests/golden/update.sh writes the files anew; the difference is then for a person to judge.
TEST(Golden, EveryFormatOfEveryReport) {
  const bool is_update = std::getenv("SIPDRIFT_UPDATE_GOLDENS") != nullptr;
  for (const SampleReport& sample : sample_reports()) {
    for (const Format& format : formats()) {
      const std::string path = golden_path(sample, format);
      std::string text = written(format, sample.report);
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

TEST(Formats, AreFoundByName) {
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    EXPECT_EQ(find_format(format.name), &format);
    EXPECT_FALSE(format.description.empty());
    names.insert(format.name);
  }
  EXPECT_EQ(names.size(), formats().size());
  EXPECT_EQ(find_format("yaml"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

const std::vector<std::string> nasty_texts = {
    std::string("\0NUL", 4),
    "\x1b[2J\x1b]0;title\a",
    "line\nend\r\n::error::x",
    "##[group]x ##vso[task.complete]y",
    "\x01\x02\b\t\v\f\x0e\x1f\x7f",
    "\xC2\x80\xC2\x9B\xC2\x9F",
    "\u202Eright to left\u2066\u2069\u200F\u061C",
    "\u2028\u2029\uFEFF\uFFFE\uFFFF",
    "\xFF\xFE not UTF-8 \xC3\x28 \xED\xA0\x80 \xF4\x90\x80\x80",
    "]]><!--<x a=\"1\">&amp;&#27;</failure>",
    "\"quoted\" 'quoted' \\ back\\u001b slash {} %s ${x} `x`",
    "sip:a@h | <b>bold</b> | @everyone",
    std::string(100'000, 'x'),
    "",
};

TEST(Formats, WriteNothingThatActsOnATerminalOrIsNotUtf8) {
  for (const std::string& nasty : nasty_texts) {
    for (const Format& format : formats()) {
      const std::string text = written(format, report_full_of(nasty));
      ASSERT_EQ(utf8::find_invalid(text), std::string::npos) << format.name;
      for (auto position = text.begin(); position != text.end();) {
        const char32_t character = utf8::unchecked::next(position);
        ASSERT_FALSE(character != '\n' && is_unsafe_to_show(character))
            << format.name << " writes U+" << std::hex << static_cast<std::uint32_t>(character);
      }
    }
  }
}

TEST(Formats, LetNoTextBeginALineOfItsOwn) {
  // A workflow command that no format gives of itself.
  const Report report = report_full_of("x\n::warning::y");
  for (const Format& format : formats()) {
    EXPECT_THAT(written(format, report), Not(HasSubstr("\n::warning"))) << format.name;
  }
}

TEST(Formats, HoldNoCommandToTheLogOfACi) {
  for (const Format& format : formats()) {
    if (format.name == "json") continue;  // which is for programs, and keeps every text
    EXPECT_THAT(written(format, report_full_of("x ##[group]y")), Not(HasSubstr("##[")))
        << format.name;
  }
}

TEST(JsonFormat, KeepsEveryTextExactly) {
  for (const std::string& nasty : nasty_texts) {
    if (!utf8::is_valid(nasty)) continue;
    const auto json = nlohmann::json::parse(written(*find_format("json"), report_full_of(nasty)));
    EXPECT_EQ(json["results"][0]["findings"][0]["actual"], nasty);
    EXPECT_EQ(json["results"][0]["tags"][0], nasty);
    EXPECT_EQ(json["results"][1]["error"]["message"], nasty);
    EXPECT_EQ(json["notices"][0]["message"], nasty);
  }
}

}  // namespace
}  // namespace sipdrift
