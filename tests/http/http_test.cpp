// What decides on retries, and where a key may go. The fetcher at work is tested over real sockets,
// with the whole program.

#include <chrono>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/asked_wait.hpp"
#include "http/attempt.hpp"
#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {
namespace {

using ::testing::HasSubstr;

Attempt answered(int status) {
  Attempt attempt;
  attempt.reply.status = status;
  return attempt;
}

Attempt failed(CURLcode code, std::string detail = {}) {
  Attempt attempt;
  attempt.code = code;
  attempt.detail = std::move(detail);
  return attempt;
}

TEST(NextAfter, RetriesWhatMayPass) {
  for (const CURLcode code :
       {CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_HTTP2,
        CURLE_PARTIAL_FILE, CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING, CURLE_SEND_ERROR,
        CURLE_RECV_ERROR, CURLE_HTTP2_STREAM}) {
    EXPECT_EQ(next_after(failed(code)), Next::retry) << code;
  }
  EXPECT_EQ(next_after(failed(CURLE_SSL_CONNECT_ERROR)), Next::retry_once);
  for (const int status : {408, 425, 500, 502, 504}) {
    EXPECT_EQ(next_after(answered(status)), Next::retry) << status;
  }
}

TEST(NextAfter, SendsAgainWhatAConnectionOfHttp2LeftOver) {
  Attempt left_over = failed(CURLE_SEND_ERROR);
  left_over.is_multiplexed = true;
  EXPECT_EQ(next_after(left_over), Next::send_again);
}

TEST(NextAfter, SlowsDownForWhatIsRefusedForLoad) {
  EXPECT_EQ(next_after(answered(429)), Next::slow_down);
  EXPECT_EQ(next_after(answered(503)), Next::slow_down);
}

TEST(NextAfter, SuspectsTheKeyWhereItIsRefused) {
  EXPECT_EQ(next_after(answered(401)), Next::suspect_key);
  EXPECT_EQ(next_after(answered(403)), Next::suspect_key);
}

TEST(NextAfter, LeavesAProxyThatRefusesAlone) {
  Attempt refused = failed(CURLE_RECV_ERROR);
  refused.proxy_status = 407;
  EXPECT_EQ(next_after(refused), Next::give_up);
  EXPECT_EQ(failure_of(refused, {}).message, "the proxy answered HTTP 407 to CONNECT");
  EXPECT_EQ(kind_of(refused), ErrorKind::connect);
  refused.proxy_status = 503;
  EXPECT_EQ(next_after(refused), Next::retry);
}

TEST(KindOf, TellsWhatARetryIsCountedUnder) {
  EXPECT_EQ(kind_of(answered(429)), ErrorKind::rate_limited);
  EXPECT_EQ(kind_of(answered(503)), ErrorKind::http_status);
  EXPECT_EQ(kind_of(failed(CURLE_OPERATION_TIMEDOUT)), ErrorKind::timeout);
}

TEST(WasAnswered, HoldsForWhateverCameBack) {
  EXPECT_TRUE(was_answered(answered(500)));
  EXPECT_TRUE(was_answered(failed(CURLE_WEIRD_SERVER_REPLY)));
  EXPECT_FALSE(was_answered(failed(CURLE_COULDNT_CONNECT)));
}

TEST(NextAfter, GivesUpWhatItDoesNotKnow) {
  const Attempt unknown = failed(CURLE_FAILED_INIT);
  EXPECT_EQ(next_after(unknown), Next::give_up);
  EXPECT_EQ(kind_of(unknown), ErrorKind::network);
  EXPECT_EQ(failure_of(unknown, {}).message, curl_easy_strerror(CURLE_FAILED_INIT));
}

TEST(NextAfter, TakesEverythingElseAsItIs) {
  for (const int status : {200, 204, 301, 302, 307, 400, 404, 410, 422, 501}) {
    EXPECT_EQ(next_after(answered(status)), Next::answer) << status;
  }
  for (const CURLcode code : {CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
                              CURLE_BAD_CONTENT_ENCODING, CURLE_UNSUPPORTED_PROTOCOL,
                              CURLE_OUT_OF_MEMORY, CURLE_WRITE_ERROR, CURLE_WEIRD_SERVER_REPLY}) {
    Attempt attempt = failed(code);
    attempt.connections = 1;
    EXPECT_EQ(next_after(attempt), Next::give_up) << code;
  }
  Attempt long_reply = failed(CURLE_WRITE_ERROR);
  long_reply.is_too_long = true;
  EXPECT_EQ(next_after(long_reply), Next::give_up);
  EXPECT_EQ(kind_of(long_reply), ErrorKind::bad_reply);
  EXPECT_EQ(failure_of(failed(CURLE_SSL_CONNECT_ERROR), {}).message, "TLS could not be agreed on");
}

TEST(NextAfter, TriesOnceMoreWhereAKeptConnectionHeldWhatIsNoReply) {
  for (const CURLcode code : {CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY}) {
    Attempt attempt = failed(code);
    EXPECT_EQ(next_after(attempt), Next::retry_once);
    attempt.reply.status = 200;
    EXPECT_EQ(next_after(attempt), Next::give_up);
  }
}

// ---- What headers ask for --------------------------------------------------------------------

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'795'420'800)};  // 2026-11-23 08:00

int wait_for(std::string_view retry_after, std::string_view reset = {},
             std::string_view x_reset = {}) {
  const auto wait = asked_wait({retry_after, reset, x_reset}, now);
  return wait ? static_cast<int>(wait->count()) : -1;
}

TEST(AskedWait, IsReadInEveryForm) {
  EXPECT_EQ(wait_for("7"), 7);
  EXPECT_EQ(wait_for("0.2"), 1);
  EXPECT_EQ(wait_for("Mon, 23 Nov 2026 08:00:09 GMT"), 9);
  EXPECT_EQ(wait_for("Monday, 23-Nov-26 08:00:09 GMT"), 9);
  EXPECT_EQ(wait_for("Mon Nov 23 08:00:09 2026"), 9);
  EXPECT_EQ(wait_for("", "12"), 12);
  EXPECT_EQ(wait_for("", "", "30"), 30);
  EXPECT_EQ(wait_for("", "", "1795420845"), 45);
}

TEST(AskedWait, IsThatOfTheFirstHeaderThatMakesSense) {
  EXPECT_EQ(wait_for("7", "12", "30"), 7);
  EXPECT_EQ(wait_for("soon", "12", "30"), 12);
  EXPECT_EQ(wait_for("-1", "", "30"), 30);
  EXPECT_EQ(wait_for("0", "", "3600"), 0);
}

TEST(AskedWait, IsNoneWhereNothingSensibleIsAsked) {
  for (const char* const text : {"", "-5", "soon", "1e9", "0x10", "7 seconds", "nan", "inf",
                                 "Mon, 23 Nov 2026 07:59:59 GMT", "1795420799", "5061;w=60"}) {
    EXPECT_EQ(wait_for(text), -1) << text;
  }
}

TEST(AskedWait, HasABound) {
  constexpr int day = 86'400;
  for (const char* const text : {"86401", "9223372036854775807", "99999999999999999999999",
                                 "Fri, 23 Nov 2029 08:00:09 GMT", "1895420800"}) {
    EXPECT_EQ(wait_for(text), day) << text;
  }
}

TEST(Failure, HasAKindAndTheSameWordsEveryTime) {
  const AttemptLimits timeout{std::chrono::milliseconds(500), std::chrono::milliseconds(1500)};
  const auto failure = [&](CURLcode code) {
    return failure_of(failed(code, "in 1501 ms"), timeout);
  };
  EXPECT_EQ(failure(CURLE_OPERATION_TIMEDOUT).kind, ErrorKind::timeout);
  EXPECT_EQ(failure(CURLE_OPERATION_TIMEDOUT).message, "no connection within 0.5 s");
  Attempt unanswered = failed(CURLE_OPERATION_TIMEDOUT);
  unanswered.is_connected = true;
  EXPECT_EQ(failure_of(unanswered, timeout).message, "no whole reply within 1.5 s");
  EXPECT_EQ(failure(CURLE_UNSUPPORTED_PROTOCOL).message, "the reply is not HTTP");
  EXPECT_EQ(failure(CURLE_COULDNT_RESOLVE_HOST).kind, ErrorKind::resolve);
  EXPECT_EQ(failure(CURLE_COULDNT_CONNECT).kind, ErrorKind::connect);
  EXPECT_EQ(failure(CURLE_COULDNT_CONNECT).message, "no connection to the API");
  EXPECT_EQ(failure(CURLE_PARTIAL_FILE).kind, ErrorKind::network);
  EXPECT_EQ(failure(CURLE_BAD_CONTENT_ENCODING).kind, ErrorKind::bad_reply);
  EXPECT_EQ(failure(CURLE_FILESIZE_EXCEEDED).kind, ErrorKind::network);
  EXPECT_THAT(failure(CURLE_PEER_FAILED_VERIFICATION).message, HasSubstr("in 1501 ms"));

  Attempt long_reply = failed(CURLE_WRITE_ERROR);
  long_reply.is_too_long = true;
  EXPECT_EQ(failure_of(long_reply, timeout).kind, ErrorKind::bad_reply);
  EXPECT_EQ(failure_of(long_reply, timeout).message, "the reply is longer than 1 MiB");
  const AttemptLimits of_a_list{timeout.connect, timeout.whole, max_list_bytes};
  EXPECT_EQ(failure_of(long_reply, of_a_list).message, "the reply is longer than 64 MiB");
}

TEST(ApiUrl, IsHttpsOrLoopback) {
  EXPECT_EQ(check_api_url("https://api.bland.ai").value(), "https://api.bland.ai");
  EXPECT_EQ(check_api_url("https://api.example.com/bland/").value(),
            "https://api.example.com/bland");
  EXPECT_EQ(check_api_url("HTTPS://api.example.com:8443//").value(),
            "https://api.example.com:8443");
  EXPECT_EQ(check_api_url("http://127.0.0.1:8080").value(), "http://127.0.0.1:8080");
  EXPECT_EQ(check_api_url("http://127.9.9.9").value(), "http://127.9.9.9");
  EXPECT_EQ(check_api_url("http://[::1]:80/x").value(), "http://[::1]:80/x");
  EXPECT_EQ(check_api_url("http://localhost").value(), "http://localhost");
}

TEST(ApiUrl, GoesNowhereElse) {
  const auto fault = [](const char* url) {
    const auto checked = check_api_url(url);
    return checked ? "accepted as " + *checked : checked.error();
  };
  EXPECT_THAT(fault("http://api.bland.ai"), HasSubstr("is not https"));
  EXPECT_THAT(fault("http://127.0.0.1.example.com"), HasSubstr("is not https"));
  EXPECT_THAT(fault("http://localhost.example.com"), HasSubstr("is not https"));
  EXPECT_THAT(fault("http://128.0.0.1"), HasSubstr("is not https"));
  EXPECT_THAT(fault("http://[::2]"), HasSubstr("is not https"));
  EXPECT_THAT(fault("ftp://h"), HasSubstr("neither https nor http"));
  EXPECT_THAT(fault("file:///etc/passwd"), HasSubstr("neither https nor http"));
  EXPECT_THAT(fault("https://user:pass@h"), HasSubstr("user info"));
  EXPECT_THAT(fault("https://user@h"), HasSubstr("user info"));
  EXPECT_THAT(fault("http://127.0.0.1@evil.example"), HasSubstr("user info"));
  EXPECT_THAT(fault("https://h?x=1"), HasSubstr("query"));
  EXPECT_THAT(fault("https://h/#x"), HasSubstr("fragment"));
  EXPECT_THAT(fault("api.bland.ai"), HasSubstr("is not a URL"));
  EXPECT_THAT(fault(""), HasSubstr("is not a URL"));
  EXPECT_THAT(fault("https://"), HasSubstr("is not a URL"));
}

}  // namespace
}  // namespace sipdrift
