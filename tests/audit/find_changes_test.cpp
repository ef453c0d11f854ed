// Two reports side by side: what changed, what of it was planned, and what cannot be told.

#include "sipdrift/find_changes.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sipdrift/manifest.hpp"

namespace sipdrift {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Timestamp day{milliseconds(1795399205120)};

LiveDirection trunk(std::uint16_t port) {
  return {.auth_mode = {},
          .port = Observed<std::uint16_t>{port, false},
          .secure_media = Observed<bool>{true, false},
          .sip_endpoint = "sip:trunk.provider.com",
          .transport = "tls"};
}

LiveRecord outbound(const char* number, std::optional<LiveDirection> live) {
  return {.number = E164::parse(number).value(), .inbound = {}, .outbound = std::move(live)};
}

NumberResult seen(const LiveRecord& live, Timestamp at) {
  return {.number = live.number,
          .source = Source{0, 1},
          .profile = {},
          .tags = {},
          .outcome = Comparison{{}, {{.path = {Direction::inbound, std::nullopt}}}},
          .evidence = {.observed_at = at,
                       .http_status = 200,
                       .attempts = 1,
                       .duration = {},
                       .reply_sha256 = {}},
          .observed = live};
}

NumberResult unseen(const char* number, NotCompared error) {
  return {.number = E164::parse(number).value(),
          .source = Source{0, 1},
          .profile = {},
          .tags = {},
          .outcome = std::move(error),
          .evidence = {}};
}

/// One of two audits a day apart, which saw these.
Report report(const char* id, int days, const std::vector<LiveRecord>& records) {
  Report made;
  made.run.id = id;
  made.run.started_at = day + std::chrono::days(days);
  made.run.finished_at = made.run.started_at + milliseconds(1000);
  made.run.api_url = "https://api.bland.ai";
  made.run.complete = true;
  for (const LiveRecord& record : records) {
    made.results.push_back(seen(record, made.run.started_at + milliseconds(10)));
  }
  made.declared = records.size();
  return made;
}

Report before(const std::vector<LiveRecord>& records) { return report("before", 0, records); }
Report after(const std::vector<LiveRecord>& records) { return report("after", 1, records); }

Manifest plan(const std::string& text) {
  auto read = read_manifest({{"change.yaml", "version: 1\n" + text}});
  EXPECT_TRUE(read) << (read ? "" : read.error().front().message);
  return *std::move(read);
}

Changes changes(const Report& first, const Report& second, const Manifest* planned = nullptr,
                MatchMode mode = MatchMode::sip) {
  auto found = find_changes(first, second, planned, mode);
  EXPECT_TRUE(found) << (found ? "" : found.error());
  return *std::move(found);
}

/// "+12 outbound.port planned", "+12 outbound.port step was_so", "+12 gap".
std::vector<std::string> told(const Changes& found) {
  std::vector<std::string> words;
  for (const NumberChanges& number : found.numbers) {
    const std::string which(number.number.text());
    if (number.gap) words.push_back(which + " gap");
    for (const Change& change : number.changes) {
      words.push_back(which + " " + change.path.text() + " " + std::string(name(change.state)));
    }
    for (const Step& step : number.steps) {
      words.push_back(which + " " + step.path.text() + " step " + std::string(name(step.state)));
    }
  }
  return words;
}

/// What became of one number that was and is so, and was to be as planned.
Changes of_one(const std::optional<LiveDirection>& was, const std::optional<LiveDirection>& is,
               const std::string& planned, MatchMode mode = MatchMode::sip) {
  const Manifest manifest = plan("numbers: [{number: \"+12\", " + planned + "}]\n");
  return changes(before({outbound("+12", was)}), after({outbound("+12", is)}), &manifest, mode);
}

TEST(FindChanges, SaysThatNothingChangedOnlyWhereAllWasSeenTwice) {
  const Changes found = changes(before({outbound("+12", trunk(5060)), outbound("+13", {})}),
                                after({outbound("+12", trunk(5060)), outbound("+13", {})}));
  EXPECT_THAT(told(found), IsEmpty());
  EXPECT_EQ(found.numbers.size(), 2);
  EXPECT_EQ(found.exit_code, 0);
}

TEST(FindChanges, CallsWhatNobodyPlannedAChange) {
  const Changes found =
      changes(before({outbound("+12", trunk(5060))}), after({outbound("+12", trunk(5061))}));
  EXPECT_THAT(told(found), ElementsAre("+12 outbound.port changed"));
  EXPECT_EQ(found.exit_code, 2);
}

TEST(FindChanges, HasAGapWhereEitherReportSawNothing) {
  Report first = before({outbound("+12", trunk(5060)), outbound("+14", trunk(5060))});
  first.results.push_back(unseen("+15", {ErrorKind::timeout, "too late"}));
  Report second = after(
      {outbound("+13", trunk(5060)), outbound("+14", trunk(5060)), outbound("+15", trunk(5060))});
  second.results.push_back(unseen("+16", {ErrorKind::internal, ""}));
  second.results.back().outcome = Unmanaged{{Direction::inbound}, {}};
  const Changes found = changes(first, second);
  EXPECT_THAT(told(found), ElementsAre("+12 gap", "+13 gap", "+15 gap", "+16 gap"));
  EXPECT_EQ(found.numbers[0].gap->after, "not in the report");
  EXPECT_EQ(found.numbers[0].gap->before, "");
  EXPECT_EQ(found.numbers[1].gap->before, "not in the report");
  EXPECT_EQ(found.numbers[3].gap->before, "timeout: too late");
  EXPECT_THAT(found.numbers[4].gap->after, HasSubstr("in no manifest"));
  EXPECT_EQ(found.exit_code, 4);
}

TEST(FindChanges, TakesNothingForSeenTwiceThatWasSeenOnce) {
  // A run that completes an earlier one has its results, and two can run at once.
  const Report first = before({outbound("+12", trunk(5060))});
  Report second = after({outbound("+12", trunk(5060))});
  for (const auto& at : {first.results[0].evidence.observed_at, std::optional<Timestamp>()}) {
    second.results[0].evidence.observed_at = at;
    const Changes found = changes(first, second);
    EXPECT_THAT(told(found), ElementsAre("+12 gap"));
    EXPECT_EQ(found.exit_code, 4);
  }
}

TEST(FindChanges, ComparesNoTwoThatAreNotBeforeAndAfter) {
  const Report first = before({});
  const auto fault = [&](const Report& a, const Report& b) {
    const auto found = find_changes(a, b, nullptr, MatchMode::sip);
    return found ? std::string() : found.error();
  };
  EXPECT_EQ(fault(first, after({})), "");
  EXPECT_THAT(fault(first, first), HasSubstr("the same run, before"));
  EXPECT_THAT(fault(after({}), first), HasSubstr("wrong way round?"));
  Report other = after({});
  other.run.api_url = "https://eu.bland.ai/\n";
  EXPECT_THAT(fault(first, other), HasSubstr("different APIs: https://api.bland.ai before, and "
                                             "https://eu.bland.ai/\\u{A} after"));
  other = after({});
  other.run.shard = Shard{2, 4};
  EXPECT_THAT(fault(first, other), HasSubstr("all of the fleet before, and part 2 of 4 after"));
}

TEST(FindChanges, TellsWhatItCannotSee) {
  LiveDirection secret = trunk(5060);
  secret.sip_endpoint = "sip:a:[redacted]@h";
  const Changes found =
      changes(before({outbound("+12", secret)}), after({outbound("+12", secret)}));
  EXPECT_TRUE(found.numbers[0].has_unseen_part);
  ASSERT_EQ(found.notices.size(), 1);
  EXPECT_THAT(found.notices[0].message, HasSubstr("1 number has an endpoint with a part that is "
                                                  "not shown"));
  EXPECT_EQ(found.exit_code, 0);
  LiveDirection moved = secret;
  moved.port->value = 5061;
  moved.sip_endpoint = "sip:a:[redacted]@H";  // with whatever password
  const Changes others = changes(before({outbound("+12", secret), outbound("+13", trunk(1))}),
                                 after({outbound("+12", moved), outbound("+13", secret)}));
  EXPECT_TRUE(others.numbers[0].has_unseen_part);
  EXPECT_FALSE(others.numbers[1].has_unseen_part);  // that there is one now is seen
  Report unfinished = after({outbound("+12", trunk(1))});
  unfinished.run.complete = false;
  EXPECT_THAT(changes(before({}), unfinished).notices[0].message,
              HasSubstr("the audit after was not complete"));
}

TEST(Plan, IsProvedByExactlyWhatItSays) {
  const Changes found = of_one(trunk(5060), trunk(5061), "port: 5061");
  EXPECT_THAT(told(found),
              ElementsAre("+12 outbound.port planned", "+12 outbound.port step happened"));
  EXPECT_EQ(found.exit_code, 0);
  EXPECT_EQ(found.numbers[0].source->line, 2);
}

TEST(Plan, IsNotProvedByAnotherValue) {
  const Changes found = of_one(trunk(5060), trunk(5062), "port: 5061");
  EXPECT_THAT(told(found),
              ElementsAre("+12 outbound.port unplanned", "+12 outbound.port step not_so"));
  EXPECT_EQ(found.numbers[0].steps[0].expected, Value(std::int64_t{5061}));
  EXPECT_EQ(found.numbers[0].steps[0].live, Value(std::int64_t{5062}));
  EXPECT_EQ(found.exit_code, 2);
}

TEST(Plan, IsNotProvedByWhatWasSoBefore) {
  const Changes found = of_one(trunk(5061), trunk(5061), "port: 5061");
  EXPECT_THAT(told(found), ElementsAre("+12 outbound.port step was_so"));
  EXPECT_EQ(found.numbers[0].steps[0].expected, Value(std::int64_t{5061}));
  EXPECT_EQ(found.exit_code, 2);
}

TEST(Plan, DoesNotCoverAnotherFieldOrNumber) {
  LiveDirection moved = trunk(5061);
  moved.secure_media->value = false;
  EXPECT_THAT(told(of_one(trunk(5060), moved, "port: 5061")),
              ElementsAre("+12 outbound.port planned", "+12 outbound.secure_media unplanned",
                          "+12 outbound.port step happened"));
  const Manifest planned = plan("numbers: [{number: \"+12\", port: 5061}]\n");
  const Changes found =
      changes(before({outbound("+12", trunk(5060)), outbound("+13", trunk(5060))}),
              after({outbound("+12", trunk(5061)), outbound("+13", trunk(5061))}), &planned);
  EXPECT_THAT(told(found),
              ElementsAre("+12 outbound.port planned", "+12 outbound.port step happened",
                          "+13 outbound.port unplanned"));
  EXPECT_EQ(found.exit_code, 2);
}

TEST(Plan, HasAGapForANumberThatNeitherReportHas) {
  const Manifest planned = plan("numbers: [{range: \"+12..+13\", port: 5061}]\n");
  const Changes found = changes(before({outbound("+12", trunk(5060))}),
                                after({outbound("+12", trunk(5061))}), &planned);
  EXPECT_THAT(told(found), ElementsAre("+12 outbound.port planned",
                                       "+12 outbound.port step happened", "+13 gap"));
  EXPECT_EQ(found.exit_code, 4);
}

LiveDirection inside(const char* endpoint) {
  LiveDirection live;
  live.sip_endpoint = endpoint;
  return live;
}

LiveDirection beside(const char* endpoint, std::uint16_t port) {
  LiveDirection live = inside(endpoint);
  live.port = Observed<std::uint16_t>{port, false};
  return live;
}

TEST(Plan, OfAPortCoversTheEndpointThatHoldsIt) {
  EXPECT_EQ(of_one(inside("sip:h:5060"), inside("sip:h:5061"), "port: 5061").exit_code, 0);
  EXPECT_EQ(of_one(beside("sip:h", 5060), inside("sip:h:5061"), "port: 5061").exit_code, 0);
  EXPECT_EQ(of_one(inside("sip:h;transport=tcp"), inside("sip:h;transport=tls"), "transport: tls")
                .exit_code,
            0);
  // But nothing else of it.
  EXPECT_EQ(of_one(inside("sip:h:5060"), inside("sip:g:5061"), "port: 5061").exit_code, 2);
  EXPECT_EQ(
      of_one(inside("sip:h:5060"), inside("sip:h:5061;transport=tcp"), "port: 5061").exit_code, 2);
  EXPECT_EQ(of_one(inside("sip:h:5060"), inside("sip:h:5062"), "port: 5061").exit_code, 2);
}

TEST(Plan, OfAnEndpointCoversThePortThatItHolds) {
  const std::string planned = "sip_endpoint: \"sip:h:5061\"";
  EXPECT_EQ(of_one(beside("sip:h", 5060), beside("sip:h", 5061), planned).exit_code, 0);
  EXPECT_EQ(of_one(beside("sip:h", 5060), inside("sip:h:5061"), planned).exit_code, 0);
  EXPECT_EQ(
      of_one(beside("sip:g", 5060), beside("sip:h", 5061), "sip_endpoint: \"sip:h\"").exit_code, 2);
  EXPECT_EQ(of_one(beside("sip:h", 5060), beside("sip:h", 5062), planned).exit_code, 2);
}

TEST(Plan, IsTakenToTheLetterWhereThatIsAskedFor) {
  EXPECT_EQ(of_one(inside("sip:g"), inside("SIP:H"), "sip_endpoint: \"sip:h\"").exit_code, 0);
  EXPECT_EQ(of_one(inside("sip:g"), inside("SIP:H"), "sip_endpoint: \"sip:h\"", MatchMode::exact)
                .exit_code,
            2);
  EXPECT_EQ(of_one(inside("sip:g"), inside("sip:h"), "sip_endpoint: \"sip:h\"", MatchMode::exact)
                .exit_code,
            0);
  EXPECT_EQ(
      of_one(beside("sip:h", 5060), inside("sip:h:5061"), "port: 5061", MatchMode::exact).exit_code,
      2);
}

TEST(Plan, OfAnEndpointCoversOnlyWhatStandsThereWhereThatIsAskedFor) {
  const std::string planned = "sip_endpoint: \"sip:h:5061\"";
  EXPECT_EQ(of_one(beside("sip:g", 5060), inside("sip:h:5061"), planned).exit_code, 0);
  EXPECT_EQ(
      of_one(beside("sip:g", 5060), inside("sip:h:5061"), planned, MatchMode::exact).exit_code, 2);
  EXPECT_EQ(of_one(beside("sip:g", 5060), beside("sip:h:5061", 5061), planned, MatchMode::exact)
                .exit_code,
            0);
}

TEST(Plan, OfFieldsCoversTheDirectionThatHasThem) {
  LiveDirection appeared = inside("sip:h");
  EXPECT_EQ(of_one(std::nullopt, appeared, "sip_endpoint: \"sip:h\"").exit_code, 0);
  appeared.auth_mode = "ip";
  EXPECT_THAT(told(of_one(std::nullopt, appeared, "sip_endpoint: \"sip:h\"")),
              testing::Contains("+12 outbound.auth_mode unplanned"));
}

TEST(Plan, OfAnAbsentDirectionCoversAllOfIt) {
  const Changes found = of_one(trunk(5060), std::nullopt, "outbound: absent");
  EXPECT_EQ(found.exit_code, 0);
  EXPECT_THAT(told(found), testing::Contains("+12 outbound.secure_media planned"));
  EXPECT_EQ(of_one(trunk(5060), std::nullopt, "outbound: {port: unset}").exit_code, 2);
  EXPECT_EQ(of_one(std::nullopt, std::nullopt, "outbound: absent").exit_code, 2);
  EXPECT_EQ(of_one(trunk(5060), trunk(5061), "outbound: absent").exit_code, 2);
}

TEST(Plan, IsNotProvedByAnEndpointThatIsNotAllShown) {
  const std::string planned = "sip_endpoint: \"sip:a:secret@h\"";
  const Changes found = of_one(inside("sip:g"), inside("sip:a:[redacted]@h"), planned);
  EXPECT_THAT(told(found), ElementsAre("+12 outbound.sip_endpoint planned",
                                       "+12 outbound.sip_endpoint step unseen"));
  EXPECT_EQ(found.numbers[0].steps[0].expected, Value(std::string("sip:a:[redacted]@h")));
  EXPECT_EQ(found.exit_code, 4);
  EXPECT_EQ(of_one(inside("sip:g"), inside("sip:b:[redacted]@h"), planned).exit_code, 2);
  EXPECT_EQ(of_one(inside("sip:g"), inside("sip:a@h"), planned).exit_code, 2);
}

TEST(Plan, HasWaivers) {
  const auto found = [&](const char* expires) {
    Manifest planned = plan("numbers: [{number: \"+12\", port: 5061, tags: [late]}]\n");
    planned.waivers.push_back({.subject = "late",
                               .path = {Direction::outbound, Field::port},
                               .observed = {},
                               .reason = "r",
                               .owner = "o",
                               .ticket = "t",
                               .expires = expires,
                               .ends_at = parse_expiry(expires).value(),
                               .source = {}});
    return changes(before({outbound("+12", trunk(5060))}), after({outbound("+12", trunk(5060))}),
                   &planned);
  };
  EXPECT_THAT(told(found("2099-12-31")), ElementsAre("+12 outbound.port step waived"));
  EXPECT_EQ(found("2099-12-31").exit_code, 0);
  EXPECT_EQ(found("2026-11-01").exit_code, 2);
}

}  // namespace
}  // namespace sipdrift
