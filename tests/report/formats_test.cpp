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

#include "report/nasty_texts.hpp"
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

TEST(Formats, WriteNothingThatActsOnATerminalOrIsNotUtf8) {
  for (const std::string& nasty : nasty_texts) {
    for (const Format& format : formats()) {
      SCOPED_TRACE(format.name);
      expect_harmless(written(format, report_full_of(nasty)));
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
