// Which numbers are audited, and what the exit status makes of how it ended.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/table_fetcher.hpp"
#include "sipdrift/audit.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> numbers_of(const Report& report) {
  std::vector<std::string> numbers;
  for (const NumberResult& result : report.results) numbers.emplace_back(result.number.text());
  return numbers;
}

// ---- Selection -------------------------------------------------------------------------------

std::vector<std::string> selected(std::vector<std::string> only, std::vector<std::string> exclude) {
  AuditOptions with_selection = options();
  with_selection.selection = {std::move(only), std::move(exclude)};
  TableFetcher fetcher;
  const Report report = audit(manifest(), with_selection, fetcher);
  EXPECT_THAT(fetcher.asked, SizeIs(report.results.size()));
  EXPECT_THAT(report.notices, SizeIs(1));
  return numbers_of(report);
}

TEST(Selection, TakesNumbersByGlobAndByTag) {
  EXPECT_THAT(selected({"+1[23]"}, {}), ElementsAre("+12", "+13"));
  EXPECT_THAT(selected({"+12", "tag:gold"}, {}), ElementsAre("+12", "+15"));
  EXPECT_THAT(selected({"tag:site:*"}, {"+13"}), ElementsAre("+12", "+14", "+15"));
  EXPECT_THAT(selected({}, {"tag:site:ams"}), ElementsAre("+15"));
  EXPECT_THAT(selected({"12"}, {}), IsEmpty());
}

TEST(Selection, OfNothingIsSaidAndFailsNothing) {
  AuditOptions with_selection = options();
  with_selection.selection.only = {"+9*"};
  TableFetcher fetcher;
  const Report report = audit(manifest(), with_selection, fetcher);
  ASSERT_THAT(report.notices, SizeIs(1));
  EXPECT_THAT(report.notices[0].message, HasSubstr("no number was selected"));
  EXPECT_EQ(report.run.exit_code, 0);
}

// ---- Parts -----------------------------------------------------------------------------------

Report audited_part(std::uint32_t index, std::uint32_t count, Selection selection = {}) {
  AuditOptions of_part = options();
  of_part.selection = std::move(selection);
  of_part.shard = Shard{.index = index, .count = count};
  TableFetcher fetcher;
  Report report = audit(manifest(), of_part, fetcher);
  EXPECT_THAT(fetcher.asked, SizeIs(report.results.size()));
  EXPECT_EQ(report.declared, report.results.size());
  return report;
}

TEST(AuditOfAPart, LeavesNoNumberOutAndHasNoneTwice) {
  for (const std::uint32_t count : {1U, 2U, 3U, 7U}) {
    std::vector<std::string> all;
    for (std::uint32_t index = 1; index <= count; ++index) {
      const Report part = audited_part(index, count);
      EXPECT_EQ(part.run.shard, (Shard{.index = index, .count = count}));
      EXPECT_EQ(part.run.whole.selected, 4U);
      EXPECT_EQ(part.run.whole.declared, 4U);
      for (const std::string& number : numbers_of(part)) all.push_back(number);
    }
    EXPECT_THAT(all, ::testing::UnorderedElementsAre("+12", "+13", "+14", "+15")) << count;
  }
}

TEST(AuditOfAPart, IsOfWhatIsSelectedAndSaysSo) {
  std::size_t numbers = 0;
  for (const std::uint32_t index : {1U, 2U}) {
    const Report part = audited_part(index, 2, {.only = {}, .exclude = {"+14"}});
    EXPECT_THAT(numbers_of(part), ::testing::Not(::testing::Contains("+14")));
    EXPECT_EQ(part.run.whole.selected, 3U);
    EXPECT_EQ(part.run.whole.declared, 4U);
    ASSERT_THAT(part.notices, SizeIs(2));
    EXPECT_THAT(part.notices[0].message, HasSubstr("3 of 4 numbers were selected"));
    EXPECT_EQ(part.notices[1].message, "part " + std::to_string(index) + " of 2: " +
                                           std::to_string(part.results.size()) + " of 3 numbers");
    numbers += part.results.size();
  }
  EXPECT_EQ(numbers, 3U);
}

TEST(AuditOfAPart, OfWhichThereAreMoreThanNumbersMayBeEmpty) {
  std::size_t empty = 0;
  for (std::uint32_t index = 1; index <= 20; ++index) {
    const Report part = audited_part(index, 20);
    EXPECT_EQ(part.run.exit_code, part.results.empty() ? 0 : exit_status::not_compared);
    if (part.results.empty()) ++empty;
  }
  EXPECT_GE(empty, 16U);
}

// ---- Exit status -----------------------------------------------------------------------------

TEST(AuditExitStatus, IsThatOfTheFetchsEndWhereItEndedEarly) {
  const auto status_after = [](FetchEnd end) {
    TableFetcher fetcher;
    fetcher.end = end;
    const Report report = audit(manifest(), options(), fetcher);
    EXPECT_FALSE(report.run.complete);
    EXPECT_THAT(report.notices, SizeIs(1));
    return report.run.exit_code;
  };
  EXPECT_EQ(status_after(FetchEnd::interrupted), exit_status::interrupted);
  EXPECT_EQ(status_after(FetchEnd::key_rejected), exit_status::no_audit);
  EXPECT_EQ(status_after(FetchEnd::failed), exit_status::no_audit);
  EXPECT_EQ(status_after(FetchEnd::deadline), exit_status::not_compared);
  EXPECT_EQ(status_after(FetchEnd::unreachable), exit_status::not_compared);
  EXPECT_EQ(status_after(FetchEnd::refused), exit_status::not_compared);
}

TEST(AuditExitStatus, ThatIsMilderThanTheFindingsIsSaid) {
  TableFetcher fetcher;
  AuditOptions mild = options();
  mild.exit_policy.exit_zero = true;
  const Report report = audit(manifest(), mild, fetcher);
  EXPECT_EQ(report.run.exit_code, 0);
  ASSERT_THAT(report.notices, SizeIs(1));
  EXPECT_THAT(report.notices[0].message, HasSubstr("would be 4"));
}

}  // namespace
}  // namespace sipdrift
