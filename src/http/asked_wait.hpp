// How long a reply asks the client to wait, in whichever header it says so.

#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace sipdrift {

/// The values of three headers; empty where the reply does not have one.
struct WaitHeaders {
  std::string_view retry_after;        ///< RFC 9110 section 10.2.3: seconds, or an HTTP date
  std::string_view ratelimit_reset;    ///< draft-ietf-httpapi-ratelimit-headers-07: seconds
  std::string_view x_ratelimit_reset;  ///< seconds, or a time in seconds since 1970
};

/// The wait that is asked for, at most a day; nothing where none is, or what is asked for is past
/// or makes no sense. The first header that makes sense counts.
[[nodiscard]] std::optional<std::chrono::seconds> asked_wait(const WaitHeaders& headers,
                                                             std::chrono::sys_seconds now);

}  // namespace sipdrift
