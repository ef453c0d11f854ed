// The words for the kinds of error.

#include "sipdrift/not_compared.hpp"

namespace sipdrift {

std::string_view name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::resolve:
      return "resolve";
    case ErrorKind::connect:
      return "connect";
    case ErrorKind::tls:
      return "tls";
    case ErrorKind::timeout:
      return "timeout";
    case ErrorKind::network:
      return "network";
    case ErrorKind::unauthorized:
      return "unauthorized";
    case ErrorKind::rate_limited:
      return "rate_limited";
    case ErrorKind::http_status:
      return "http_status";
    case ErrorKind::bad_reply:
      return "bad_reply";
    case ErrorKind::deadline:
      return "deadline";
    case ErrorKind::interrupted:
      return "interrupted";
    case ErrorKind::internal:
      return "internal";
  }
  return {};
}

}  // namespace sipdrift
