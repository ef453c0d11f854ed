// Replies of the provider's API: the documented one, every shape that is tolerated, and everything
// that must not be believed.

#include <ostream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sipdrift/provider.hpp"

namespace sipdrift {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const E164 asked = E164::parse("+14150000000").value();

HttpReply reply(std::string body, int status = 200, std::string type = "application/json") {
  return {status, std::move(type), std::move(body)};
}

/// One direction's object as the API's documentation shows it, with other options.
std::string direction(const std::string& name, const std::string& options,
                      const std::string& endpoint = "null") {
  return R"({"number":"+14150000000","id":"abc123","org_id":"org_456","direction":")" + name +
         R"(","sip_endpoint":)" + endpoint +
         R"(,"created_at":"2026-03-09T12:00:00Z","updated_at":"2026-03-09T12:00:00Z",)" +
         R"("headers":null,"options":)" + options + "}";
}

std::string body_with(const std::string& inbound, const std::string& outbound) {
  return R"({"data":{"inbound":)" + inbound + R"(,"outbound":)" + outbound + R"(},"errors":null})";
}

std::string outbound_options(const std::string& options) {
  return body_with("null", direction("outbound", options));
}

NotCompared error_of(const HttpReply& reply) {
  auto record = decode_sip_config(asked, reply);
  if (record) {
    ADD_FAILURE() << "believed: " << reply.body.substr(0, 200);
    return {};
  }
  return std::move(record).error();
}

TEST(SipConfigRequest, AsksForTheNumberInE164) {
  EXPECT_EQ(sip_config_target(asked), "/v1/sip?phone_number=%2B14150000000");
}

TEST(SipConfigReply, IsReadAsDocumented) {
  const auto record = decode_sip_config(
      asked, reply(body_with(
                 direction("inbound", R"({"auth_mode":"ip"})"),
                 direction("outbound", R"({"port":5061,"transport":"tls","secure_media":true})",
                           R"("sip:trunk.provider.com")"))));
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->number, asked);
  ASSERT_TRUE(record->inbound);
  EXPECT_EQ(record->inbound->auth_mode, "ip");
  EXPECT_EQ(record->inbound->sip_endpoint, std::nullopt);
  EXPECT_FALSE(record->inbound->port);
  ASSERT_TRUE(record->outbound);
  EXPECT_EQ(record->outbound->sip_endpoint, "sip:trunk.provider.com");
  EXPECT_EQ(record->outbound->port->value, 5061);
  EXPECT_FALSE(record->outbound->port->in_string);
  EXPECT_EQ(record->outbound->transport, "tls");
  EXPECT_TRUE(record->outbound->secure_media->value);
}

TEST(SipConfigReply, ADirectionThatIsNullIsNotConfigured) {
  const auto record = decode_sip_config(asked, reply(body_with("null", "null")));
  ASSERT_TRUE(record);
  EXPECT_FALSE(record->inbound);
  EXPECT_FALSE(record->outbound);
}

TEST(SipConfigReply, ToleratesNumbersAndBooleansInStrings) {
  const auto record = decode_sip_config(
      asked, reply(outbound_options(R"({"port":"5061","secure_media":"false"})")));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->outbound->port->value, 5061);
  EXPECT_TRUE(record->outbound->port->in_string);
  EXPECT_FALSE(record->outbound->secure_media->value);
  EXPECT_TRUE(record->outbound->secure_media->in_string);
}

TEST(SipConfigReply, ReadsNullAndLeftOutKeysAsNoValue) {
  for (const char* const options : {"null", "{}", R"({"port":null,"transport":null})"}) {
    const auto record = decode_sip_config(asked, reply(outbound_options(options)));
    ASSERT_TRUE(record) << options;
    EXPECT_FALSE(record->outbound->port);
    EXPECT_FALSE(record->outbound->transport);
  }
}

TEST(SipConfigReply, IgnoresKeysItDoesNotKnow) {
  EXPECT_TRUE(decode_sip_config(
      asked, reply(R"({"data":{"inbound":null,"outbound":null,"trunk":{"id":1}},"meta":[1],)"
                   R"("errors":[]})")));
}

TEST(SipConfigReply, TakesAnyContentTypeThatIsJson) {
  for (const char* const type : {"application/json; charset=utf-8", "Application/JSON",
                                 "application/vnd.api+json", " application/json ;x"}) {
    EXPECT_TRUE(decode_sip_config(asked, reply(body_with("null", "null"), 200, type))) << type;
  }
}

