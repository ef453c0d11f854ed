// Why a number could not be compared.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipdrift {

/// The kinds a program may tell apart; what happened in detail is in the message.
enum class ErrorKind : std::uint8_t {
  resolve,       ///< the API's host name could not be resolved
  connect,       ///< no connection to the API
  tls,           ///< the API's certificate was not accepted, or TLS failed otherwise
  timeout,       ///< no whole reply within the time for one attempt
  network,       ///< the connection broke, or the reply ended early
  unauthorized,  ///< HTTP 401 or 403: the API key is not accepted
  rate_limited,  ///< HTTP 429, still after all retries
  http_status,   ///< any other HTTP status that tells nothing of the number
  bad_reply,     ///< a reply that was not understood whole
  wrong_number,  ///< a reply about another number, or one that could be meant for another
  deadline,      ///< the run's time was up before this number's turn
  interrupted,   ///< the run was stopped before this number's turn
  internal,      ///< a fault in this program
};
inline constexpr std::array all_error_kinds{
    ErrorKind::resolve,   ErrorKind::connect,      ErrorKind::tls,          ErrorKind::timeout,
    ErrorKind::network,   ErrorKind::unauthorized, ErrorKind::rate_limited, ErrorKind::http_status,
    ErrorKind::bad_reply, ErrorKind::wrong_number, ErrorKind::deadline,     ErrorKind::interrupted,
    ErrorKind::internal};

/// "timeout", "bad_reply": stable words, as reports have them.
[[nodiscard]] std::string_view name(ErrorKind kind);

/// There is no verdict on a number, and this is why.
struct NotCompared {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  ///< one sentence for a person; may quote the provider, so escape it
};

}  // namespace sipdrift
