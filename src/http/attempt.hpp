// What came of one attempt, and what to do about it: the one place that decides on retries.

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "sipdrift/fetch.hpp"
#include "sipdrift/not_compared.hpp"

namespace sipdrift {

/// One request and what it was answered with.
struct Attempt {
  CURLcode code = CURLE_OK;
  HttpReply reply;                                  ///< whole only if `code` is CURLE_OK
  bool is_too_long = false;                         ///< broken off because the body is too long
  std::optional<std::chrono::seconds> retry_after;  ///< if the reply asks for a wait
  std::string detail;                               ///< libcurl's own words
  bool is_connected = false;  ///< the connection stood, with TLS if it has that
  int proxy_status = 0;       ///< what a proxy answered to CONNECT; 0 without one
};

/// What to do after an attempt.
enum class Next : std::uint8_t {
  answer,      ///< the reply is the answer, good or bad
  retry,       ///< try again, while attempts are left
  retry_once,  ///< try again, but only after the first attempt
  give_up,     ///< no further attempt could do better
};
[[nodiscard]] Next next_after(const Attempt& attempt);

/// Whether the reply says that the API is being asked too much.
[[nodiscard]] bool is_refused_for_load(const Attempt& attempt);

/// What an attempt was given.
struct TimeLimits {
  std::chrono::milliseconds connect;
  std::chrono::milliseconds whole;
};

/// Why an attempt without a whole reply is no answer; the same words each time it happens.
[[nodiscard]] NotCompared failure_of(const Attempt& attempt, const TimeLimits& limits);

}  // namespace sipdrift