struct BadReply {
  const char* what;
  std::string body;
  const char* reason;
};

void PrintTo(const BadReply& bad, std::ostream* out) { *out << bad.what; }

class BadReplies : public ::testing::TestWithParam<BadReply> {};

TEST_P(BadReplies, AreNotCompared) {
  const NotCompared error = error_of(reply(GetParam().body));
  EXPECT_EQ(error.kind, ErrorKind::bad_reply);
  EXPECT_THAT(error.message, HasSubstr(GetParam().reason));
}

const std::string nulls = R"({"inbound":null,"outbound":null})";

INSTANTIATE_TEST_SUITE_P(
    Json, BadReplies,
    ::testing::Values(
        BadReply{"nothing", "", "it is empty"}, BadReply{"html", "<html>ok</html>", "breaks off"},
        BadReply{"cut off", body_with("null", "null").substr(0, 30), "breaks off"},
        BadReply{"text behind", body_with("null", "null") + "x", "breaks off"},
        BadReply{"a second value", body_with("null", "null") + "{}", "breaks off"},
        BadReply{"text behind a NUL", body_with("null", "null") + std::string("\0x", 2), "a NUL"},
        BadReply{"an escaped NUL", outbound_options(R"({"transport":"tls\u0000"})"),
                 "a text or key holds a NUL"},
        BadReply{"a key with a NUL", R"({"data\u0000":1})", "a text or key holds a NUL"},
        BadReply{"not UTF-8", outbound_options("{\"transport\":\"\xFF\"}"), "it is not UTF-8"},
        BadReply{"a high surrogate", outbound_options(R"({"transport":"\uD800"})"), "breaks off"},
        BadReply{"a low surrogate", outbound_options(R"({"transport":"\uDC00"})"), "breaks off"},
        BadReply{"a surrogate and a letter", outbound_options(R"({"transport":"\uD800\u0041"})"),
                 "breaks off"},
        BadReply{"a low surrogate in a key", outbound_options(R"({"\uDC00":null})"), "breaks off"},
        BadReply{"a duplicate key", outbound_options(R"({"port":5060,"port":5061})"), "twice"},
        BadReply{"a duplicate key far away", R"({"a":{"b":1,"b":2},"data":)" + nulls + "}",
                 "twice"},
        BadReply{"a comment", "/* */" + body_with("null", "null"), "breaks off"},
        BadReply{"NaN", outbound_options(R"({"port":NaN})"), "breaks off"},
        BadReply{
            "33 levels",
            R"({"data":)" + nulls + R"(,"x":)" + std::string(32, '[') + std::string(32, ']') + "}",
            "more than 32 levels"},
        BadReply{"many levels", std::string(100000, '[') + std::string(100000, ']'),
                 "more than 32 levels"},
        BadReply{"many levels that never end", std::string(1000000, '['), "breaks off"},
        BadReply{"a text", R"("ok")", "the reply is a text"},
        BadReply{"a list", "[]", "the reply is a list"},
        BadReply{"null", "null", "the reply is null"}));

INSTANTIATE_TEST_SUITE_P(
    Shape, BadReplies,
    ::testing::Values(
        BadReply{"no data", R"({"errors":null})", "no \"data\""},
        BadReply{"data null", R"({"data":null,"errors":null})", "data is null"},
        BadReply{"data a list", R"({"data":[],"errors":null})", "data is a list"},
        BadReply{"no inbound", R"({"data":{"outbound":null}})", "data.inbound is missing"},
        BadReply{"no outbound", R"({"data":{"inbound":null}})", "data.outbound is missing"},
        BadReply{"inbound false", R"({"data":{"inbound":false,"outbound":null}})",
                 "data.inbound is a boolean"},
        BadReply{"an empty direction", body_with("{}", "null"), "has no \"number\""},
        BadReply{"number missing", body_with(R"({"direction":"inbound"})", "null"),
                 "has no \"number\""},
        BadReply{"direction missing", body_with(R"({"number":"+14150000000"})", "null"),
                 "has no \"direction\""},
        BadReply{"number an integer", body_with(R"({"number":14150000000})", "null"),
                 "number is a number"},
        BadReply{"another direction", body_with(direction("outbound", "null"), "null"),
                 "data.inbound.direction is \"outbound\""},
        BadReply{"no endpoint and no options",
                 body_with("null", R"({"number":"+14150000000","direction":"outbound",)"
                                   R"("config":{"port":5061}})"),
                 "data.outbound.sip_endpoint is missing"},
        BadReply{"no options",
                 body_with("null", R"({"number":"+14150000000","direction":"outbound",)"
                                   R"("sip_endpoint":null,"port":5061})"),
                 "data.outbound.options is missing"},
        BadReply{"an error inside",
                 body_with("null", R"({"number":"+14150000000","direction":"outbound","error":"x",)"
                                   R"("sip_endpoint":null,"options":null})"),
                 "data.outbound reports an error"},
        BadReply{"a transport beside the options",
                 body_with("null", R"({"number":"+14150000000","direction":"outbound",)"
                                   R"("sip_endpoint":null,"options":null,"transport":"udp"})"),
                 "data.outbound holds a transport where none belongs"},
        BadReply{"a port in another spelling", outbound_options(R"({"Port":5060})"),
                 "holds a port where none belongs"},
        BadReply{"secureMedia", outbound_options(R"({"secureMedia":true})"),
                 "a secure_media where"},
        BadReply{"an endpoint inside", outbound_options(R"({"sip_endpoint":"sip:h"})"),
                 "a sip_endpoint where none belongs"},
        BadReply{"options a text", outbound_options(R"("tls")"), "options is a text"},
        BadReply{"options a list", outbound_options("[]"), "options is a list"},
        BadReply{"endpoint a number", body_with("null", direction("outbound", "null", "7")),
                 "sip_endpoint is a number, not a text"}));

