// The list, less the manifest.

#include "audit/discover.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "audit/fetch_list.hpp"
#include "model/characters.hpp"
#include "model/redaction.hpp"

namespace sipdrift {

namespace {

ErrorKind kind_of(FetchEnd end) {
  switch (end) {
    case FetchEnd::key_rejected:
      return ErrorKind::unauthorized;
    case FetchEnd::deadline:
      return ErrorKind::deadline;
    case FetchEnd::interrupted:
      return ErrorKind::interrupted;
    case FetchEnd::unreachable:
      return ErrorKind::connect;
    case FetchEnd::refused:
      return ErrorKind::rate_limited;
    case FetchEnd::complete:
    case FetchEnd::failed:
      break;
  }
  return ErrorKind::internal;
}

Evidence evidence_of(const FetchOutcome& outcome, const AuditOptions& options) {
  Evidence evidence{.observed_at = {},
                    .http_status = {},
                    .attempts = outcome.attempts,
                    .duration = outcome.duration,
                    .reply_sha256 = {}};
  if (outcome.attempts > 0) evidence.observed_at = options.now();
  if (const auto* const reply = std::get_if<HttpReply>(&outcome.answer)) {
    evidence.http_status = reply->status;
    evidence.reply_sha256 = Sha256::of(reply->body);
  }
  return evidence;
}

struct ByNumber {
  bool operator()(const ListedNumber& a, const E164& b) const { return a.number < b; }
  bool operator()(const E164& a, const ListedNumber& b) const { return a < b.number; }
};

/// What the report keeps of a listed number.
NumberResult unmanaged(const ListedNumber& listed, const AuditOptions& options) {
  Unmanaged outcome;
  if (listed.is_inbound) outcome.directions.push_back(Direction::inbound);
  if (listed.is_outbound) outcome.directions.push_back(Direction::outbound);
  if (listed.sip_endpoint) {
    outcome.sip_endpoint = redacted_endpoint(*listed.sip_endpoint);
    if (options.redact) outcome.sip_endpoint = options.redact(*std::move(outcome.sip_endpoint));
  }
  return {.number = listed.number,
          .source = {},
          .profile = {},
          .tags = {},
          .outcome = std::move(outcome),
          .evidence = {}};
}

/// How many numbers the list lacks that were found live by this very run.
std::size_t missing_from(const NumberList& list, const Report& report) {
  const auto is_missing = [&](const NumberResult& result) {
    const bool is_live = result.observed && result.observed->is_named();
    return is_live &&
           !std::binary_search(list.numbers.begin(), list.numbers.end(), result.number, ByNumber());
  };
  return static_cast<std::size_t>(
      std::count_if(report.results.begin(), report.results.end(), is_missing));
}

/// Whether an identifier that is no E.164 number could be one, in another spelling. Those of trunks
/// have letters, or few digits.
bool could_be_a_number(const std::string& identifier) {
  constexpr std::ptrdiff_t fewest_digits = 7;
  return std::none_of(identifier.begin(), identifier.end(), is_letter) &&
         std::count_if(identifier.begin(), identifier.end(), is_digit) >= fewest_digits;
}

/// Why a list proves nothing of what is not in it; empty if it does.
std::string list_fault(const NumberList& list, const Report& report) {
  const std::size_t missing = missing_from(list, report);
  if (missing > 0) {
    return fmt::format(
        "the list is not whole: it lacks {} found live in this run",
        missing == 1 ? "a number that was" : fmt::format("{} numbers that were", missing));
  }
  const auto& others = list.other_identifiers;
  const auto misspelt = std::find_if(others.begin(), others.end(), could_be_a_number);
  if (misspelt == others.end()) return {};
  constexpr std::size_t longest = 40;
  return fmt::format("the list has \"{}\", which could be a number, and is not E.164",
                     shown_excerpt(*misspelt, longest));
}

void take_list(NumberList list, const Manifest& manifest, const AuditOptions& options,
               Report& report) {
  report.discovery->listed = list.numbers.size();
  for (std::string& identifier : list.other_identifiers) {
    identifier = redacted_line(identifier);
    if (options.redact) identifier = options.redact(std::move(identifier));
  }
  report.discovery->others = std::move(list.other_identifiers);
  std::vector<NumberResult>& results = report.results;
  const auto declared = static_cast<std::ptrdiff_t>(results.size());
  for (const ListedNumber& listed : list.numbers) {
    const bool is_here = !options.shard || options.shard->holds(listed.number);
    if (is_here && !manifest.declares(listed.number)) results.push_back(unmanaged(listed, options));
  }
  std::inplace_merge(
      results.begin(), results.begin() + declared, results.end(),
      [](const NumberResult& a, const NumberResult& b) { return a.number < b.number; });
}

}  // namespace

void discover(const Manifest& manifest, const AuditOptions& options, Fetcher& fetcher,
              FetchSummary& fetched, Report& report) {
  if (options.discovery == DiscoveryMode::off) return;
  report.discovery.emplace();
  report.discovery->is_failure = options.discovery == DiscoveryMode::fail;
  if (fetched.end != FetchEnd::complete) {
    report.discovery->error = NotCompared{kind_of(fetched.end), "not asked for: " + fetched.reason};
    return;
  }
  FetchedList answer = fetch_list(fetcher, options.redact);
  fetched.statistics = std::move(answer.fetched.statistics);
  // Whatever comes of the list, only a request to stop concerns the run.
  if (answer.fetched.end == FetchEnd::interrupted) {
    fetched.end = answer.fetched.end;
    fetched.reason = std::move(answer.fetched.reason);
  }
  report.discovery->evidence = evidence_of(answer.outcome, options);
  const std::string fault = answer.list ? list_fault(*answer.list, report) : std::string();
  if (!fault.empty()) {
    report.discovery->error = NotCompared{ErrorKind::bad_reply, fault};
  } else if (answer.list) {
    take_list(*std::move(answer.list), manifest, options, report);
  } else {
    report.discovery->error = std::move(answer.list).error();
  }
}

}  // namespace sipdrift
