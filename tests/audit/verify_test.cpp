// What makes a report no evidence: each thing by itself, and all of them at once.

#include "sipdrift/verify.hpp"

#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/table_fetcher.hpp"

namespace sipdrift {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Timestamp at(int seconds) { return Timestamp{std::chrono::seconds(seconds)}; }

Manifest waived() {
  Manifest numbers = manifest();
  numbers.waivers.push_back({.subject = std::string("gold"),
                             .path = {Direction::outbound, Field::port},
                             .observed = {},
                             .reason = "moved",
                             .owner = "voice",
                             .ticket = "T-1",
                             .expires = rfc3339(at(1000)),
                             .ends_at = at(1000),
                             .source = {.manifest = 0, .line = 9}});
  return numbers;
}

/// +12 and +14 in sync, +13 drifted, +15 waived.
Report audited(const Manifest& numbers, const AuditOptions& some = options()) {
  TableFetcher fetcher;
  fetcher.outcomes = {{target("12"), answered(outbound_port("+12", 5061))},
                      {target("13"), answered(outbound_port("+13", 5060))},
                      {target("14"), answered(outbound_port("+14", 5061))},
                      {target("15"), answered(outbound_port("+15", 5062))}};
  return audit(numbers, some, fetcher);
}

std::vector<std::string> faults_after(const std::function<void(Report&)>& change) {
  Report report = audited(waived());
  change(report);
  return verify(report, waived()).faults;
}

TEST(Verify, FindsNothingWrongWithWhatAnAuditGives) {
  const Verification verification = verify(audited(waived()), waived());
  EXPECT_THAT(verification.faults, IsEmpty());
  EXPECT_EQ(verification.numbers, 4U);
  EXPECT_EQ(verification.fields, 4U);
  EXPECT_EQ(verification.hidden, 0U);
}

TEST(Verify, IsAboutTheVeryBytesOfTheManifest) {
  EXPECT_THAT(faults_after([](Report& report) { report.run.manifests[0].path = "elsewhere"; }),
              IsEmpty());
  EXPECT_THAT(
      faults_after([](Report& report) { report.run.manifests[0].sha256 = Sha256::of("x"); }),
      ElementsAre(HasSubstr("is of another manifest: m.yaml has SHA-256")));
}

TEST(Verify, WantsAllOfTheFleet) {
  EXPECT_THAT(faults_after([](Report& report) { report.run.complete = false; }),
              ElementsAre("is of a run that did not come to its end"));
  EXPECT_THAT(faults_after([](Report& report) { report.results.erase(report.results.begin()); }),
              ElementsAre("+12: is declared on line 4 of m.yaml, and not in the report"));
  EXPECT_THAT(
      faults_after([](Report& report) { report.results[3].number = E164::parse("+16").value(); }),
      ElementsAre(HasSubstr("+15: is declared"), "+16: is in the report, and not declared"));
  AuditOptions of_part = options();
  of_part.shard = Shard{.index = 1, .count = 2};
  EXPECT_THAT(verify(audited(manifest(), of_part), manifest()).faults,
              ElementsAre("is only part 1 of 2"));
}

TEST(Verify, WantsEveryNumberCompared) {
  TableFetcher nobody;
  EXPECT_THAT(verify(audit(manifest(), options(), nobody), manifest()).faults,
              ElementsAre("4 numbers were not compared"));
  EXPECT_THAT(faults_after([](Report& report) {
                report.results[0].outcome = NotCompared{ErrorKind::timeout, "late"};
              }),
              ElementsAre("1 number was not compared"));
}

TEST(Verify, WantsTimesThatCanBe) {
  const auto second = std::chrono::seconds(1);
  EXPECT_THAT(faults_after([&](Report& report) { report.run.finished_at -= second; }),
              Contains("is of a run that ended before it began"));
  EXPECT_THAT(
      faults_after([&](Report& report) { *report.results[0].evidence.observed_at += second; }),
      ElementsAre("+12: was not observed at a time of the run"));
  const auto observe_earlier = [&](Report& report) {
    *report.results[0].evidence.observed_at -= second;
  };
  EXPECT_THAT(faults_after(observe_earlier),
              ElementsAre("+12: was not observed at a time of the run"));
  EXPECT_THAT(faults_after([&](Report& report) {
                observe_earlier(report);
                report.run.resumed_from = "an earlier run";
              }),
              IsEmpty());
}

TEST(Verify, AllowsNumbersThatOnlyTheProviderLists) {
  const auto unmanaged = [](Report& report, const std::string& number) {
    report.results.push_back(report.results.back());
    report.results.back().number = E164::parse(number).value();
    report.results.back().outcome = Unmanaged{};
  };
  EXPECT_THAT(faults_after([&](Report& report) { unmanaged(report, "+19"); }), IsEmpty());
  EXPECT_THAT(faults_after([&](Report& report) { report.results[0].outcome = Unmanaged{}; }),
              ElementsAre("+12: is declared, and reported as unmanaged"));
  EXPECT_THAT(faults_after([&](Report& report) {
                report.discovery = Discovery{};
                report.discovery->error = NotCompared{ErrorKind::timeout, "late"};
              }),
              ElementsAre(HasSubstr("could not get the provider's list")));
}

TEST(Verify, WantsNumbersDescribedAsTheManifestHasThem) {
  EXPECT_THAT(faults_after([](Report& report) { report.results[0].profile = "pbx"; }),
              ElementsAre("+12: its profile is \"acme\", and \"pbx\" in the report"));
  EXPECT_THAT(faults_after([](Report& report) { report.results[0].tags.clear(); }),
              ElementsAre("+12: its tags are [site:ams], and [] in the report"));
  EXPECT_THAT(faults_after([](Report& report) { report.results[0].source->line = 5; }),
              ElementsAre(HasSubstr("+12: is declared on line 4 of m.yaml, and not where")));
  EXPECT_THAT(faults_after([](Report& report) { report.results[0].tags = {"[redacted]"}; }),
              IsEmpty());
}

TEST(Verify, MakesEachVerdictAgain) {
  EXPECT_THAT(faults_after([](Report& report) { report.results[1].outcome = Comparison{}; }),
              ElementsAre("+13: outbound.port is declared, and was not compared"));
  EXPECT_THAT(
      faults_after([](Report& report) { report.results[1].outcome = report.results[0].outcome; }),
      ElementsAre(HasSubstr("+13: outbound.port is identical, and what was observed comes to "
                            "changed (expected 5061, live 5060, major)")));
  const auto after_finding = [](const std::function<void(Finding&)>& change) {
    return faults_after([&](Report& report) {
      change(std::get<Comparison>(report.results[1].outcome).findings[0]);
    });
  };
  EXPECT_THAT(after_finding([](Finding& one) { one.severity = Severity::critical; }), SizeIs(1));
  EXPECT_THAT(after_finding([](Finding& one) { one.kind = FindingKind::missing; }), SizeIs(1));
  EXPECT_THAT(after_finding([](Finding& one) { one.rule = Rule::letter_case; }), SizeIs(1));
  EXPECT_THAT(after_finding([](Finding& one) { one.expected = std::int64_t{5062}; }), SizeIs(1));
  EXPECT_THAT(after_finding([](Finding& one) { one.actual = Value{}; }), SizeIs(1));
  EXPECT_THAT(faults_after([](Report& report) {
                auto& matches = std::get<Comparison>(report.results[0].outcome).matches;
                matches[0].agreement = Agreement::equivalent;
              }),
              ElementsAre(HasSubstr("is equivalent, and what was observed comes to identical")));
  EXPECT_THAT(faults_after([](Report& report) {
                auto& matches = std::get<Comparison>(report.results[0].outcome).matches;
                matches.push_back({.path = {Direction::outbound, Field::transport}});
              }),
              ElementsAre("+12: outbound.transport is not declared, and was compared"));
  EXPECT_THAT(faults_after([](Report& report) { report.results[0].observed->outbound.reset(); }),
              ElementsAre(HasSubstr("comes to missing")));
  EXPECT_THAT(faults_after([](Report& report) { report.results[0].observed.reset(); }),
              ElementsAre("+12: it is not said what was observed"));
}

TEST(Verify, MakesAgainByTheRunsOwnMatchMode) {
  EXPECT_THAT(faults_after([](Report& report) {
                report.results[0].observed->outbound->port->in_string = true;
                report.run.match = MatchMode::exact;
              }),
              ElementsAre(HasSubstr("+12: outbound.port is identical")));
}

TEST(Verify, HoldsTheWaiversAgainstTheTimeOfTheRun) {
  EXPECT_THAT(
      faults_after([](Report& report) { report.run.finished_at = at(2000); }),
      ElementsAre(HasSubstr("the waiver on line 9 (tag:gold, outbound.port) is expired with "
                            "1 finding, and in_use with 1 in the report"),
                  "+15: another waiver, or none, covers outbound.port"));
  EXPECT_THAT(faults_after([](Report& report) {
                std::get<Comparison>(report.results[3].outcome).findings[0].waiver.reset();
              }),
              ElementsAre("+15: another waiver, or none, covers outbound.port"));
  EXPECT_THAT(faults_after([](Report& report) { report.waivers[0].waiver.ends_at = at(999); }),
              ElementsAre("has other waivers than the manifest"));
  EXPECT_THAT(faults_after([](Report& report) { report.waivers[0].waiver.owner = "[redacted]"; }),
              IsEmpty());
}

TEST(Verify, TellsAllThatIsWrong) {
  EXPECT_THAT(faults_after([](Report& report) {
                report.run.complete = false;
                report.results[0].profile = "pbx";
                report.results[1].outcome = Comparison{};
                report.results.erase(report.results.begin() + 2);
              }),
              SizeIs(4));
}

// ---- What is not shown -----------------------------------------------------------------------

std::string outbound_endpoint(const std::string& endpoint, const std::string& options) {
  return R"({"data":{"inbound":null,"outbound":{"number":"+12","direction":"outbound","sip_endpoint":")" +
         endpoint + R"(","options":{)" + options + R"(}}},"errors":null})";
}

