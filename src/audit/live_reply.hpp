// What came of a number's request, as far as it may be believed and shown.

#pragma once

#include <functional>
#include <string>

#include "sipdrift/e164.hpp"
#include "sipdrift/fetch.hpp"
#include "sipdrift/live_record.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// Takes secrets out of text from outside; may be empty.
using Redact = std::function<std::string(std::string)>;

/// The live record, as it came; or why there is none, without secrets. A reply that could be about
/// another number, as it may be stray and does not say which it is about, is `wrong_number`.
[[nodiscard]] Result<LiveRecord, NotCompared> read_live_reply(const E164& number,
                                                              const FetchOutcome& fetched,
                                                              const Redact& redact);

/// `error`, which came of decoding `reply`, without secrets. What it quotes was cut short, perhaps
/// in the middle of a secret: so `decode` makes it again, from a reply without secrets.
template <class Decode>
[[nodiscard]] NotCompared redacted_error(NotCompared error, const HttpReply& reply,
                                         const Redact& redact, const Decode& decode) {
  if (!redact) return error;
  const HttpReply shown{.status = reply.status,
                        .content_type = redact(reply.content_type),
                        .body = redact(reply.body),
                        .has_next_page = reply.has_next_page};
  const auto again = decode(shown);
  if (!again && again.error().kind == error.kind) error.message = again.error().message;
  error.message = redact(std::move(error.message));
  return error;
}

}  // namespace sipdrift