INSTANTIATE_TEST_SUITE_P(
    Values, BadReplies,
    ::testing::Values(
        BadReply{"a port that would be narrowed to 5061", outbound_options(R"({"port":70597})"),
                 "data.outbound.options.port is 70597, not an integer from 1 to 65535"},
        BadReply{"a fraction", outbound_options(R"({"port":5061.7})"), "5061.7"},
        BadReply{"a whole fraction", outbound_options(R"({"port":5061.0})"), "5061.0"},
        BadReply{"an exponent", outbound_options(R"({"port":5061e0})"), "5061.0"},
        BadReply{"a negative port", outbound_options(R"({"port":-1})"), "-1"},
        BadReply{"port 0", outbound_options(R"({"port":0})"), "port is 0"},
        BadReply{"a huge port", outbound_options(R"({"port":18446744073709556677})"), "too large"},
        BadReply{"a boolean port", outbound_options(R"({"port":true})"), "port is true"},
        BadReply{"a port in a list", outbound_options(R"({"port":[5061]})"), "port is a list"},
        BadReply{"an empty port", outbound_options(R"({"port":""})"), "port is \"\""},
        BadReply{"a padded port", outbound_options(R"({"port":" 5061"})"), "port is \" 5061\""},
        BadReply{"an octal port", outbound_options(R"({"port":"05061"})"), "port is \"05061\""},
        BadReply{"a hexadecimal port", outbound_options(R"({"port":"0x13c5"})"), "0x13c5"},
        BadReply{"a signed port", outbound_options(R"({"port":"+5061"})"), "+5061"},
        BadReply{"a port with a tail", outbound_options(R"({"port":"5061 "})"), "5061 "},
        BadReply{"a transport that is a number", outbound_options(R"({"transport":1})"),
                 "transport is a number"},
        BadReply{"an auth_mode that is a list", outbound_options(R"({"auth_mode":["ip"]})"),
                 "auth_mode is a list"},
        BadReply{"secure_media 1", outbound_options(R"({"secure_media":1})"), "secure_media is 1"},
        BadReply{"secure_media yes", outbound_options(R"({"secure_media":"yes"})"), "\"yes\""},
        BadReply{"secure_media True", outbound_options(R"({"secure_media":"True"})"), "\"True\""}));

