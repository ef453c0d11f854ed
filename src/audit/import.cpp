// The pipeline of an import, from top to bottom.

#include "sipdrift/import.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "audit/fetch_list.hpp"
#include "audit/live_reply.hpp"
#include "audit/select.hpp"
#include "audit/two_passes.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

/// What came of each number's request, by position; at first nothing has.
using Answer = std::variant<NotCompared, LiveRecord>;

/// Each once, in order.
std::vector<E164> without_repetition(std::vector<E164> numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

Answer answer_in(const E164& number, const FetchOutcome& fetched, const ImportOptions& options) {
  NotCompared error;
  try {
    auto live = read_live_reply(number, fetched, options.redact);
    if (live) return *std::move(live);
    error = std::move(live).error();
  } catch (const std::exception& fault) {
    // A fault in this program costs one number its record, and no other number its own.
    error = NotCompared{ErrorKind::internal, fault.what()};
  }
  if (!fetched.given_up.empty()) error.message += "; " + fetched.given_up;
  return error;
}

bool is_in_doubt(const Answer& answer) {
  const auto* const error = std::get_if<NotCompared>(&answer);
  return error != nullptr && error->kind == ErrorKind::wrong_number;
}

/// Asks for every number, and gives what came of each.
FetchSummary fetch_all(const std::vector<E164>& numbers, const ImportOptions& options,
                       Fetcher& fetcher, std::vector<Answer>& answers) {
  const auto tell_of = [&](const Answer& answer, int requests) {
    if (options.on_number) options.on_number(std::holds_alternative<LiveRecord>(answer), requests);
  };
  return fetch_in_two_passes(
      {.count = numbers.size(),
       .number_at = [&](std::size_t position) -> const E164& { return numbers[position]; },
       .take_first =
           [&](FetchOutcome&& fetched) {
             Answer& answer = answers.at(fetched.position);
             answer = answer_in(numbers[fetched.position], fetched, options);
             if (is_in_doubt(answer)) return true;
             tell_of(answer, fetched.attempts);
             return false;
           },
       .take_second =
           [&](FetchOutcome&& fetched) {
             Answer& answer = answers.at(fetched.position);
             if (fetched.attempts > 0) {
               answer = answer_in(numbers[fetched.position], fetched, options);
             }
             tell_of(answer, fetched.attempts + 1);
           }},
      fetcher);
}

/// Both are sorted, and what has a record is listed, if anything is.
std::vector<UntoldDirections> untold_in(const std::vector<LiveRecord>& records,
                                        const std::vector<ListedNumber>& listed) {
  std::vector<UntoldDirections> untold;
  auto position = listed.begin();
  for (const LiveRecord& record : records) {
    while (position != listed.end() && position->number < record.number) ++position;
    if (position == listed.end()) break;
    const UntoldDirections one{record.number, position->is_inbound && !record.inbound,
                               position->is_outbound && !record.outbound};
    if (one.is_inbound || one.is_outbound) untold.push_back(one);
  }
  return untold;
}

}  // namespace

Result<ImportedFleet, NotCompared> import_fleet(const ImportOptions& options, Fetcher& fetcher) {
  ImportedFleet fleet;
  std::vector<E164> numbers;
  std::vector<ListedNumber> listed;
  if (options.numbers) {
    numbers = without_repetition(*options.numbers);
  } else {
    Result<NumberList, NotCompared> list = fetch_list(fetcher, options.redact).list;
    if (!list) return Unexpected{std::move(list).error()};
    fleet.is_from_list = true;
    fleet.other_identifiers = std::move(list->other_identifiers);
    listed = std::move(list->numbers);
    for (const ListedNumber& one : listed) numbers.push_back(one.number);
  }
  fleet.known = numbers.size();
  std::erase_if(numbers, [&](const E164& number) {
    return !is_selected(std::string(number.text()), options.selection);
  });
  std::erase_if(fleet.other_identifiers, [&](const std::string& identifier) {
    return !is_selected(identifier, options.selection);
  });
  if (numbers.size() > max_numbers) {
    return Unexpected{NotCompared{
        ErrorKind::internal, fmt::format("there are {} numbers, and a manifest takes {}; choose "
                                         "with --only and --exclude, and import several",
                                         numbers.size(), max_numbers)}};
  }

  if (options.on_start) options.on_start(numbers.size());
  std::vector<Answer> answers(numbers.size(),
                              Answer(NotCompared{ErrorKind::internal, "no reply was delivered"}));
  FetchSummary fetched;
  if (!numbers.empty()) fetched = fetch_all(numbers, options, fetcher, answers);
  fleet.end = fetched.end;
  fleet.reason = options.redact ? options.redact(std::move(fetched.reason)) : fetched.reason;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (auto* const record = std::get_if<LiveRecord>(&answers[i])) {
      fleet.records.push_back(std::move(*record));
    } else {
      fleet.unread.push_back({numbers[i], std::get<NotCompared>(std::move(answers[i]))});
    }
  }
  fleet.untold = untold_in(fleet.records, listed);
  return fleet;
}

}  // namespace sipdrift
