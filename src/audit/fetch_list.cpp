// One request, and what came of it.

#include "audit/fetch_list.hpp"

#include <exception>
#include <utility>
#include <variant>
#include <vector>

namespace sipdrift {

namespace {

Result<NumberList, NotCompared> list_in(const FetchOutcome& outcome, const Redact& redact) {
  NotCompared error;
  if (const auto* const reply = std::get_if<HttpReply>(&outcome.answer)) {
    auto list = decode_number_list(*reply);
    if (list) return list;
    error = redacted_error(std::move(list).error(), *reply, redact, decode_number_list);
  } else {
    error = std::get<NotCompared>(outcome.answer);
    if (redact) error.message = redact(std::move(error.message));
  }
  if (!outcome.given_up.empty()) error.message += "; " + outcome.given_up;
  return Unexpected{std::move(error)};
}

}  // namespace

FetchedList fetch_list(Fetcher& fetcher, const Redact& redact) {
  FetchOutcome outcome;
  outcome.answer = NotCompared{ErrorKind::internal, "no reply was delivered"};
  FetchSummary fetched;
  try {
    fetched = fetcher.fetch(
        1, [](std::size_t) { return number_list_target(); }, {.most_bytes = max_list_bytes},
        [&](std::vector<FetchOutcome>&& outcomes) { outcome = std::move(outcomes.front()); });
  } catch (const std::exception& error) {
    outcome.answer = NotCompared{ErrorKind::internal, error.what()};
    fetched = {.end = FetchEnd::failed, .reason = error.what(), .statistics = {}};
  }
  auto list = list_in(outcome, redact);
  return {.outcome = std::move(outcome), .fetched = std::move(fetched), .list = std::move(list)};
}

}  // namespace sipdrift
