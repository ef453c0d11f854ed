// The pipeline, with a fetcher that answers from a table: no number is lost, whatever it does.

#include "sipdrift/audit.hpp"

#include <stdexcept>
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
using ::testing::SizeIs;

std::vector<std::string> numbers_of(const Report& report) {
  std::vector<std::string> numbers;
  for (const NumberResult& result : report.results) numbers.emplace_back(result.number.text());
  return numbers;
}

TEST(Audit, GivesEveryNumberItsStatusInTheManifestsOrder) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(outbound_port("+12", 5061));
  fetcher.outcomes[target("13")] = answered(outbound_port("+13", 5060));
  fetcher.outcomes[target("14")] = failed(ErrorKind::timeout, 4);
  fetcher.outcomes[target("15")] = answered(outbound_port("+15", 5061));

  const Report report = audit(manifest(), options(), fetcher);
  ASSERT_THAT(numbers_of(report), ElementsAre("+12", "+13", "+14", "+15"));
  EXPECT_EQ(report.results[0].status(), Status::in_sync);
  EXPECT_EQ(report.results[0].profile, "acme");
  EXPECT_THAT(report.results[0].tags, ElementsAre("site:ams"));
  EXPECT_EQ(report.results[0].source->line, 4U);
  EXPECT_EQ(report.results[1].status(), Status::drifted);
  EXPECT_EQ(report.results[2].status(), Status::not_compared);
  EXPECT_EQ(report.results[3].status(), Status::in_sync);
  EXPECT_TRUE(report.run.complete);
  EXPECT_EQ(report.run.exit_code, 6);
  EXPECT_EQ(report.run.id, "run-1");
  EXPECT_EQ(report.run.manifests[0].path, "m.yaml");
}

TEST(Audit, KeepsWhatTheVerdictRestsOn) {
  TableFetcher fetcher;
  const std::string body = outbound_port("+12", 5061);
  fetcher.outcomes[target("12")] = answered(body);
  fetcher.outcomes[target("13")] = failed(ErrorKind::interrupted, 0);
  const Report report = audit(manifest(), options(), fetcher);
  const Evidence& evidence = report.results[0].evidence;
  EXPECT_EQ(evidence.http_status, 200);
  EXPECT_EQ(evidence.attempts, 2);
  EXPECT_EQ(evidence.duration.count(), 7);
  EXPECT_EQ(evidence.observed_at, Timestamp{std::chrono::milliseconds(5000)});
  EXPECT_EQ(evidence.reply_sha256->hex(), Sha256::of(body).hex());
  EXPECT_FALSE(report.results[1].evidence.observed_at);
  EXPECT_FALSE(report.results[1].evidence.http_status);
}

TEST(Audit, LosesNoNumberThatTheFetcherForgets) {
  TableFetcher fetcher;
  const Report report = audit(manifest(), options(), fetcher);
  ASSERT_THAT(report.results, SizeIs(4));
  for (const NumberResult& result : report.results) {
    EXPECT_EQ(result.status(), Status::not_compared);
    EXPECT_EQ(result.error()->kind, ErrorKind::internal);
  }
  EXPECT_EQ(report.run.exit_code, exit_status::not_compared);
}

TEST(Audit, BelievesNoReplyAboutAnotherNumber) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(outbound_port("+13", 5061));
  const Report report = audit(manifest(), options(), fetcher);
  EXPECT_EQ(report.results[0].status(), Status::not_compared);
  EXPECT_EQ(report.results[0].error()->kind, ErrorKind::wrong_number);
  EXPECT_EQ(report.results[0].evidence.http_status, 200);
}

Manifest manifest_of_an_absent_number() {
  auto read = read_manifest({{"m.yaml", R"(version: 1
numbers: [{number: "+12", inbound: absent, outbound: absent}]
)"}});
  EXPECT_TRUE(read);
  return *std::move(read);
}

FetchOutcome stray(FetchOutcome outcome) {
  std::get<HttpReply>(outcome.answer).may_be_stray = true;
  return outcome;
}

TEST(Audit, AsksAgainWhereAReplyCouldBeAnothers) {
  const FetchOutcome nulls = answered(R"({"data":{"inbound":null,"outbound":null}})");
  const FetchOutcome not_found = answered(R"({"data":null,"errors":["NOT_FOUND"]})", 404);
  for (const FetchOutcome& nameless : {nulls, not_found}) {
    TableFetcher fetcher;
    fetcher.outcomes[target("12")] = stray(nameless);
    fetcher.repeated[target("12")] = answered(outbound_port("+12", 5060));
    Report report = audit(manifest_of_an_absent_number(), options(), fetcher);
    EXPECT_EQ(report.results[0].status(), Status::drifted);
    EXPECT_EQ(report.results[0].evidence.attempts, 4);
    EXPECT_EQ(report.results[0].evidence.duration.count(), 14);
    EXPECT_THAT(fetcher.asked, SizeIs(2));

    fetcher.repeated[target("12")] = nameless;
    report = audit(manifest_of_an_absent_number(), options(), fetcher);
    EXPECT_EQ(report.results[0].status(), Status::in_sync);
  }
}

TEST(Audit, DoesNotCompareAReplyThatStaysInDoubt) {
  const FetchOutcome nameless = stray(answered(R"({"data":{"inbound":null,"outbound":null}})"));
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = nameless;
  fetcher.repeated[target("12")] = nameless;
  Report report = audit(manifest_of_an_absent_number(), options(), fetcher);
  EXPECT_EQ(report.results[0].error()->kind, ErrorKind::wrong_number);

  // Its turn never came.
  fetcher.repeated[target("12")] = failed(ErrorKind::deadline, 0);
  report = audit(manifest_of_an_absent_number(), options(), fetcher);
  EXPECT_EQ(report.results[0].error()->kind, ErrorKind::wrong_number);
  EXPECT_EQ(report.results[0].evidence.attempts, 2);
}

TEST(Audit, DoesNotAskAgainOnceTheFetchHasEndedEarly) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = stray(answered(R"({"data":{"inbound":null,"outbound":null}})"));
  fetcher.end = FetchEnd::interrupted;
  const Report report = audit(manifest_of_an_absent_number(), options(), fetcher);
  EXPECT_THAT(fetcher.asked, SizeIs(1));
  EXPECT_EQ(report.results[0].error()->kind, ErrorKind::wrong_number);
}

TEST(Audit, KeepsWhatAFetcherDeliveredBeforeItThrew) {
  class ThrowingFetcher : public Fetcher {
   public:
    FetchSummary fetch(std::size_t /*count*/, const TargetOf& /*target*/,
                       const FetchConditions& /*conditions*/, const Deliver& deliver) override {
      deliver({answered(outbound_port("+12", 5061))});
      throw std::bad_alloc();
    }
  };
  ThrowingFetcher fetcher;
  const Report report = audit(manifest(), options(), fetcher);
  EXPECT_EQ(report.results[0].status(), Status::in_sync);
  EXPECT_EQ(report.results[1].status(), Status::not_compared);
  EXPECT_EQ(report.run.exit_code, exit_status::no_audit);
  EXPECT_FALSE(report.run.complete);
}

TEST(Audit, IsNoneWhereTheApiAnswersNothingButThatTheKeyIsRefused) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(R"({"error":"no"})", 401);
  const Report report = audit(manifest_of_an_absent_number(), options(), fetcher);
  EXPECT_EQ(report.run.exit_code, exit_status::no_audit);
  EXPECT_TRUE(report.run.complete);
}

