// The Markdown format: what stands in code spans, and what is left out of a long one.

#include <cstddef>
#include <sstream>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/sample_reports.hpp"
#include "sipdrift/formats.hpp"

namespace sipdrift {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string markdown(const Report& report, std::size_t max_bytes = 0) {
  std::ostringstream text;
  find_format("markdown")->write(report, text, {.max_bytes = max_bytes});
  return text.str();
}

Report with_live_endpoint(std::string value) {
  Report report = sample_reports()[1].report;
  NumberResult& result = report.results.at(2);
  Finding finding = result.findings().front();
  finding.path = {Direction::outbound, Field::sip_endpoint};
  finding.actual = std::move(value);
  result.outcome = Comparison{{finding}, {}};
  return report;
}

/// Every second number of so many, so that none is beside another.
Report scattered(std::size_t count) {
  Report report = sample_reports()[1].report;
  const NumberResult drifted = report.results.at(2);
  report.results.clear();
  for (std::size_t i = 0; i < count; ++i) {
    report.results.push_back(drifted);
    report.results.back().number = E164::parse("+1415" + std::to_string(1000000 + 2 * i)).value();
  }
  report.declared = count;
  return report;
}

TEST(MarkdownFormat, FencesBackticksInWithMore) {
  EXPECT_THAT(markdown(with_live_endpoint("a`b")), HasSubstr(" → `` a`b ``\n"));
}

TEST(MarkdownFormat, KeepsBlanksAtBothEnds) {
  EXPECT_THAT(markdown(with_live_endpoint(" a ")), HasSubstr(" → `\" a \"`\n"));
}

TEST(MarkdownFormat, HasManyNumbersInOneEntryACause) {
  const std::string text = markdown(scattered(412));
  EXPECT_THAT(text, HasSubstr("### 412 numbers: outbound.transport `tls` → `none`\n"));
  EXPECT_THAT(text, HasSubstr("`+14151000822`\n\nThe first is declared at"));
  EXPECT_THAT(markdown(scattered(11)), Not(HasSubstr("- `+1415")));
  EXPECT_THAT(markdown(scattered(10)), HasSubstr("- `+14151000018` (`samples/manifest.yaml:20`)"));
}

TEST(MarkdownFormat, StaysWithinItsLimitAndSaysWhatItLeavesOut) {
  const Report report = scattered(5000);
  for (const std::size_t limit : {2048U, 4096U, 65'536U}) {
    const std::string text = markdown(report, limit);
    EXPECT_LE(text.size(), limit);
    EXPECT_THAT(text, HasSubstr("# 5000 of 5000 numbers drifted"));
    EXPECT_THAT(text, HasSubstr("5000 numbers: outbound.secure_media"));
    EXPECT_THAT(text, HasSubstr("`+14151000000` and 4999 more"));
  }
}

TEST(MarkdownFormat, SaysHowManySectionsItLeavesOut) {
  const std::string text = markdown(many_causes(100), 2048);
  EXPECT_LE(text.size(), 2048);
  EXPECT_THAT(text, HasSubstr("# 100 of 101 numbers drifted, 1 not compared"));
  EXPECT_THAT(text,
              EndsWith(" sections are left out here, to stay within 2048 bytes: the JSON report "
                       "has everything.\n"));
}

TEST(MarkdownFormat, LeavesNothingOutWhereAllOfItFits) {
  const std::string whole = markdown(scattered(100));
  EXPECT_EQ(markdown(scattered(100), whole.size()), whole);
  EXPECT_NE(markdown(scattered(100), whole.size() - 1), whole);
}

TEST(MarkdownFormat, HasAHeadThatFitsWhateverTheManifestsAreCalled) {
  Report report = scattered(1);
  report.run.api_url = std::string(5000, 'u');
  report.run.manifests.assign(50, {std::string(5000, 'm'), {}});
  report.notices.assign(50, {std::string(5000, 'n')});
  EXPECT_LE(markdown(report, 2048).size(), 2048);
}

}  // namespace
}  // namespace sipdrift
