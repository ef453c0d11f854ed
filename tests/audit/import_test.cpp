// The pipeline of an import, with a fetcher that answers from a table: no number is lost.

#include "sipdrift/import.hpp"

#include <cstddef>
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

const std::string list_target = "/v1/sip/numbers";

std::string list_of(const std::vector<std::string>& numbers) {
  std::string body = R"({"data":{"numbers":[)";
  for (const std::string& number : numbers) {
    if (body.back() == '}') body += ",";
    body += R"({"phone_number":")" + number + R"(","directions":["outbound"]})";
  }
  return body + R"(]},"errors":null})";
}

/// Nothing that names its number.
std::string nulls() { return R"({"data":{"inbound":null,"outbound":null},"errors":null})"; }

FetchOutcome stray(FetchOutcome outcome) {
  std::get<HttpReply>(outcome.answer).may_be_stray = true;
  return outcome;
}

std::vector<std::string> read_in(const ImportedFleet& fleet) {
  std::vector<std::string> texts;
  for (const LiveRecord& record : fleet.records) texts.emplace_back(record.number.text());
  return texts;
}

std::vector<std::string> unread_in(const ImportedFleet& fleet) {
  std::vector<std::string> texts;
  for (const UnreadNumber& one : fleet.unread) texts.emplace_back(one.number.text());
  return texts;
}

ImportedFleet imported(const ImportOptions& options, Fetcher& fetcher) {
  auto fleet = import_fleet(options, fetcher);
  if (fleet) return *std::move(fleet);
  ADD_FAILURE() << fleet.error().message;
  return {};
}

TEST(Import, AsksForTheListAndThenForEveryNumber) {
  TableFetcher fetcher;
  fetcher.outcomes[list_target] = answered(list_of({"+14", "+12", "2001", "+13"}));
  fetcher.outcomes[target("12")] = answered(outbound_port("+12", 5061));
  fetcher.outcomes[target("13")] = failed(ErrorKind::timeout, 4);
  fetcher.outcomes[target("14")] = answered(nulls());
  std::size_t announced = 0;
  std::size_t read = 0;
  int requests = 0;
  ImportOptions options;
  options.on_start = [&](std::size_t count) { announced = count; };
  options.on_number = [&](bool is_read, int sent) {
    read += is_read ? 1U : 0U;
    requests += sent;
  };
  const ImportedFleet fleet = imported(options, fetcher);
  ASSERT_THAT(read_in(fleet), ElementsAre("+12", "+14"));
  EXPECT_EQ(fleet.records[0].outbound->port->value, 5061);
  EXPECT_FALSE(fleet.records[1].is_named());
  ASSERT_THAT(unread_in(fleet), ElementsAre("+13"));
  EXPECT_EQ(fleet.unread[0].error.kind, ErrorKind::timeout);
  EXPECT_THAT(fleet.other_identifiers, ElementsAre("2001"));
  EXPECT_TRUE(fleet.is_from_list);
  EXPECT_EQ(fleet.known, 3U);
  EXPECT_EQ(announced, 3U);
  EXPECT_EQ(read, 2U);
  EXPECT_EQ(requests, 2 + 4 + 2);
}

TEST(Import, TellsWhereTheListSaysOtherwiseThanTheRecords) {
  TableFetcher fetcher;
  fetcher.outcomes[list_target] = answered(
      R"({"data":{"numbers":[{"phone_number":"+13","directions":["inbound","outbound"]},)"
      R"({"phone_number":"+12","directions":["outbound"]},{"phone_number":"+14","directions":[]},)"
      R"({"phone_number":"+15","directions":["outbound"]}]}})");
  fetcher.outcomes[target("12")] = answered(outbound_port("+12", 5061));
  fetcher.outcomes[target("13")] = answered(outbound_port("+13", 5061));
  fetcher.outcomes[target("14")] = answered(nulls());
  fetcher.outcomes[target("15")] = answered(nulls());
  const ImportedFleet fleet = imported({}, fetcher);
  ASSERT_THAT(fleet.untold, SizeIs(2));
  EXPECT_EQ(fleet.untold[0].number.text(), "+13");
  EXPECT_TRUE(fleet.untold[0][Direction::inbound]);
  EXPECT_FALSE(fleet.untold[0][Direction::outbound]);
  EXPECT_EQ(fleet.untold[1].number.text(), "+15");
  EXPECT_TRUE(fleet.untold[1][Direction::outbound]);
}