TEST(Audit, TakesSecretsOutOfWhatCameFromOutside) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(R"({"error":"SECRET is wrong"})", 500);
  fetcher.outcomes[target("13")] = failed(ErrorKind::tls, 1);
  const Report report = audit(manifest(), options_without("SECRET"), fetcher);
  EXPECT_EQ(report.results[0].error()->message, "HTTP 500: *** is wrong");
  EXPECT_EQ(report.results[1].error()->message, "reason with ***");
}

TEST(Audit, TakesSecretsOutOfTheReasonForAnEarlyEnd) {
  TableFetcher fetcher;
  fetcher.end = FetchEnd::unreachable;
  const Report report = audit(manifest(), options_without("a reason"), fetcher);
  EXPECT_THAT(report.notices.at(0).message, HasSubstr("of ***"));
}

TEST(Audit, TakesSecretsOutOfAFindingAndComparesThem) {
  const auto read =
      read_manifest({{"m", "version: 1\nnumbers: [{number: +12, sip_endpoint: sip:h}]\n"}});
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] =
      answered(R"({"data":{"inbound":null,"outbound":{"number":"+12","direction":"outbound",)"
               R"("sip_endpoint":"sip:SECRET@h","options":null}}})");
  const Report report = audit(*read, options_without("SECRET"), fetcher);
  ASSERT_THAT(report.results[0].findings(), SizeIs(1));
  EXPECT_EQ(std::get<std::string>(report.results[0].findings()[0].actual), "sip:***@h");
}

TEST(Audit, TellsOfEachResultAsItComes) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(outbound_port("+12", 5061));
  fetcher.outcomes[target("15")] = answered(outbound_port("+15", 5061));
  std::vector<std::string> told;
  AuditOptions with_listener = options();
  with_listener.on_result = [&](const NumberResult& result) {
    told.emplace_back(result.number.text());
  };
  static_cast<void>(audit(manifest(), with_listener, fetcher));
  EXPECT_THAT(told, ElementsAre("+15", "+12"));
}

TEST(Audit, SaysThatItFailedWhereAResultCannotBeTaken) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(outbound_port("+12", 5061));
  AuditOptions with_listener = options();
  with_listener.on_result = [](const NumberResult&) { throw std::runtime_error("no more room"); };
  const Report report = audit(manifest(), with_listener, fetcher);
  EXPECT_EQ(report.run.exit_code, exit_status::no_audit);
  EXPECT_FALSE(report.run.complete);
  EXPECT_THAT(report.notices[0].message, HasSubstr("no more room"));
}

TEST(Audit, JudgesEverythingHoweverMuchComesAtOnce) {
  class FloodingFetcher : public Fetcher {
   public:
    FetchSummary fetch(std::size_t count, const TargetOf& target,
                       const FetchConditions& /*conditions*/, const Deliver& deliver) override {
      std::vector<FetchOutcome> flood;
      for (std::size_t i = 0; i < count; ++i) {
        const std::string asked = target(i);
        FetchOutcome outcome = answered(outbound_port("+" + asked.substr(asked.size() - 5), 5061));
        outcome.position = i;
        flood.push_back(std::move(outcome));
        if (i % 7 == 0) deliver(std::exchange(flood, {}));
      }
      if (!flood.empty()) deliver(std::move(flood));
      return {};
    }
  };
  const auto read = read_manifest(
      {{"m", "version: 1\nnumbers: [{range: +10000..+19999, outbound: {port: 5061}}]\n"}});
  ASSERT_TRUE(read);
  FloodingFetcher fetcher;
  const Report report = audit(*read, options(), fetcher);
  EXPECT_EQ(summarize(report).count(Status::in_sync), 10000U);
}

}  // namespace
}  // namespace sipdrift