INSTANTIATE_TEST_SUITE_P(
    ErrorsWithStatus200, BadReplies,
    ::testing::Values(
        BadReply{"errors",
                 R"({"data":)" + nulls + R"(,"errors":[{"error":"SIP_NOT_ENABLED",)" +
                     R"("message":"ask support"}]})",
                 "the API reports an error: SIP_NOT_ENABLED: ask support"},
        BadReply{"texts", R"({"data":)" + nulls + R"(,"errors":["no"]})", "reports an error: no"},
        BadReply{"errors a text", R"({"data":)" + nulls + R"(,"errors":"no"})", "reports an error"},
        BadReply{"errors false", R"({"data":)" + nulls + R"(,"errors":false})", "reports an error"},
        BadReply{"errors an object", R"({"data":)" + nulls + R"(,"errors":{"a":1}})",
                 "reports an error"},
        BadReply{"error", R"({"data":)" + nulls + R"(,"error":"down"})", "an error: down"},
        BadReply{"Errors", R"({"data":)" + nulls + R"(,"Errors":["no"]})", "reports an error"},
        BadReply{"success", R"({"data":)" + nulls + R"(,"success":false,"message":"down"})",
                 "an error: down"},
        BadReply{"failed", R"({"data":)" + nulls + R"(,"status":"failed"})", "reports an error"},
        BadReply{"errors inside",
                 R"({"data":{"inbound":null,"outbound":null,"errors":["lookup failed"]}})",
                 "an error inside data"},
        BadReply{
            "a long text",
            body_with("null", direction("outbound", "null", '"' + std::string(2049, 'a') + '"')),
            "sip_endpoint is 2049 bytes long, not at most 2048"},
        BadReply{"status", R"({"data":)" + nulls + R"(,"status":"error","message":"down"})",
                 "an error: down"}));

TEST(SipConfigReply, AboutAnotherNumberIsNoAnswer) {
  const NotCompared error =
      error_of(reply(body_with(R"({"number":"+14150000001","direction":"inbound"})", "null")));
  EXPECT_EQ(error.kind, ErrorKind::wrong_number);
  EXPECT_THAT(error.message,
              HasSubstr("data.inbound.number is \"+14150000001\", but \"+14150000000\" was asked"));
  EXPECT_EQ(
      error_of(reply(R"({"data":{"number":"+14150000001","inbound":null,"outbound":null}})")).kind,
      ErrorKind::wrong_number);
}

TEST(SipConfigReply, NamesItsNumberWhereADirectionIsConfigured) {
  EXPECT_FALSE(decode_sip_config(asked, reply(body_with("null", "null")))->is_named());
  EXPECT_TRUE(decode_sip_config(asked, reply(outbound_options("null")))->is_named());
}

TEST(SipConfigReply, ShowsNoPasswordInWhatItQuotes) {
  for (const HttpReply& page : {
           reply(R"({"errors":[{"error":"X","message":"REGISTER sip:al:hunter2@h: 403"}]})", 500),
           reply(R"({"data":null,"errors":["sip:al:hunter2@h"]})"),
           reply("cannot reach sip:al:hunter2@h", 502, "text/plain"),
           reply(R"([{"options":{"sip_password":"hunter2"}}])", 500),
           reply(R"(cb({"options":{"sip_password":"hunter2"}}))", 500),
           reply(body_with(R"({"number":"sip:al:hunter2@h","direction":"inbound"})", "null")),
           reply(outbound_options(R"({"secure_media":"hunter2"})")),
           reply(outbound_options(R"({"port":"a:hunter2@h"})")),
       }) {
    EXPECT_THAT(error_of(page).message, Not(HasSubstr("hunter2"))) << page.body;
  }
}

TEST(SipConfigReply, IsNotBelievedUnlessItSaysItIsJson) {
  const std::string good = body_with("null", "null");
  EXPECT_THAT(error_of(reply(good, 200, "text/html")).message,
              HasSubstr("\"text/html\", not JSON"));
  EXPECT_THAT(error_of(reply(good, 200, "")).message, HasSubstr("no Content-Type"));
  EXPECT_THAT(error_of(reply(good, 200, "text/json")).message, HasSubstr("not JSON"));
}

TEST(SipConfigReply, IsNotBelievedBeyondAMebibyte) {
  std::string body = body_with("null", "null");
  body.append(max_reply_bytes - body.size(), ' ');
  EXPECT_TRUE(decode_sip_config(asked, reply(body)));
  body.append(" ");
  EXPECT_THAT(error_of(reply(body)).message, HasSubstr("longer than 1 MiB"));
}

TEST(SipConfigReply, OfAnyOtherStatusIsNoAnswer) {
  const std::string good = body_with("null", "null");
  for (const int status : {201, 202, 203, 204, 206, 301, 302, 304, 307, 400, 410, 418, 500, 503}) {
    const NotCompared error = error_of(reply(good, status));
    EXPECT_EQ(error.kind, ErrorKind::http_status);
    EXPECT_THAT(error.message, HasSubstr("HTTP " + std::to_string(status)));
  }
  EXPECT_EQ(error_of(reply(good, 401)).kind, ErrorKind::unauthorized);
  EXPECT_EQ(error_of(reply(good, 403)).kind, ErrorKind::unauthorized);
  EXPECT_EQ(error_of(reply(good, 429)).kind, ErrorKind::rate_limited);
}

