// Waivers held against what was found: marks, states, and what is to be done about them.

#include "audit/waivers.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/table_fetcher.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr FieldPath port_path{Direction::outbound, Field::port};
const Timestamp now = *parse_rfc3339("2026-11-23T02:30:00.000Z");

Finding port_finding(std::int64_t live) {
  Finding finding;
  finding.path = port_path;
  finding.expected = std::int64_t{5061};
  finding.actual = live;
  return finding;
}

NumberResult result(const std::string& number,
                    std::variant<NotCompared, Comparison, Unmanaged> it) {
  return {.number = E164::parse(number).value(),
          .source = Source{0, 3},
          .profile = {},
          .tags = {"site:ams"},
          .outcome = std::move(it),
          .evidence = {}};
}

NumberResult drifted(const std::string& number, std::int64_t live = 5060) {
  return result(number, Comparison{{port_finding(live)}, {}});
}

/// Of a run that ended at `now`.
Report report(std::vector<NumberResult> results) {
  Report one;
  one.run.finished_at = now;
  one.run.manifests = {{"m.yaml", {}}};
  one.declared = results.size();
  one.results = std::move(results);
  return one;
}

Waiver waiver(const std::string& first, const std::string& last,
              const std::string& expires = "2027-06-30") {
  return {.subject = NumberRange{E164::parse(first).value(), E164::parse(last).value()},
          .path = port_path,
          .observed = {},
          .reason = "moves in June",
          .owner = "voice-oncall",
          .ticket = "NET-1",
          .expires = expires,
          .ends_at = parse_expiry(expires).value(),
          .source = {0, 9}};
}

std::vector<std::string> notices(Report report) {
  add_waiver_notices(report);
  std::vector<std::string> texts;
  for (const Notice& notice : report.notices) texts.push_back(notice.message);
  return texts;
}

TEST(Waivers, MarkWhatTheyCoverAndLeaveTheRest) {
  NumberResult partly = drifted("+13");
  Finding other = port_finding(1);
  other.path = {Direction::outbound, Field::transport};
  std::get<Comparison>(partly.outcome).findings.push_back(other);
  Report one = report({drifted("+12"), partly, drifted("+14")});
  apply_waivers({waiver("+12", "+13")}, one);
  EXPECT_EQ(one.results[0].status(), Status::waived);
  EXPECT_EQ(one.results[1].status(), Status::drifted) << "not all of it is waived";
  EXPECT_EQ(one.results[2].status(), Status::drifted);
  EXPECT_EQ(one.waivers[0].state, WaiverState::in_use);
  EXPECT_EQ(one.waivers[0].findings, 2U);
  EXPECT_THAT(notices(one), IsEmpty());
}

TEST(Waivers, TheFirstOfSeveralCovers) {
  Report one = report({drifted("+12")});
  apply_waivers({waiver("+12", "+12", "2026-01-01"), waiver("+12", "+13"), waiver("+12", "+12")},
                one);
  EXPECT_EQ(one.results[0].findings()[0].waiver, 1U);
  EXPECT_EQ(one.waivers[1].findings, 1U);
  EXPECT_EQ(one.waivers[2].state, WaiverState::unused);
}

TEST(Waivers, AreInForceToTheLastMillisecond) {
  for (const auto& [offset, status] : {std::pair(-1, Status::waived), {0, Status::drifted}}) {
    Report one = report({drifted("+12")});
    const Waiver until_midnight = waiver("+12", "+12", "2026-11-22");
    one.run.finished_at = until_midnight.ends_at + std::chrono::milliseconds(offset);
    apply_waivers({until_midnight}, one);
    EXPECT_EQ(one.results[0].status(), status);
  }
}

TEST(Waivers, ThatHaveExpiredSayWhatCountsAgain) {
  Report one = report({drifted("+12"), drifted("+13"), drifted("+14")});
  apply_waivers({waiver("+12", "+14", "2026-11-22"), waiver("+13", "+13")}, one);
  EXPECT_EQ(one.waivers[0].state, WaiverState::expired);
  EXPECT_EQ(one.waivers[0].findings, 2U) << "another waiver covers +13";
  EXPECT_THAT(notices(one), ElementsAre("the waiver at m.yaml:9 (+12..+14, outbound.port) has "
                                        "expired (2026-11-22): 2 findings count again"));
}

TEST(Waivers, ThatCoverNothingCanBeRemoved) {
  const Match agreement{.path = port_path};
  Report one = report({result("+12", Comparison{{}, {agreement}})});
  apply_waivers({waiver("+12", "+12"), waiver("+19", "+19"), waiver("+12", "+12", "2026-11-22")},
                one);
  EXPECT_EQ(one.waivers[0].state, WaiverState::unused);
  EXPECT_EQ(one.waivers[1].state, WaiverState::unused) << "of no declared number";
  EXPECT_THAT(notices(one),
              ElementsAre(HasSubstr("(+12, outbound.port) covers nothing, and can be removed"),
                          HasSubstr("(+19, outbound.port) covers nothing, and can be removed"),
                          HasSubstr("has expired (2026-11-22): it covers nothing, and can be")));
}