TEST(Import, AsksForNoMoreThanAManifestTakes) {
  ImportOptions options;
  E164 number = E164::parse("+41000000000").value();
  options.numbers.emplace();
  for (std::size_t i = 0; i <= max_numbers; ++i) {
    options.numbers->push_back(number);
    number = number.next().value();
  }
  TableFetcher fetcher;
  const auto fleet = import_fleet(options, fetcher);
  ASSERT_FALSE(fleet);
  EXPECT_THAT(fleet.error().message, HasSubstr("1000001 numbers, and a manifest takes 1000000"));
  EXPECT_THAT(fetcher.asked, IsEmpty());
}

TEST(Import, AsksForGivenNumbersWithoutAList) {
  TableFetcher fetcher;
  fetcher.outcomes[target("12")] = answered(outbound_port("+12", 5061));
  const E164 number = E164::parse("+12").value();
  ImportOptions options;
  options.numbers = {number, number};
  const ImportedFleet fleet = imported(options, fetcher);
  EXPECT_THAT(fetcher.asked, ElementsAre(target("12")));
  EXPECT_THAT(read_in(fleet), ElementsAre("+12"));
  EXPECT_FALSE(fleet.is_from_list);
  EXPECT_EQ(fleet.known, 1U);
}

TEST(Import, AsksForWhatIsSelectedAlone) {
  TableFetcher fetcher;
  fetcher.outcomes[list_target] = answered(list_of({"+121", "+122", "+131", "2001", "bland-001"}));
  fetcher.outcomes[target("121")] = answered(outbound_port("+121", 5061));
  ImportOptions options;
  options.selection = {.only = {"+12*", "2*"}, .exclude = {"*2"}};
  const ImportedFleet fleet = imported(options, fetcher);
  EXPECT_THAT(read_in(fleet), ElementsAre("+121"));
  EXPECT_THAT(fleet.unread, IsEmpty());
  EXPECT_THAT(fleet.other_identifiers, ElementsAre("2001"));
  EXPECT_EQ(fleet.known, 3U);
}

TEST(Import, LosesNoNumberThatTheFetcherForgets) {
  TableFetcher fetcher;
  fetcher.outcomes[list_target] = answered(list_of({"+12", "+13"}));
  const ImportedFleet fleet = imported({}, fetcher);
  ASSERT_THAT(fleet.unread, SizeIs(2));
  EXPECT_EQ(fleet.unread[0].error.kind, ErrorKind::internal);
}

TEST(Import, BelievesNoReplyThatCouldBeAnothers) {
  TableFetcher fetcher;
  fetcher.outcomes[list_target] = answered(list_of({"+12", "+13", "+14"}));
  fetcher.outcomes[target("12")] = answered(outbound_port("+13", 5061));
  fetcher.outcomes[target("13")] = stray(answered(nulls()));
  fetcher.outcomes[target("14")] = stray(answered(nulls()));
  fetcher.repeated[target("12")] = answered(outbound_port("+12", 5062));
  fetcher.repeated[target("13")] = answered(nulls());
  fetcher.repeated[target("14")] = answered(outbound_port("+12", 5061));
  const ImportedFleet fleet = imported({}, fetcher);
  ASSERT_THAT(read_in(fleet), ElementsAre("+12", "+13"));
  EXPECT_EQ(fleet.records[0].outbound->port->value, 5062);
  ASSERT_THAT(unread_in(fleet), ElementsAre("+14"));
  EXPECT_EQ(fleet.unread[0].error.kind, ErrorKind::wrong_number);
}

