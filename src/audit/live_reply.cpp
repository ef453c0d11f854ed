// Reply -> live record, with the doubts that only its connection can raise.

#include "audit/live_reply.hpp"

#include <utility>
#include <variant>

#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

bool could_be_anothers(const LiveRecord& live, const HttpReply& reply) {
  return !live.is_named() && reply.may_be_stray;
}

}  // namespace

Result<LiveRecord, NotCompared> read_live_reply(const E164& number, const FetchOutcome& fetched,
                                                const Redact& redact) {
  const auto* const reply = std::get_if<HttpReply>(&fetched.answer);
  if (reply == nullptr) {
    NotCompared error = std::get<NotCompared>(fetched.answer);
    if (redact) error.message = redact(std::move(error.message));
    return Unexpected{std::move(error)};
  }
  const auto decode = [&](const HttpReply& read) { return decode_sip_config(number, read); };
  auto live = decode(*reply);
  if (!live) {
    return Unexpected{redacted_error(std::move(live).error(), *reply, redact, decode)};
  }
  if (could_be_anothers(*live, *reply)) {
    return Unexpected{
        NotCompared{ErrorKind::wrong_number,
                    "the reply does not say which number it is about, and could be another's"}};
  }
  return live;
}

}  // namespace sipdrift
