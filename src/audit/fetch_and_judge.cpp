// Every reply becomes a verdict, and that of the second pass takes the place of the first one's.

#include "audit/fetch_and_judge.hpp"

#include <cstddef>

#include "audit/judge.hpp"
#include "audit/two_passes.hpp"

namespace sipdrift {

namespace {

bool is_in_doubt(const NumberResult& result) {
  return result.error() != nullptr && result.error()->kind == ErrorKind::wrong_number;
}

}  // namespace

FetchSummary fetch_and_judge(const FetchAndJudgeWork& work, Fetcher& fetcher) {
  const auto expectation_at = [&](std::size_t position) -> const Expectation& {
    return work.manifest.declaration_of(*work.selected[position]).expectation;
  };
  const auto tell_of = [&](const NumberResult& result) {
    if (work.options.on_result) work.options.on_result(result);
  };
  return fetch_in_two_passes(
      {.count = work.selected.size(),
       .number_at = [&](std::size_t position) -> const E164& {
         return work.selected[position]->number;
       },
       .take_first =
           [&](FetchOutcome&& fetched) {
             NumberResult& result = work.results.at(fetched.position);
             judge(expectation_at(fetched.position), fetched, work.options, result);
             if (is_in_doubt(result)) return true;
             tell_of(result);
             return false;
           },
       .take_second =
           [&](FetchOutcome&& fetched) {
             NumberResult& result = work.results.at(fetched.position);
             if (fetched.attempts > 0) {
               const Evidence before = result.evidence;
               judge(expectation_at(fetched.position), fetched, work.options, result);
               result.evidence.attempts += before.attempts;
               result.evidence.duration += before.duration;
             }
             tell_of(result);
           }},
      fetcher);
}

}  // namespace sipdrift
