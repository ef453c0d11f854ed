// One number: reply -> live record -> comparison -> result.

#include "audit/judge.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "model/redaction.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

/// A comparison, and what it was made with.
struct Verdict {
  Comparison comparison;
  LiveRecord live;
};
using Outcome = std::variant<NotCompared, Verdict>;

bool could_be_anothers(const LiveRecord& live, const HttpReply& reply) {
  return !live.is_named() && reply.may_be_stray;
}

Outcome outcome_of(const E164& number, const Expectation& expectation, const HttpReply& reply,
                   MatchMode match) {
  auto live = decode_sip_config(number, reply);
  if (!live) return std::move(live).error();
  if (could_be_anothers(*live, reply)) {
    return NotCompared{ErrorKind::wrong_number,
                       "the reply does not say which number it is about, and could be another's"};
  }
  Comparison comparison = compare(expectation, *live, match);
  const std::size_t answered = comparison.findings.size() + comparison.matches.size();
  if (answered != expectation.check_count()) {
    return NotCompared{ErrorKind::internal, "the comparison left a declared field out"};
  }
  return Verdict{std::move(comparison), *std::move(live)};
}

void redact_text(std::optional<std::string>& text, const AuditOptions& options) {
  if (!text) return;
  *text = redacted_endpoint(*text);
  if (options.redact) *text = options.redact(std::move(*text));
}

/// What is kept of a live record. A password can stand in any of its texts.
void redact_live(LiveRecord& live, const AuditOptions& options) {
  for (std::optional<LiveDirection>* const direction : {&live.inbound, &live.outbound}) {
    if (!*direction) continue;
    redact_text((*direction)->auth_mode, options);
    redact_text((*direction)->sip_endpoint, options);
    redact_text((*direction)->transport, options);
  }
}

void redact_value(Value& value, const AuditOptions& options) {
  if (auto* const text = std::get_if<std::string>(&value)) *text = options.redact(std::move(*text));
}

/// The outcome without secrets. What an error quotes was cut short, perhaps in the middle of a
/// secret: so it is made again, from a reply without secrets.
Outcome redacted(Outcome outcome, const E164& number, const HttpReply& reply,
                 const AuditOptions& options) {
  if (auto* const verdict = std::get_if<Verdict>(&outcome)) {
    for (Finding& finding : verdict->comparison.findings) {
      redact_value(finding.expected, options);
      redact_value(finding.actual, options);
    }
    return outcome;
  }
  const HttpReply shown{.status = reply.status,
                        .content_type = options.redact(reply.content_type),
                        .body = options.redact(reply.body)};
  auto& error = std::get<NotCompared>(outcome);
  const auto again = decode_sip_config(number, shown);
  if (!again && again.error().kind == error.kind) error.message = again.error().message;
  error.message = options.redact(std::move(error.message));
  return outcome;
}

}  // namespace

void judge(const Expectation& expectation, const FetchOutcome& fetched, const AuditOptions& options,
           NumberResult& result) {
  result.evidence = {.observed_at = std::nullopt,
                     .http_status = std::nullopt,
                     .attempts = fetched.attempts,
                     .duration = fetched.duration,
                     .reply_sha256 = std::nullopt};
  if (fetched.attempts > 0) result.evidence.observed_at = options.now();
  const auto* const reply = std::get_if<HttpReply>(&fetched.answer);
  if (reply == nullptr) {
    NotCompared error = std::get<NotCompared>(fetched.answer);
    if (options.redact) error.message = options.redact(std::move(error.message));
    if (!fetched.given_up.empty()) error.message += "; " + fetched.given_up;
    result.outcome = std::move(error);
    return;
  }
  result.evidence.http_status = reply->status;
  try {
    result.evidence.reply_sha256 = Sha256::of(reply->body);
    Outcome outcome = outcome_of(result.number, expectation, *reply, options.match);
    if (options.redact) {
      outcome = redacted(std::move(outcome), result.number, *reply, options);
    }
    if (auto* const verdict = std::get_if<Verdict>(&outcome)) {
      redact_live(verdict->live, options);
      result.observed = std::move(verdict->live);
      result.outcome = std::move(verdict->comparison);
    } else {
      result.outcome = std::move(std::get<NotCompared>(outcome));
      result.observed.reset();
    }
  } catch (const std::exception& error) {
    // A fault in this program costs one number its verdict, and no other number its own.
    result.outcome = NotCompared{ErrorKind::internal, error.what()};
    result.observed.reset();
  }
  if (auto* const failure = std::get_if<NotCompared>(&result.outcome)) {
    if (!fetched.given_up.empty()) failure->message += "; " + fetched.given_up;
  }
}

}  // namespace sipdrift
