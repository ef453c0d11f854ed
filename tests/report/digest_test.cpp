// Findings grouped as a person looks for them.

#include "report/digest.hpp"

#include <initializer_list>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/sample_reports.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const FieldPath port{Direction::outbound, Field::port};
const FieldPath endpoint{Direction::outbound, Field::sip_endpoint};
const FieldPath transport{Direction::outbound, Field::transport};

Finding changed(FieldPath path, Value expected, Value actual, Severity severity = Severity::major) {
  return {.path = path,
          .kind = FindingKind::changed,
          .severity = severity,
          .expected = std::move(expected),
          .actual = std::move(actual),
          .rule = Rule::none};
}

Finding moved_to(std::int64_t live) { return changed(port, std::int64_t{5061}, live); }

std::vector<std::string> texts(const Numbers& numbers) {
  std::vector<std::string> texts;
  for (const NumberResult* const one : numbers) texts.emplace_back(one->number.text());
  return texts;
}

TEST(Digest, HasTheSameDifferenceOnce) {
  const Report report =
      report_of({drifted("+11", {moved_to(5060)}), drifted("+12", {moved_to(5060)}),
                 drifted("+13", {moved_to(5062)})});
  const Digest grouped = digest(report);
  ASSERT_EQ(grouped.drift.size(), 2);
  EXPECT_EQ(grouped.drift[0].expected, "5061");
  EXPECT_EQ(grouped.drift[0].live, "5060");
  EXPECT_THAT(texts(grouped.drift[0].numbers), ElementsAre("+11", "+12"));
  EXPECT_THAT(texts(grouped.drift[1].numbers), ElementsAre("+13"));
}

TEST(Digest, HasLostEncryptionBeforeWhatConcernsMoreNumbers) {
  const Report report =
      report_of({drifted("+11", {moved_to(5060)}), drifted("+12", {moved_to(5060)}),
                 drifted("+13", {changed(transport, "tls", "udp", Severity::critical)})});
  EXPECT_EQ(digest(report).drift[0].path, transport);
}

TEST(Digest, TakesValuesThatDifferInTheNumberItselfForOne) {
  const Report report = report_of({drifted("+11", {changed(endpoint, "sip:+11@a", "sip:+11@b")}),
                                   drifted("+12", {changed(endpoint, "sip:+12@a", "sip:+12@b")})});
  const Digest grouped = digest(report);
  ASSERT_EQ(grouped.drift.size(), 1);
  EXPECT_EQ(grouped.drift[0].live, "sip:{number}@b");
}

TEST(Digest, KeepsReasonsApart) {
  const Report report = report_of({not_compared("+11", ErrorKind::timeout, "a"),
                                   not_compared("+12", ErrorKind::bad_reply, "a"),
                                   not_compared("+13", ErrorKind::bad_reply, "b"),
                                   not_compared("+14", ErrorKind::bad_reply, "b")});
  const Digest grouped = digest(report);
  ASSERT_EQ(grouped.obstacles.size(), 3);
  EXPECT_EQ(grouped.obstacles[0].message, "b");
  EXPECT_THAT(texts(grouped.obstacles[0].numbers), ElementsAre("+13", "+14"));
}

TEST(Digest, TakesReasonsThatDifferInTheNumberItselfForOne) {
  const Report report = report_of({not_compared("+11", ErrorKind::http_status, "no +11 here"),
                                   not_compared("+12", ErrorKind::http_status, "no +12 here")});
  const Digest grouped = digest(report);
  ASSERT_EQ(grouped.obstacles.size(), 1);
  EXPECT_EQ(grouped.obstacles[0].message, "no {number} here");
}

TEST(Digest, KeepsValuesApartThatOnlyLookAlike) {
  const Finding missing{.path = transport,
                        .kind = FindingKind::changed,
                        .severity = Severity::major,
                        .expected = "tls",
                        .actual = {},
                        .rule = Rule::none};
  std::set<std::string> shown;
  const std::vector<Value> values{
      Value(),     "none",          "",  "\"\"", "a\n",  "a\\u{A}",           "tls", "tls\u200B",
      "tls\u00A0", std::int64_t{5}, "5", true,   "true", "differs (redacted)"};
  for (const Value& value : values) {
    Finding finding = missing;
    finding.actual = value;
    const Report report = report_of({drifted("+11", {finding})});
    shown.insert(digest(report).drift.at(0).live);
  }
  EXPECT_EQ(shown.size(), values.size());
}

TEST(Digest, CountsWhatAgreesInOtherWords) {
  const Report report = sample_reports()[0].report;
  const Digest grouped = digest(report);
  EXPECT_EQ(grouped.in_sync.size(), 2);
  EXPECT_EQ(grouped.equivalent, 1);
  EXPECT_THAT(grouped.drift, IsEmpty());
}

TEST(Digest, PutsCausesOfTheSameNumbersTogether) {
  const Finding lost = changed(transport, "tls", "udp", Severity::critical);
  const Report report =
      report_of({drifted("+11", {moved_to(5060), lost}), drifted("+12", {moved_to(5060), lost}),
                 drifted("+13", {moved_to(5062)})});
  const Digest grouped = digest(report);
  const auto groups = of_the_same_numbers(grouped.drift);
  ASSERT_EQ(groups.size(), 2);
  ASSERT_EQ(groups[0].size(), 2);
  EXPECT_EQ(groups[0][0]->path, transport);
  EXPECT_EQ(groups[0][1]->path, port);
}

std::vector<std::string> ranges_of(std::initializer_list<const char*> list) {
  std::vector<NumberResult> results;
  for (const char* const text : list) results.push_back(drifted(text, {moved_to(1)}));
  const Report report = report_of(std::move(results));
  Numbers numbers;
  for (const NumberResult& result : report.results) numbers.push_back(&result);
  return in_ranges(numbers);
}

TEST(InRanges, JoinsThreeNeighboursAndMore) {
  EXPECT_THAT(ranges_of({"+10", "+12", "+13", "+14", "+16"}),
              ElementsAre("+10", "+12..+14", "+16"));
  EXPECT_THAT(ranges_of({"+10", "+11"}), ElementsAre("+10", "+11"));
  EXPECT_THAT(ranges_of({"+10", "+11", "+12"}), ElementsAre("+10..+12"));
  EXPECT_THAT(ranges_of({}), IsEmpty());
}

TEST(InRanges, JoinsNoNumbersOfDifferentLength) {
  EXPECT_THAT(ranges_of({"+98", "+99", "+100"}), ElementsAre("+98", "+99", "+100"));
}

}  // namespace
}  // namespace sipdrift
