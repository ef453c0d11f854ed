// Only what was compared is taken over, and only what bears itself out once more.

#include "audit/resume.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "audit/judge_again.hpp"
#include "audit/manifest_files.hpp"
#include "audit/select.hpp"
#include "model/counted.hpp"

namespace sipdrift {

namespace {

std::string part_text(const std::optional<Shard>& shard) {
  return shard ? fmt::format("part {} of {}", shard->index, shard->count) : "all parts";
}

/// Results of declared numbers, in order.
std::vector<const NumberResult*> declared_results(const Report& report) {
  std::vector<const NumberResult*> results;
  for (const NumberResult& result : report.results) {
    if (result.status() != Status::unmanaged) results.push_back(&result);
  }
  return results;
}

std::string number_fault(const std::vector<const NumberResult*>& results,
                         const std::vector<const DeclaredNumber*>& selected) {
  const auto [result, number] = std::mismatch(
      results.begin(), results.end(), selected.begin(), selected.end(),
      [](const NumberResult* a, const DeclaredNumber* b) { return a->number == b->number; });
  const bool lacks_one = number != selected.end() &&
                         (result == results.end() || (*number)->number < (*result)->number);
  if (lacks_one) {
    return fmt::format("has not the numbers that are selected now: {} is not in it",
                       (*number)->number.text());
  }
  if (result == results.end()) return {};
  return fmt::format("has not the numbers that are selected now: {} is in it",
                     (*result)->number.text());
}

/// A report whose verdicts are not those of its observations proves nothing.
std::string verdict_fault(const Manifest& manifest, const std::vector<const NumberResult*>& results,
                          const std::vector<const DeclaredNumber*>& selected, MatchMode match) {
  for (std::size_t i = 0; i < results.size(); ++i) {
    const NumberResult& result = *results[i];
    if (!std::holds_alternative<Comparison>(result.outcome)) continue;
    if (!result.observed) {
      return fmt::format("does not say what was observed of {}", result.number.text());
    }
    const Expectation& expectation = manifest.declaration_of(*selected[i]).expectation;
    const SecondVerdict again = judge_again(expectation, result, match);
    if (!again.faults.empty()) {
      return fmt::format("does not bear itself out: {}: {}", result.number.text(),
                         again.faults.front());
    }
  }
  return {};
}

bool can_judge_again(const Expectation& expectation, const NumberResult& result, MatchMode match) {
  return result.observed && judge_again(expectation, result, match).hidden == 0;
}

}  // namespace

std::string resume_fault(const Manifest& manifest, const AuditOptions& options) {
  const Report& earlier = *options.resumed;
  const Run& run = earlier.run;
  const std::string api_url = options.redact ? options.redact(options.api_url) : options.api_url;
  if (const auto faults = file_faults(run.manifests, manifest.files); !faults.empty()) {
    return faults.front();
  }
  if (run.api_url != api_url) {
    return fmt::format("is of another API: {}, not {}", run.api_url, api_url);
  }
  if (run.match != options.match) {
    return fmt::format("was compared with --match {}, not {}", name(run.match),
                       name(options.match));
  }
  if (run.shard != options.shard) {
    return fmt::format("is of {}, not of {}", part_text(run.shard), part_text(options.shard));
  }
  const auto selected = part_of(select(manifest, options.selection), options.shard);
  const auto results = declared_results(earlier);
  std::string fault = number_fault(results, selected);
  return fault.empty() ? verdict_fault(manifest, results, selected, options.match) : fault;
}

std::vector<NumberResult> take_over(const Manifest& manifest, const Report& earlier,
                                    std::vector<const DeclaredNumber*>& open,
                                    std::vector<NumberResult>& results) {
  std::vector<NumberResult> taken;
  std::vector<NumberResult> left;
  std::vector<const DeclaredNumber*> left_open;
  auto next = earlier.results.begin();
  for (std::size_t i = 0; i < results.size(); ++i) {
    NumberResult& result = results[i];
    next = std::find_if(next, earlier.results.end(),
                        [&](const NumberResult& one) { return one.number >= result.number; });
    const bool is_known =
        next != earlier.results.end() && next->number == result.number &&
        std::holds_alternative<Comparison>(next->outcome) &&
        can_judge_again(manifest.declaration_of(*open[i]).expectation, *next, earlier.run.match);
    if (!is_known) {
      left.push_back(std::move(result));
      left_open.push_back(open[i]);
      continue;
    }
    Comparison comparison = std::get<Comparison>(next->outcome);
    for (Finding& finding : comparison.findings) {
      finding.waiver.reset();
      finding.baseline.reset();
    }
    result.outcome = std::move(comparison);
    result.evidence = next->evidence;
    result.observed = next->observed;
    taken.push_back(std::move(result));
  }
  results = std::move(left);
  open = std::move(left_open);
  return taken;
}

void put_back(std::vector<NumberResult> taken, const Report& earlier, Report& report) {
  constexpr auto fresh = std::chrono::hours(24);
  std::size_t old = 0;
  Timestamp oldest = report.run.started_at;
  for (const NumberResult& result : taken) {
    const Timestamp seen = result.evidence.observed_at.value_or(earlier.run.started_at);
    if (report.run.started_at - seen > fresh) ++old;
    oldest = std::min(oldest, seen);
  }
  const std::size_t all = taken.size() + report.results.size();
  report.run.resumed_from = earlier.run.id;
  report.notices.push_back(
      {fmt::format("{} of {} were taken over from run {} of {}{}", taken.size(),
                   counted(all, "number"), earlier.run.id, rfc3339(earlier.run.started_at),
                   report.results.empty() ? "; nothing was left to fetch" : "")});
  if (old > 0) {
    report.notices.push_back(
        {fmt::format("{} of them were observed more than 24 hours before this run, the first at {}",
                     old, rfc3339(oldest))});
  }
  std::vector<NumberResult> results;
  results.reserve(all);
  std::merge(std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()),
             std::make_move_iterator(report.results.begin()),
             std::make_move_iterator(report.results.end()), std::back_inserter(results),
             [](const NumberResult& a, const NumberResult& b) { return a.number < b.number; });
  report.results = std::move(results);
}

}  // namespace sipdrift