TEST(Waivers, AreNotCalledUnusedWhereTheirNumbersWereNotCompared) {
  Report one = report({result("+12", NotCompared{ErrorKind::timeout, "late"})});
  apply_waivers({waiver("+12", "+12")}, one);
  EXPECT_EQ(one.waivers[0].state, WaiverState::undecided);
  EXPECT_THAT(notices(one), IsEmpty());
}

TEST(Waivers, AreNotCalledUnusedWhereTheirNumbersWereNotSelected) {
  const Manifest whole = manifest();  // from +12 to +15
  Report one = report({});
  apply_waivers({waiver("+15", "+15"), waiver("+19", "+19")}, {&whole.numbers.at(3)}, whole, one);
  EXPECT_EQ(one.waivers[0].state, WaiverState::undecided);
  EXPECT_EQ(one.waivers[1].state, WaiverState::unused);
}

TEST(Waivers, ThatExpireWithinFourteenDaysSayWhoAnswersForThem) {
  Report one = report({drifted("+12"), drifted("+13"), drifted("+14")});
  apply_waivers({waiver("+12", "+12", "2026-11-23"),
                 waiver("+13", "+13", "2026-12-07T02:30:00Z"),  // 14 days from now
                 waiver("+14", "+14", "2026-12-07T02:30:01Z")},
                one);
  EXPECT_THAT(notices(one),
              ElementsAre("the waiver at m.yaml:9 (+12, outbound.port) expires within a day "
                          "(2026-11-23; voice-oncall, NET-1)",
                          HasSubstr("(+13, outbound.port) expires within 14 days (")));
}

TEST(Waivers, OfWhichThereAreManyDoNotFloodTheReport) {
  std::vector<Waiver> many;
  for (int i = 20; i < 28; ++i) {
    many.push_back(waiver("+" + std::to_string(i), "+" + std::to_string(i)));
  }
  Report one = report({});
  apply_waivers(many, one);
  const auto texts = notices(one);
  ASSERT_THAT(texts, SizeIs(6));
  EXPECT_EQ(texts.back(), "3 more waivers cover nothing; the JSON report has them all");
}

TEST(Waivers, AreAppliedAnewAsIfForTheFirstTime) {
  Report one = report({drifted("+12")});
  apply_waivers({waiver("+12", "+12")}, one);
  apply_waivers({waiver("+13", "+13")}, one);
  EXPECT_EQ(one.results[0].status(), Status::drifted);
  ASSERT_THAT(one.waivers, SizeIs(1));
  EXPECT_EQ(one.waivers[0].state, WaiverState::unused);
}

/// With numbers +12 and +13, each of which is to have port 5061 and has 5060.
Report audit_with_waivers(const std::string& waivers, const AuditOptions& how) {
  const auto both = read_manifest({{"m.yaml",
                                    "version: 1\nnumbers: [{numbers: ['+12', '+13'], port: 5061, "
                                    "tags: [site:ams]}]\n"
                                    "waivers:\n" +
                                        waivers}});
  EXPECT_TRUE(both);
  TableFetcher fetcher;
  for (const std::string digits : {"12", "13"}) {
    fetcher.outcomes[target(digits)] = answered(outbound_port("+" + digits, 5060));
  }
  return audit(*both, how, fetcher);
}

TEST(AuditWithWaivers, FailsOnlyOnWhatIsNotWaived) {
  const std::string rest =
      ", field: outbound.port, reason: r, owner: o, ticket: t, expires: 2030-01-01}\n";
  Report report = audit_with_waivers(" - {number: '+12', observed: 5060" + rest, options());
  EXPECT_EQ(report.run.exit_code, exit_status::drift);
  EXPECT_EQ(report.results[0].status(), Status::waived);
  report = audit_with_waivers(" - {tag: site:ams" + rest, options());
  EXPECT_EQ(report.run.exit_code, exit_status::in_sync);
  report = audit_with_waivers(" - {tag: site:ams, observed: 5062" + rest, options());
  EXPECT_EQ(report.run.exit_code, exit_status::drift) << "another value is drift again";
}

TEST(AuditWithWaivers, ShowsNoSecretThatWasPastedIntoOne) {
  const Report report = audit_with_waivers(
      " - {tag: SECRET, observed: SECRET, field: outbound.port, reason: a SECRET, owner: SECRET,"
      " ticket: SECRET, expires: 2030-01-01}\n",
      options_without("SECRET"));
  const Waiver& shown = report.waivers.at(0).waiver;
  EXPECT_EQ(shown.reason, "a ***");
  EXPECT_EQ(shown.owner, "***");
  EXPECT_EQ(shown.ticket, "***");
  EXPECT_EQ(shown.observed, "***");
  EXPECT_EQ(subject_text(shown), "tag:***");
  ASSERT_THAT(report.notices, SizeIs(1));
  EXPECT_THAT(report.notices[0].message, Not(HasSubstr("SECRET")));
}

}  // namespace
}  // namespace sipdrift
