// One number: reply -> live record -> comparison -> result.

#include "audit/judge.hpp"

#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "audit/live_reply.hpp"
#include "model/redaction.hpp"

namespace sipdrift {

namespace {

/// A comparison, and what it was made with.
struct Verdict {
  Comparison comparison;
  LiveRecord live;
};
using Outcome = std::variant<NotCompared, Verdict>;

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

/// Without secrets, but for the live record, which is as it came.
Outcome outcome_of(const E164& number, const Expectation& expectation, const FetchOutcome& fetched,
                   const AuditOptions& options) {
  auto live = read_live_reply(number, fetched, options.redact);
  if (!live) return std::move(live).error();
  Comparison comparison = compare(expectation, *live, options.match);
  const std::size_t answered = comparison.findings.size() + comparison.matches.size();
  if (answered != expectation.check_count()) {
    return NotCompared{ErrorKind::internal, "the comparison left a declared field out"};
  }
  if (options.redact) {
    for (Finding& finding : comparison.findings) {
      redact_value(finding.expected, options);
      redact_value(finding.actual, options);
    }
  }
  return Verdict{std::move(comparison), *std::move(live)};
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
  if (reply != nullptr) result.evidence.http_status = reply->status;
  try {
    if (reply != nullptr) result.evidence.reply_sha256 = Sha256::of(reply->body);
    Outcome outcome = outcome_of(result.number, expectation, fetched, options);
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