Verification verified(const std::string& declared, const std::string& live) {
  auto numbers = read_manifest(
      {{"m.yaml", "version: 1\nnumbers:\n  - {number: \"+12\", outbound: {" + declared + "}}\n"}});
  EXPECT_TRUE(numbers);
  TableFetcher fetcher;
  fetcher.outcomes = {{target("12"), answered(live)}};
  const Report report = audit(*numbers, options(), fetcher);
  EXPECT_NE(report.results[0].status(), Status::not_compared);
  return verify(report, *numbers);
}

TEST(Verify, CountsWhatCannotBeMadeAgainForWhatIsNotShown) {
  const std::string all =
      "sip_endpoint: \"sip:u:secret@h:5061\", transport: tls, secure_media: true";
  for (const char* const password : {"secret", "other"}) {
    const Verification verification =
        verified(all, outbound_endpoint(std::string("sip:u:") + password + "@h:5061",
                                        R"("transport":"tls","secure_media":true)"));
    EXPECT_THAT(verification.faults, IsEmpty()) << password;
    EXPECT_EQ(verification.hidden, 1U) << password;
    EXPECT_EQ(verification.fields, 2U) << password;
  }
}

TEST(Verify, NeedsNoPasswordWhereLiveHasNone) {
  const Verification verification =
      verified("sip_endpoint: \"sip:u:secret@h:5061\"", outbound_endpoint("sip:u@h:5061", ""));
  EXPECT_THAT(verification.faults, IsEmpty());
  EXPECT_EQ(verification.hidden, 0U);
  EXPECT_EQ(verification.fields, 1U);
}

}  // namespace
}  // namespace sipdrift
