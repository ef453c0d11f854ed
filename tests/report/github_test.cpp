// The report as workflow commands: as many annotations as GitHub shows, and none that a text from
// outside begins.

#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/sample_reports.hpp"

namespace sipdrift {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const Report& report) {
  std::istringstream text(written(*find_format("github"), report));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> errors_of(const Report& report) {
  std::vector<std::string> lines = lines_of(report);
  std::erase_if(lines, [](const std::string& line) { return !line.starts_with("::error "); });
  return lines;
}

/// Each number with a port of its own, and so a cause of its own.
std::vector<NumberResult> causes(int count) {
  return many(count, [port = std::int64_t{1}](const std::string& number) mutable {
    Finding finding = finding_of(Severity::major);
    finding.actual = port++;
    return drifted(number, {finding});
  });
}

TEST(GithubFormat, TellsEachCauseOnceAtTheLineOfItsFirstNumber) {
  Report report = report_of(many(
      5, [](const std::string& number) { return drifted(number, {finding_of(Severity::major)}); }));
  report.results[0].source->line = 7;
  EXPECT_THAT(lines_of(report),
              ElementsAre("::error file=samples/manifest.yaml,line=7,title=outbound.port changed::"
                          "outbound.port: expected 5061, live 5060%0A"
                          "5 numbers: +1000000..+1000004",
                          "::notice title=sipdrift::5 numbers: 5 drifted"));
}

TEST(GithubFormat, BeginsWithTheWorstAndEndsWithWhatWasNotCompared) {
  EXPECT_THAT(errors_of(report_of({drifted("+12", {finding_of(Severity::major)}),
                                   drifted("+13", {finding_of(Severity::critical)}),
                                   not_compared("+14", ErrorKind::timeout, "no reply")})),
              ElementsAre(HasSubstr("live false [critical: encryption is lost]%0A1 number: +13"),
                          HasSubstr("live 5060%0A1 number: +12"),
                          HasSubstr("title=not compared::timeout: no reply%0A1 number: +14")));
}

TEST(GithubFormat, TellsTenCauses) {
  EXPECT_THAT(errors_of(report_of(causes(10))),
              AllOf(SizeIs(10), Each(HasSubstr("title=outbound.port changed"))));
}

TEST(GithubFormat, TellsNineOfMoreCausesAndHowManyMoreThereAre) {
  std::vector<NumberResult> results = causes(11);
  results.push_back(not_compared("+1000020", ErrorKind::timeout, "no reply"));
  const std::vector<std::string> errors = errors_of(report_of(std::move(results)));
  ASSERT_THAT(errors, SizeIs(10));
  EXPECT_THAT(errors[8], HasSubstr("title=outbound.port changed"));
  EXPECT_EQ(errors[9],
            "::error title=sipdrift::3 more causes; the summary and the other reports have them "
            "all");
}

TEST(GithubFormat, TellsNoMoreThanTenNotices) {
  Report report = report_of({});
  for (int i = 1; i <= 9; ++i) report.notices.push_back({"notice " + std::to_string(i)});
  EXPECT_THAT(lines_of(report), AllOf(SizeIs(10), Contains(EndsWith("::notice 9"))));
  report.notices.push_back({"notice 10"});
  const std::vector<std::string> lines = lines_of(report);
  ASSERT_THAT(lines, SizeIs(10));
  EXPECT_EQ(lines[8], "::notice title=sipdrift::notice 8");
  EXPECT_EQ(lines[9], "::notice title=sipdrift::2 more notices");
}

TEST(GithubFormat, NamesSomeOfManyNumbers) {
  Report report = report_of(many(25, [](const std::string& number) {
    const bool is_odd = number.back() % 2 == 1;
    return is_odd ? drifted(number, {finding_of(Severity::major)})
                  : not_compared(number, ErrorKind::timeout, "no reply");
  }));
  EXPECT_THAT(errors_of(report),
              ElementsAre(EndsWith("%0A12 numbers: +1000001, +1000003, +1000005, +1000007, "
                                   "+1000009, +1000011, +1000013, +1000015, +1000017, +1000019, "
                                   "..."),
                          EndsWith("+1000018, ...")));
}

TEST(GithubFormat, EscapesAsGithubUnescapes) {
  Report report = report_of({not_compared("+12", ErrorKind::bad_reply, "100%, a:b")});
  report.run.manifests[0].path = "./a,b:c%.yaml";
  EXPECT_EQ(errors_of(report).at(0),
            "::error file=./a%2Cb%3Ac%25.yaml,line=1,title=not compared::"
            "bad_reply: 100%25, a:b%0A1 number: +12");
}

TEST(GithubFormat, HasNoFileForStdin) {
  Report report = report_of({drifted("+12", {finding_of(Severity::major)})});
  report.run.manifests[0].path = "-";
  EXPECT_THAT(errors_of(report), ElementsAre(StartsWith("::error title=outbound.port changed::")));
}

TEST(GithubFormat, BeginsEveryLineWithACommandOfItsOwn) {
  for (const std::string nasty : {"x\n::error::y", "::add-mask::1", "\r::stop-commands::y",
                                  " ##[stop-commands]y", "::", ",title=z::"}) {
    EXPECT_THAT(
        lines_of(report_full_of(nasty)),
        Each(AnyOf(StartsWith("::error file="), StartsWith("::notice title=sipdrift::"),
                   StartsWith("::error title=unmanaged numbers::"), StartsWith("::notice file="),
                   StartsWith("::notice title=no longer declared%3A outbound."))))
        << nasty;
  }
}

TEST(GithubFormat, CutsTextsThatGithubWouldCut) {
  for (const std::string& line : lines_of(report_full_of(std::string(100'000, 'x')))) {
    EXPECT_LT(line.substr(line.find("title=")).size(), 4096U);
  }
}

}  // namespace
}  // namespace sipdrift