TEST(Import, SaysWhyThereIsNoList) {
  const auto error_of = [](FetchOutcome outcome, const ImportOptions& options = {}) {
    TableFetcher fetcher;
    fetcher.outcomes[list_target] = std::move(outcome);
    const auto fleet = import_fleet(options, fetcher);
    EXPECT_FALSE(fleet);
    EXPECT_THAT(fetcher.asked, SizeIs(1));
    return fleet ? NotCompared() : fleet.error();
  };
  EXPECT_EQ(error_of(answered("{}", 401)).kind, ErrorKind::unauthorized);
  EXPECT_EQ(error_of(answered("", 200)).kind, ErrorKind::bad_reply);
  EXPECT_EQ(error_of(failed(ErrorKind::connect, 4)).kind, ErrorKind::connect);
  FetchOutcome refused = answered("", 503);
  refused.given_up = "of a reason";
  EXPECT_THAT(error_of(refused).message, HasSubstr("; of a reason"));

  ImportOptions redacting;
  redacting.redact = options_without("SECRET").redact;
  EXPECT_EQ(error_of(failed(ErrorKind::connect, 4), redacting).message, "reason with ***");
  const NotCompared quoted =
      error_of(answered(R"({"error":"bad )" + std::string(193, 'x') + R"(SECRET"})"), redacting);
  EXPECT_THAT(quoted.message, Not(HasSubstr("SEC")));
  TableFetcher silent;
  EXPECT_EQ(import_fleet({}, silent).error().kind, ErrorKind::internal);
}

TEST(Import, SaysHowTheFetchEnded) {
  TableFetcher fetcher;
  fetcher.end = FetchEnd::deadline;
  ImportOptions options;
  options.numbers = {E164::parse("+12").value()};
  const ImportedFleet fleet = imported(options, fetcher);
  EXPECT_EQ(fleet.end, FetchEnd::deadline);
  EXPECT_EQ(fleet.reason, "of a reason");
  EXPECT_THAT(fleet.unread, SizeIs(1));
}

TEST(Import, OfNothingSendsNothing) {
  TableFetcher fetcher;
  ImportOptions options;
  options.numbers.emplace();
  EXPECT_THAT(imported(options, fetcher).records, IsEmpty());
  EXPECT_THAT(fetcher.asked, IsEmpty());
}

TEST(ImportCheck, FindsAManifestThatAnAuditWouldRefuseOrFindDriftFrom) {
  TableFetcher fetcher;
  fetcher.outcomes[list_target] = answered(list_of({"+12", "+13"}));
  for (const char* const digits : {"12", "13"}) {
    fetcher.outcomes[target(digits)] = answered(outbound_port(std::string("+") + digits, 5061));
  }
  const std::vector<LiveRecord> records = imported({}, fetcher).records;
  ASSERT_THAT(records, SizeIs(2));
  const auto fault = [&](const std::string& numbers) {
    return find_import_fault("version: 1\nnumbers: [" + numbers + "]\n", records);
  };
  EXPECT_EQ(fault("{range: +12..+13, port: 5061}"), "");
  EXPECT_EQ(fault("{number: +13, port: 5061}"), "");
  EXPECT_THAT(fault("{number: +12, port: 05061}"), HasSubstr("the manifest:2:"));
  EXPECT_EQ(fault("{range: +12..+14, port: 5061}"), "+14 is declared, and was not read");
  EXPECT_EQ(fault("{number: +11, port: 5061}"), "+11 is declared, and was not read");
  EXPECT_EQ(fault("{number: +12, port: 5061}, {number: +13, port: 5060}"),
            "+13 is declared otherwise than it is live: outbound.port");
}

TEST(Import, GivesTheListMoreRoomThanANumber) {
  class MeasuringFetcher : public TableFetcher {
   public:
    std::vector<std::size_t> most_bytes;
    FetchSummary fetch(std::size_t count, const TargetOf& target, const FetchConditions& conditions,
                       const Deliver& deliver) override {
      most_bytes.push_back(conditions.most_bytes);
      return TableFetcher::fetch(count, target, conditions, deliver);
    }
  };
  MeasuringFetcher fetcher;
  fetcher.outcomes[list_target] = answered(list_of({"+12"}));
  EXPECT_THAT(imported({}, fetcher).unread, SizeIs(1));
  EXPECT_THAT(fetcher.most_bytes, ElementsAre(max_list_bytes, max_reply_bytes));
}

}  // namespace
}  // namespace sipdrift