// ---- What a 404 means ------------------------------------------------------------------------

TEST(NotFound, InTheApisOwnWordsMeansNotConfigured) {
  for (const char* const body :
       {R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"Phone number not found"}]})",
        R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"+14150000000, not found"}]})",
        R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"No SIP config; POST /v1/sip"}]})",
        R"({"data":null,"errors":["NOT_FOUND"]})"}) {
    const auto record = decode_sip_config(asked, reply(body, 404));
    ASSERT_TRUE(record) << body;
    EXPECT_FALSE(record->inbound);
    EXPECT_FALSE(record->outbound);
  }
}

TEST(NotFound, OfAnyoneElseMeansNothing) {
  const std::string not_found = R"({"data":null,"errors":[{"error":"NOT_FOUND","message":""}]})";
  for (const HttpReply& page : {
           reply("<html>404 Not Found</html>", 404, "text/html"),
           reply(not_found, 404, "text/html"),
           reply(not_found + "x", 404),
           reply(R"({"message":"no Route matched with those values"})", 404),
           reply(R"({"error":"NOT_FOUND"})", 404),
           reply(R"({"status":"error","message":"Not Found"})", 404),
           reply(R"({"errors":[{"error":"NOT_FOUND"}]})", 404),
           reply(R"({"data":{},"errors":[{"error":"NOT_FOUND"}]})", 404),
           reply(R"({"data":null,"errors":[]})", 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND","message":)"
                 R"("Cannot GET /v2/v1/sip?phone_number=%2B14150000000"}]})",
                 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND","message":)"
                 R"("no SIP configuration service available"}]})",
                 404),
           reply(R"({"data":null,"errors":null})", 404),
           reply(R"({"data":null,"errors":[{"error":"SIP_NOT_ENABLED"}]})", 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND"},{"error":"X"}]})", 404),
           reply(R"({"data":null,"errors":[404]})", 404),
           reply(R"({"data":null,"errors":["SIP_NOT_ENABLED"]})", 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"Route not found"}]})",
                 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"Organization"}]})", 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"Number 14150000001"}]})",
                 404),
           reply(R"({"data":null,"errors":["AUTH_FAILURE"]})", 404),
           reply(R"({"data":null,"errors":["Cannot GET /v2/v1/sip"]})", 404),
           reply(R"({"data":null,"errors":["NOT_FOUND","SIP_NOT_ENABLED"]})", 404),
           reply(R"({"data":null,"errors":[{"error":"NOT_FOUND","message":"+14150000001"}]})", 404),
           reply("", 404),
       }) {
    EXPECT_EQ(error_of(page).kind, ErrorKind::http_status) << page.body;
  }
}

// ---- What an error says ----------------------------------------------------------------------

TEST(ErrorText, UnderstandsEveryDocumentedShape) {
  const auto text = [](std::string body) { return error_of(reply(std::move(body), 500)).message; };
  EXPECT_EQ(text(R"({"data":null,"errors":[{"error":"AUTH_FAILURE","message":"no"}]})"),
            "HTTP 500: AUTH_FAILURE: no");
  EXPECT_EQ(text(R"({"data":null,"errors":["first","second"]})"), "HTTP 500: first");
  EXPECT_EQ(text(R"({"status":"error","message":"broken"})"), "HTTP 500: broken");
  EXPECT_EQ(text(R"({"error":"broken"})"), "HTTP 500: broken");
  EXPECT_EQ(text(R"("broken")"), "HTTP 500: broken");
  EXPECT_EQ(text(" upstream gone\n"), "HTTP 500: upstream gone");
  EXPECT_EQ(text("<!DOCTYPE html><title>x</title>"), "HTTP 500: an HTML page");
  EXPECT_EQ(text(""), "HTTP 500");
  EXPECT_EQ(text("{broken"), "HTTP 500");
  EXPECT_EQ(text(R"({"errors":[7],"x":1})"), "HTTP 500");
}

TEST(ErrorText, IsOneShortLineFitToBeShown) {
  const std::string message =
      error_of(reply("a\n\x1b[2J\xFF" + std::string(1000, 'x'), 500)).message;
  EXPECT_THAT(message, HasSubstr("a\\u{A}\\u{1B}[2J\\x{FF}xxx"));
  EXPECT_LT(message.size(), 300U);
  EXPECT_THAT(message, Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace sipdrift
