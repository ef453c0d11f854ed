// What decides on retries, and where a key may go. The fetcher at work is tested over real sockets,
// with the whole program.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  for (const int status : {408, 425, 429, 500, 502, 503, 504}) {
    EXPECT_EQ(next_after(answered(status)), Next::retry) << status;
  }
}

TEST(NextAfter, TakesEverythingElseAsItIs) {
  for (const int status : {200, 204, 301, 302, 307, 400, 401, 403, 404, 410, 422, 501}) {
    EXPECT_EQ(next_after(answered(status)), Next::answer) << status;
  }
  for (const CURLcode code : {CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
                              CURLE_BAD_CONTENT_ENCODING, CURLE_UNSUPPORTED_PROTOCOL,
                              CURLE_OUT_OF_MEMORY, CURLE_WRITE_ERROR, CURLE_WEIRD_SERVER_REPLY}) {
    EXPECT_EQ(next_after(failed(code)), Next::give_up) << code;
  }
  Attempt long_reply = failed(CURLE_WRITE_ERROR);
  long_reply.is_too_long = true;
  EXPECT_EQ(next_after(long_reply), Next::give_up);
}

TEST(Failure, HasAKindAndTheSameWordsEveryTime) {
  const TimeLimits timeout{std::chrono::milliseconds(500), std::chrono::milliseconds(1500)};
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
