// What came of one attempt, and what to do about it: the one place that decides on retries.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "sipdrift/fetch.hpp"
#include "sipdrift/not_compared.hpp"

namespace sipdrift {

/// One request and what it was answered with.
struct Attempt {
  CURLcode code = CURLE_OK;
  HttpReply reply;                           ///< whole only if `code` is CURLE_OK
  bool is_too_long = false;                  ///< broken off because the body is too long
  std::optional<std::chrono::seconds> wait;  ///< if the reply asks for one
  std::string detail;                        ///< libcurl's own words
  bool is_connected = false;                 ///< the connection stood, with TLS if it has that
  int proxy_status = 0;                      ///< what a proxy answered to CONNECT; 0 without one

  std::chrono::steady_clock::time_point begun;
  std::chrono::microseconds duration{};
  std::size_t connections = 0;  ///< opened for it
  bool is_multiplexed = false;  ///< it went over a connection that others used as well (HTTP/2)
  long http_version = 0;        ///< a CURL_HTTP_VERSION_...; 0 if there was no reply
  std::uint64_t bytes = 0;      ///< received, headers included, before decoding
};

/// What to do after an attempt.
enum class Next : std::uint8_t {
  answer,       ///< the reply is the answer, good or bad
  suspect_key,  ///< it is the answer, and a few of these in a row stop the run
  retry,        ///< try again, while attempts are left
  retry_once,   ///< try again, but only after the first attempt
  slow_down,    ///< try again, while attempts are left; all requests wait and come slower
  send_again,   ///< the API did not take it up: try again, as if it had not been tried
  give_up,      ///< no further attempt could do better
};
[[nodiscard]] Next next_after(const Attempt& attempt);

/// Whether anybody was there: a reply, or the beginning of one, or what is none.
[[nodiscard]] bool was_answered(const Attempt& attempt);

/// Under which kind an attempt that is tried again is counted.
[[nodiscard]] ErrorKind kind_of(const Attempt& attempt);

/// What an attempt was given.
struct AttemptLimits {
  std::chrono::milliseconds connect;
  std::chrono::milliseconds whole;
  std::size_t bytes = max_reply_bytes;  ///< of the reply's body
};

/// Why an attempt without a whole reply is no answer; the same words each time it happens.
[[nodiscard]] NotCompared failure_of(const Attempt& attempt, const AttemptLimits& limits);

}  // namespace sipdrift
