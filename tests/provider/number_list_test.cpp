// The list of all numbers: as documented, in every shape that is tolerated, and everything by which
// half a list could pass for all of it.

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sipdrift/provider.hpp"

namespace sipdrift {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

HttpReply reply(std::string body, int status = 200, std::string type = "application/json") {
  return {status, std::move(type), std::move(body)};
}

std::string list_of(const std::string& entries, const std::string& beside = "") {
  return R"({"data":{"numbers":[)" + entries + "]" + beside + R"(},"errors":null})";
}

std::string entry(const std::string& number, const std::string& directions = "[]") {
  return R"({"phone_number":")" + number + R"(","directions":)" + directions +
         R"(,"sip_endpoint":null,"health_status":"unchecked"})";
}

NumberList read(const std::string& body) {
  auto list = decode_number_list(reply(body));
  if (list) return *std::move(list);
  ADD_FAILURE() << list.error().message;
  return {};
}

NotCompared error_of(const HttpReply& reply) {
  auto list = decode_number_list(reply);
  if (list) {
    ADD_FAILURE() << "believed: " << reply.body.substr(0, 200);
    return {};
  }
  return std::move(list).error();
}

std::vector<std::string> texts_of(const NumberList& list) {
  std::vector<std::string> texts;
  for (const ListedNumber& number : list.numbers) texts.emplace_back(number.number.text());
  return texts;
}

TEST(NumberListRequest, HasNoParameters) { EXPECT_EQ(number_list_target(), "/v1/sip/numbers"); }

TEST(NumberListReply, IsReadAsDocumented) {
  const NumberList list =
      read(list_of(R"({"phone_number":"+14150000001","directions":["inbound","outbound"],)"
                   R"("sip_endpoint":"sip:trunk.provider.com","health_status":"healthy"},)" +
                   entry("+14150000000", R"(["inbound"])")));
  ASSERT_THAT(texts_of(list), ElementsAre("+14150000000", "+14150000001"));
  EXPECT_TRUE(list.numbers[0].is_inbound);
  EXPECT_FALSE(list.numbers[0].is_outbound);
  EXPECT_EQ(list.numbers[0].sip_endpoint, std::nullopt);
  EXPECT_TRUE(list.numbers[1].is_inbound);
  EXPECT_TRUE(list.numbers[1].is_outbound);
  EXPECT_EQ(list.numbers[1].sip_endpoint, "sip:trunk.provider.com");
  EXPECT_THAT(list.other_identifiers, IsEmpty());
}

TEST(NumberListReply, TellsOfWhatIsNoNumber) {
  const NumberList list =
      read(list_of(entry("bland-001") + "," + entry("+12") + "," + entry("2001") + "," +
                   entry("2001") + "," + entry("14150000000")));
  EXPECT_THAT(texts_of(list), ElementsAre("+12"));
  EXPECT_THAT(list.other_identifiers, ElementsAre("14150000000", "2001", "bland-001"));
}

TEST(NumberListReply, MergesTheDirectionsOfANumberThatStandsTwice) {
  const NumberList list = read(list_of(
      entry("+13") + "," + entry("+12", R"(["outbound"])") + "," +
      R"({"phone_number":"+12","directions":["inbound"],"sip_endpoint":"sip:h"})" + "," +
      entry("+14", R"(["inbound"])") + "," + entry("+12") + "," + entry("+14", R"(["outbound"])")));
  ASSERT_THAT(texts_of(list), ElementsAre("+12", "+13", "+14"));
  EXPECT_TRUE(list.numbers[0].is_inbound);
  EXPECT_TRUE(list.numbers[0].is_outbound);
  EXPECT_EQ(list.numbers[0].sip_endpoint, "sip:h");
  EXPECT_TRUE(list.numbers[2].is_inbound);
  EXPECT_TRUE(list.numbers[2].is_outbound);
}

TEST(NumberListReply, MayBeEmpty) { EXPECT_THAT(read(list_of("")).numbers, IsEmpty()); }

TEST(NumberListReply, IgnoresKeysItDoesNotKnow) {
  EXPECT_THAT(read(R"({"data":{"numbers":[{"phone_number":"+12","next":1,"total":9}],"trunks":[]},)"
                   R"("meta":{"took_ms":17},"errors":[]})")
                  .numbers,
              SizeIs(1));
}

TEST(NumberListReply, MayBeLongerThanAnyOther) {
  std::string entries = entry("+10000");
  constexpr int count = 30'000;
  for (int i = 1; i < count; ++i) entries += "," + entry("+1" + std::to_string(10'000 + i));
  const std::string body = list_of(entries);
  ASSERT_GT(body.size(), 2 * max_reply_bytes);
  const NumberList list = read(body);
  EXPECT_THAT(list.numbers, SizeIs(count));
}

TEST(NumberListReply, IsNotReadBeyondItsLimit) {
  std::string body = list_of("");
  body.append(max_list_bytes - body.size(), ' ');
  EXPECT_TRUE(decode_number_list(reply(body)));
  body.push_back(' ');
  EXPECT_EQ(error_of(reply(body)).message, "the reply is longer than 64 MiB");
}

TEST(NumberListReply, IsRefusedWhereAnythingIsNotUnderstood) {
  struct Bad {
    std::string body;
    const char* reason;
  };
  const std::string number = R"("phone_number":"+12")";
  const std::vector<Bad> bad{
      {"", "it is empty"},
      {"<html>", "breaks off"},
      {list_of(entry("+12")).substr(0, 60), "breaks off"},
      {"[]", "the reply is a list"},
      {R"({"numbers":[]})", "no \"data\""},
      {R"({"data":null})", "data is null"},
      {R"({"data":[]})", "data is a list"},
      {R"({"data":{}})", "no \"numbers\""},
      {R"({"data":{"numbers":null}})", "numbers is null"},
      {R"({"data":{"numbers":{}}})", "numbers is an object"},
      {R"({"data":{"numbers":[]},"errors":["x"]})", "reports an error: x"},
      {R"({"data":{"numbers":[]},"status":"error"})", "reports an error"},
      {R"({"data":{"numbers":[]},"success":false})", "reports an error"},
      {R"({"data":{"numbers":[],"error":"x"}})", "inside data"},
      {R"({"data":{"numbers":[],"numbers":[]}})", "twice"},
      {list_of("{" + number + "," + number + "}"), "twice"},
      {list_of(entry("+12") + ",17"), "numbers[1] is a number"},
      {list_of(entry("+12") + R"(,"+13")"), "numbers[1] is a text"},
      {list_of(entry("+12") + ",null"), "numbers[1] is null"},
      {list_of("{}"), "numbers[0] has no \"phone_number\""},
      {list_of(R"({"phone_number":null})"), "numbers[0] has no \"phone_number\""},
      {list_of(R"({"phone_number":""})"), "numbers[0] has no \"phone_number\""},
      {list_of(R"({"phone_number":14150000000})"), "phone_number is a number, not a text"},
      {list_of(R"({"phone_number":")" + std::string(2049, '1') + "\"}"), "2049 bytes long"},
      {list_of("{" + number + R"(,"sip_endpoint":7})"), "sip_endpoint is a number"},
      {list_of("{" + number + R"(,"directions":"inbound"})"), "directions is a text, not a list"},
      {list_of(entry("+12", R"(["sideways"])")), "neither inbound nor outbound"},
      {list_of(entry("+12", "[null]")), "neither inbound nor outbound"},
      {list_of("{" + number + R"(,"error":"x"})"), "numbers[0] reports an error"},
      {list_of(entry("+12\\u0000")), "holds a NUL"},
      {list_of(entry("\xFF")), "it is not UTF-8"},
  };
  for (const Bad& one : bad) {
    const NotCompared error = error_of(reply(one.body));
    EXPECT_EQ(error.kind, ErrorKind::bad_reply) << one.body.substr(0, 200);
    EXPECT_THAT(error.message, HasSubstr(one.reason)) << one.body.substr(0, 200);
  }
  EXPECT_THAT(error_of(reply(list_of(""), 200, "text/html")).message, HasSubstr("not JSON"));
  EXPECT_EQ(error_of(reply(list_of(""), 401)).kind, ErrorKind::unauthorized);
  EXPECT_EQ(error_of(reply(list_of(""), 403)).kind, ErrorKind::unauthorized);
  EXPECT_EQ(error_of(reply(list_of(""), 404)).kind, ErrorKind::http_status);
  EXPECT_EQ(error_of(reply(list_of(""), 206)).kind, ErrorKind::http_status);
  EXPECT_EQ(error_of(reply(list_of(""), 429)).kind, ErrorKind::rate_limited);
}

TEST(NumberListReply, IsRefusedWhereItCouldBeAPageOfTheList) {
  const std::string two = entry("+12") + "," + entry("+13");
  for (const char* const sign : {R"("next":"/v1/sip/numbers?page=2")",
                                 R"("next_page":2)",
                                 R"("nextPageToken":"x")",
                                 R"("has_more":true)",
                                 R"("hasMore":"yes")",
                                 R"("cursor":"abc")",
                                 R"("end-cursor":"x")",
                                 R"("truncated":true)",
                                 R"("total":3)",
                                 R"("total_count":"3")",
                                 R"("count":3)",
                                 R"("total":"many")",
                                 R"("total":-1)",
                                 R"("limit":2)",
                                 R"("per_page":1)",
                                 R"("limit":"x")",
                                 R"("offset":2)",
                                 R"("page":2)",
                                 R"("total_pages":2)",
                                 R"("total":1e3)"}) {
    for (const std::string& body :
         {list_of(two, "," + std::string(sign)),
          list_of(two, R"(,"meta":{"pagination":{)" + std::string(sign) + "}}"),
          R"({"data":{"numbers":[)" + two + "]}," + sign + "}",
          R"({"pagination":{)" + std::string(sign) + R"(},"data":{"numbers":[)" + two + "]}}"}) {
      const NotCompared error = error_of(reply(body));
      EXPECT_EQ(error.kind, ErrorKind::bad_reply) << body;
      EXPECT_THAT(error.message, HasSubstr("one page of a list")) << body;
    }
  }
  HttpReply linked = reply(list_of(two));
  linked.has_next_page = true;
  EXPECT_THAT(error_of(linked).message, HasSubstr("its header links to the next one"));
  for (const char* const whole :
       {R"("next":null)", R"("next_page":null)", R"("has_more":false)", R"("cursor":"")",
        R"("total":2)", R"("count":"2")", R"("limit":100)", R"("limit":0)", R"("offset":0)",
        R"("page":1)", R"("page":{"number":1,"total":1})", R"("total_pages":1)",
        R"("links":{"next":null,"self":"/v1/sip/numbers"})", R"("previous":null)"}) {
    EXPECT_TRUE(decode_number_list(reply(list_of(two, "," + std::string(whole))))) << whole;
  }
}

TEST(NumberListReply, QuotesNothingThatActsOnATerminal) {
  const std::string escape = "\\u001b[2J";
  for (const std::string& body : {list_of(entry("+12"), ",\"total\":7,\"" + escape + "\":1"),
                                  list_of(entry("+12"), R"(,"x":{"next":")" + escape + "\"}"),
                                  list_of(entry("+12", "[\"" + escape + "\"]")),
                                  R"({"data":{"numbers":[]},"errors":[")" + escape + "\"]}"}) {
    EXPECT_EQ(error_of(reply(body)).message.find('\x1b'), std::string::npos) << body;
  }
}

/// Whatever one byte becomes, the reply is refused or its list is as long as it was: at most a
/// digit is another. No number is lost.
TEST(NumberListReply, LosesNoEntryWhateverAByteBecomes) {
  const std::string whole = list_of(entry("+14150000000", R"(["inbound"])") + "," +
                                    entry("+14150000022") + "," + entry("bland-001"));
  std::mt19937 random(20261123);  // NOLINT(cert-msc51-cpp): the same every time
  constexpr std::string_view hostile("\0\"\\{}[],:0n\x1b\xFF\xC3 ", 15);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string body = whole;
    body[i] = hostile[random() % hostile.size()];
    const auto list = decode_number_list(reply(body));
    if (list) {
      EXPECT_EQ(list->numbers.size() + list->other_identifiers.size(), 3U) << body;
    }
    EXPECT_FALSE(decode_number_list(reply(whole.substr(0, i)))) << i;
  }
}

}  // namespace
}  // namespace sipdrift
