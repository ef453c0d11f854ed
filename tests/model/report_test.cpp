// The report object: a status is never better than what was compared, and the figures add up.

#include "sipdrift/report.hpp"

#include <set>

#include <gtest/gtest.h>

#include "sipdrift/exit_status.hpp"

namespace sipdrift {
namespace {

E164 number(std::string_view text) { return E164::parse(text).value(); }

NumberResult result(std::string_view text,
                    std::variant<NotCompared, Comparison, Unmanaged> outcome = {}) {
  return NumberResult{.number = number(text),
                      .source = Source{},
                      .profile = {},
                      .tags = {},
                      .outcome = std::move(outcome),
                      .evidence = {}};
}

Comparison agreeing() { return {{}, {{{Direction::outbound, Field::port}, {}, {}}}}; }

Comparison drifting(Severity severity) {
  return {{{.path = {Direction::outbound, Field::port},
            .kind = FindingKind::changed,
            .severity = severity,
            .expected = std::int64_t{5061},
            .actual = std::int64_t{5060},
            .rule = Rule::none}},
          {}};
}

Report report_of(std::vector<NumberResult> results) {
  const std::size_t declared = results.size();
  return {.run = {}, .declared = declared, .results = std::move(results), .notices = {}};
}

TEST(NumberResult, IsNotComparedUntilItIs) {
  EXPECT_EQ(result("+12").status(), Status::not_compared);
  EXPECT_NE(result("+12").error(), nullptr);
}

TEST(NumberResult, IsNotInSyncWhereNothingWasCompared) {
  const NumberResult empty = result("+12", Comparison{});
  EXPECT_EQ(empty.status(), Status::not_compared);
  ASSERT_NE(empty.error(), nullptr);
  EXPECT_EQ(empty.error()->kind, ErrorKind::internal);
}

TEST(NumberResult, DerivesItsStatusFromTheOutcome) {
  EXPECT_EQ(result("+12", agreeing()).status(), Status::in_sync);
  EXPECT_EQ(result("+12", agreeing()).error(), nullptr);
  EXPECT_EQ(result("+12", drifting(Severity::major)).status(), Status::drifted);
  EXPECT_EQ(result("+12", NotCompared{ErrorKind::timeout, "x"}).error()->kind, ErrorKind::timeout);
}

TEST(Summary, CountsEveryNumberOnce) {
  const Summary summary = summarize(report_of(
      {result("+12", agreeing()), result("+13", drifting(Severity::critical)), result("+14")}));
  EXPECT_EQ(summary.declared, 3U);
  EXPECT_EQ(summary.count(Status::in_sync), 1U);
  EXPECT_EQ(summary.count(Status::drifted), 1U);
  EXPECT_EQ(summary.count(Status::not_compared), 1U);
  EXPECT_EQ(summary.count(Status::waived), 0U);
  EXPECT_EQ(summary.findings, 1U);
  EXPECT_EQ(summary.count(Severity::critical), 1U);
  EXPECT_EQ(summary.findings_by_field.at({Direction::outbound, Field::port}), 1U);
}

TEST(ExitStatus, SaysDriftAndGapsByBits) {
  const ExitPolicy policy;
  EXPECT_EQ(exit_status_of(report_of({}), policy), 0);
  EXPECT_EQ(exit_status_of(report_of({result("+12", agreeing())}), policy), 0);
  EXPECT_EQ(exit_status_of(report_of({result("+12", drifting(Severity::major))}), policy), 2);
  EXPECT_EQ(exit_status_of(report_of({result("+12")}), policy), 4);
  EXPECT_EQ(exit_status_of(report_of({result("+12"), result("+13", drifting(Severity::major)),
                                      result("+14", agreeing())}),
                           policy),
            6);
}

TEST(ExitStatus, FollowsThePolicy) {
  const Report major = report_of({result("+12", drifting(Severity::major)), result("+13")});
  EXPECT_EQ(exit_status_of(major, {.fail_on = Severity::critical}), 4);
  EXPECT_EQ(exit_status_of(major, {.exit_zero = true}), 0);
  const Report critical = report_of({result("+12", drifting(Severity::critical))});
  EXPECT_EQ(exit_status_of(critical, {.fail_on = Severity::critical}), 2);
}

TEST(NumberResult, IsWaivedOnlyWhereAllItsFindingsAre) {
  Comparison both = drifting(Severity::major);
  both.findings.push_back(both.findings.front());
  both.findings[0].waiver = 0;
  EXPECT_EQ(result("+12", both).status(), Status::drifted);
  both.findings[1].waiver = 0;
  EXPECT_EQ(result("+12", both).status(), Status::waived);
}

TEST(Summary, CountsWaivedFindingsApart) {
  Comparison waived = drifting(Severity::critical);
  waived.findings.front().waiver = 0;
  const Summary summary =
      summarize(report_of({result("+12", waived), result("+13", drifting(Severity::major))}));
  EXPECT_EQ(summary.findings, 1U);
  EXPECT_EQ(summary.waived_findings, 1U);
  EXPECT_EQ(summary.count(Severity::critical), 0U);
}

TEST(ExitStatus, LetsWaivedFindingsPass) {
  Comparison waived = drifting(Severity::critical);
  waived.findings.front().waiver = 0;
  EXPECT_EQ(exit_status_of(report_of({result("+12", waived)}), {}), 0);
}

TEST(ExitStatus, LetsKnownFindingsPassWhereOnlyNewOnesCount) {
  const auto status_with = [](std::optional<Baseline> baseline) {
    Comparison comparison = drifting(Severity::critical);
    comparison.findings.front().baseline = baseline;
    return exit_status_of(report_of({result("+12", comparison)}), {.new_only = true});
  };
  EXPECT_EQ(status_with(Baseline{BaselineState::unchanged, {}, 2}), 0);
  EXPECT_EQ(status_with(Baseline{BaselineState::updated, {}, 2}), 2);
  EXPECT_EQ(status_with(Baseline{BaselineState::fresh, {}, 1}), 2);
  EXPECT_EQ(status_with(std::nullopt), 2);  // nothing to know it by
}

TEST(ExitStatus, CountsUnmanagedNumbersWhereTheyAreToCount) {
  Report report = report_of({result("+12", agreeing()), result("+13", Unmanaged{})});
  report.declared = 1;
  report.discovery = Discovery{};
  EXPECT_EQ(exit_status_of(report, {}), 0);
  report.discovery->is_failure = true;
  EXPECT_EQ(exit_status_of(report, {}), 2);
  EXPECT_EQ(exit_status_of(report, {.exit_zero = true}), 0);
}

TEST(ExitStatus, HasAGapWithoutTheProvidersList) {
  Report report = report_of({result("+12", agreeing())});
  report.discovery = Discovery{};
  report.discovery->error = NotCompared{ErrorKind::timeout, "no list"};
  EXPECT_EQ(exit_status_of(report, {}), 4);
}

TEST(ExitStatus, EveryOneHasAMeaning) {
  for (const int status : {0, 1, 2, 4, 6, 64, 65, 130, 143}) {
    EXPECT_FALSE(exit_meaning(status).empty()) << status;
  }
  EXPECT_TRUE(exit_meaning(3).empty());
}

TEST(Fingerprint, DependsOnNumberPathAndKindAlone) {
  const Finding finding = drifting(Severity::major).findings[0];
  Finding other_value = finding;
  other_value.actual = std::int64_t{1};
  other_value.severity = Severity::critical;
  EXPECT_EQ(fingerprint(number("+12"), finding), fingerprint(number("+12"), other_value));

  Finding other_kind = finding;
  other_kind.kind = FindingKind::missing;
  Finding other_path = finding;
  other_path.path.direction = Direction::inbound;
  const std::set<std::string> different{
      fingerprint(number("+12"), finding), fingerprint(number("+13"), finding),
      fingerprint(number("+12"), other_kind), fingerprint(number("+12"), other_path)};
  EXPECT_EQ(different.size(), 4U);
}

TEST(Fingerprint, StaysTheSameFromReleaseToRelease) {
  // printf '+14150000000\noutbound.port\nchanged' | sha256sum
  EXPECT_EQ(fingerprint(number("+14150000000"), drifting(Severity::major).findings[0]),
            "036ddb14dddc8e2d67f81bb4a8d89073ef6d42abe5a49aaf6f23aa3608f67ab6");
}

TEST(Sha256, IsThatOfTheStandard) {
  // FIPS 180-4's example, "abc".
  EXPECT_EQ(Sha256::of("abc").hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Timestamp, IsWrittenInUtc) {
  const Timestamp time{std::chrono::milliseconds{1795399205120}};
  EXPECT_EQ(rfc3339(time), "2026-11-23T02:00:05.120Z");
  EXPECT_EQ(rfc3339_without_zone(time), "2026-11-23T02:00:05");
  EXPECT_EQ(rfc3339(Timestamp{}), "1970-01-01T00:00:00.000Z");
}

template <class Values>
std::size_t distinct_names(const Values& values) {
  std::set<std::string_view> names;
  for (const auto value : values) names.insert(name(value));
  names.erase("");
  return names.size();
}

TEST(Words, AreAllThereAndAllDifferent) {
  EXPECT_EQ(distinct_names(all_directions), all_directions.size());
  EXPECT_EQ(distinct_names(all_fields), all_fields.size());
  EXPECT_EQ(distinct_names(all_transports), all_transports.size());
  EXPECT_EQ(distinct_names(all_auth_modes), all_auth_modes.size());
  EXPECT_EQ(distinct_names(all_statuses), all_statuses.size());
  EXPECT_EQ(distinct_names(all_severities), all_severities.size());
  EXPECT_EQ(distinct_names(all_finding_kinds), all_finding_kinds.size());
  EXPECT_EQ(distinct_names(all_error_kinds), all_error_kinds.size());
  EXPECT_EQ(distinct_names(all_rules), all_rules.size() - 1) << "plain equality has no name";
  for (const Rule rule : all_rules) EXPECT_EQ(explanation(rule).empty(), rule == Rule::none);
}

}  // namespace
}  // namespace sipdrift
