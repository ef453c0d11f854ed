// Which numbers are audited, and what the exit status makes of how it ended.

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
