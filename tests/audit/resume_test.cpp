// A run that completes another: what it takes over, and what it makes anew.

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

/// +12 in sync, +13 drifted; no answer for +14 and +15.
Report partial() {
  TableFetcher fetcher;
  fetcher.outcomes = {{target("12"), answered(outbound_port("+12", 5061))},
                      {target("13"), answered(outbound_port("+13", 5060))},
                      {target("14"), failed(ErrorKind::timeout, 1)}};
  fetcher.end = FetchEnd::interrupted;
  AuditOptions first = options();
  first.run_id = "run-0";
  return audit(manifest(), first, fetcher);
}

Report resumed(const Report& earlier, const Manifest& numbers, TableFetcher& fetcher) {
  AuditOptions later = options();
  later.resumed = &earlier;
  EXPECT_EQ(resume_fault(numbers, later), "");
  return audit(numbers, later, fetcher);
}

std::string fault_of(const Report& earlier) {
  AuditOptions later = options();
  later.resumed = &earlier;
  return resume_fault(manifest(), later);
}

TEST(Resume, AsksOnlyForWhatWasNotCompared) {
  const Report earlier = partial();
  TableFetcher fetcher;
  fetcher.outcomes = {{target("14"), answered(outbound_port("+14", 5061))},
                      {target("15"), answered(outbound_port("+15", 5062))}};
  const Report report = resumed(earlier, manifest(), fetcher);
  EXPECT_THAT(fetcher.asked, ::testing::UnorderedElementsAre(target("14"), target("15")));
  EXPECT_EQ(report.declared, 4U);
  std::vector<Status> statuses;
  for (const NumberResult& result : report.results) statuses.push_back(result.status());
  EXPECT_THAT(statuses,
              ElementsAre(Status::in_sync, Status::drifted, Status::in_sync, Status::drifted));
  EXPECT_TRUE(report.run.complete);
  EXPECT_EQ(report.run.resumed_from, "run-0");
  EXPECT_EQ(report.run.exit_code, exit_status::drift);
}

TEST(Resume, MayBeCutShortAgain) {
  const Report earlier = partial();
  TableFetcher nobody;
  nobody.end = FetchEnd::interrupted;
  const Report report = resumed(earlier, manifest(), nobody);
  EXPECT_FALSE(report.run.complete);
  EXPECT_EQ(summarize(report).count(Status::not_compared), 2U);
  EXPECT_EQ(summarize(report).count(Status::drifted), 1U);
}

TEST(Resume, KeepsNoMarkOfWaiversAndEarlierRuns) {
  Report earlier = partial();
  auto& comparison = std::get<Comparison>(earlier.results[1].outcome);
  comparison.findings[0].waiver = 7;
  comparison.findings[0].baseline = Baseline{};
  TableFetcher nobody;
  const Report report = resumed(earlier, manifest(), nobody);
  EXPECT_FALSE(report.results[1].findings()[0].waiver);
  EXPECT_FALSE(report.results[1].findings()[0].baseline);
}

TEST(Resume, DescribesNumbersAsTheManifestDoes) {
  Report earlier = partial();
  earlier.results[0].tags = {"site:elsewhere"};
  earlier.results[0].profile = "other";
  earlier.results[0].source->line = 99;
  TableFetcher nobody;
  const Report report = resumed(earlier, manifest(), nobody);
  EXPECT_THAT(report.results[0].tags, ElementsAre("site:ams"));
  EXPECT_EQ(report.results[0].profile, "acme");
  EXPECT_EQ(report.results[0].source->line, 4U);
}

TEST(Resume, BelievesNoVerdictThatItsObservationDoesNotBearOut) {
  EXPECT_EQ(fault_of(partial()), "");
  Report doctored = partial();
  doctored.results[1].outcome = doctored.results[0].outcome;  // "in sync"
  EXPECT_THAT(fault_of(doctored),
              HasSubstr("+13: outbound.port is identical, and what was observed "
                        "comes to changed (expected 5061, live 5060"));
  Report without = partial();
  without.results[0].observed.reset();
  EXPECT_THAT(fault_of(without), HasSubstr("does not say what was observed of +12"));
  Report halved = partial();
  std::get<Comparison>(halved.results[0].outcome).matches[0].path.field = Field::transport;
  EXPECT_THAT(fault_of(halved), HasSubstr("outbound.port is declared, and was not compared"));
}

TEST(Resume, IsOfTheSameNumbers) {
  Report more = partial();
  more.results.push_back(more.results[3]);
  more.results.back().number = E164::parse("+19").value();
  EXPECT_THAT(fault_of(more), HasSubstr("+19 is in it"));
  Report fewer = partial();
  fewer.results.erase(fewer.results.begin() + 2);
  EXPECT_THAT(fault_of(fewer), HasSubstr("+14 is not in it"));
  Report unmanaged = partial();
  unmanaged.results.push_back(unmanaged.results[3]);
  unmanaged.results.back().number = E164::parse("+19").value();
  unmanaged.results.back().outcome = Unmanaged{};
  EXPECT_EQ(fault_of(unmanaged), "");
}

}  // namespace
}  // namespace sipdrift
