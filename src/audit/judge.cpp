// One number: reply -> live record -> comparison -> result.

#include "audit/judge.hpp"

#include <exception>
#include <utility>
#include <variant>

#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

std::variant<NotCompared, Comparison> outcome_of(const E164& number, const Expectation& expectation,
                                                 const HttpReply& reply, MatchMode match) {
  auto live = decode_sip_config(number, reply);
  if (!live) return std::move(live).error();
  Comparison comparison = compare(expectation, *live, match);
  const std::size_t answered = comparison.findings.size() + comparison.matches.size();
  if (answered != expectation.check_count()) {
    return NotCompared{ErrorKind::internal, "the comparison left a declared field out"};
  }
  return comparison;
}

}  // namespace

void judge(const Expectation& expectation, const FetchOutcome& fetched, const AuditOptions& options,
           NumberResult& result) {
  result.evidence.attempts = fetched.attempts;
  result.evidence.duration = fetched.duration;
  if (fetched.attempts > 0) result.evidence.observed_at = fetched.observed_at;

  if (const auto* const reply = std::get_if<HttpReply>(&fetched.answer)) {
    result.evidence.http_status = reply->status;
    result.evidence.reply_sha256 = Sha256::of(reply->body);
    try {
      result.outcome = outcome_of(result.number, expectation, *reply, options.match);
    } catch (const std::exception& error) {
      // A fault in this program costs one number its verdict, and no other number its own.
      result.outcome = NotCompared{ErrorKind::internal, error.what()};
    }
  } else {
    result.outcome = std::get<NotCompared>(fetched.answer);
  }
  auto* const error = std::get_if<NotCompared>(&result.outcome);
  if (error != nullptr && options.redact)
    error->message = options.redact(std::move(error->message));
}

}  // namespace sipdrift
