// The earlier report as a map of findings, of which each that is found again is taken out.

#include "audit/memory.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

namespace sipdrift {

namespace {

using Key = std::pair<E164, FieldPath>;

/// A finding as it was seen last, with a baseline also where its report had none to give.
using Memory = std::map<Key, Finding>;

Memory memory_of(const Report& previous) {
  Memory memory;
  for (const NumberResult& result : previous.results) {
    for (Finding finding : result.findings()) {
      finding.waiver.reset();
      if (!finding.baseline) {
        finding.baseline =
            Baseline{.first_seen = result.evidence.observed_at.value_or(previous.run.started_at)};
      }
      memory.insert_or_assign({result.number, finding.path}, std::move(finding));
    }
  }
  if (!previous.previous) return memory;
  // What that run could not look at, it only passes on.
  for (const PastFinding& past : previous.previous->findings) {
    if (past.fate == Fate::not_compared)
      memory.emplace(Key(past.number, past.finding.path), past.finding);
  }
  return memory;
}

bool is_same(const Finding& a, const Finding& b) {
  return a.kind == b.kind && a.severity == b.severity && a.expected == b.expected &&
         a.actual == b.actual;
}

Baseline baseline_of(const Finding& finding, const NumberResult& result, const Run& run,
                     Memory& memory) {
  const auto known = memory.extract({result.number, finding.path});
  if (known.empty()) {
    return {.first_seen = result.evidence.observed_at.value_or(run.started_at)};
  }
  const Finding& before = known.mapped();
  return {.state = is_same(before, finding) ? BaselineState::unchanged : BaselineState::updated,
          .first_seen = before.baseline->first_seen,
          .runs = before.baseline->runs + 1};
}

Fate fate_of(const Key& key, const std::function<bool(const E164&)>& is_declared,
             const Report& report) {
  const E164& number = key.first;
  const FieldPath& path = key.second;
  const auto found = std::lower_bound(
      report.results.begin(), report.results.end(), number,
      [](const NumberResult& result, const E164& wanted) { return result.number < wanted; });
  const bool is_there = found != report.results.end() && found->number == number;
  if (is_there && std::holds_alternative<Comparison>(found->outcome)) {
    const auto& matches = found->matches();
    const bool agrees = std::any_of(matches.begin(), matches.end(),
                                    [&](const Match& match) { return match.path == path; });
    return agrees ? Fate::resolved : Fate::not_declared;
  }
  return is_declared(number) ? Fate::not_compared : Fate::not_declared;
}

}  // namespace

void remember(const Report& previous, const std::function<bool(const E164&)>& is_declared,
              Report& report) {
  Memory memory = memory_of(previous);
  for (NumberResult& result : report.results) {
    auto* const comparison = std::get_if<Comparison>(&result.outcome);
    if (comparison == nullptr) continue;
    for (Finding& finding : comparison->findings) {
      finding.baseline = baseline_of(finding, result, report.run, memory);
    }
  }
  PreviousRun gone{.id = previous.run.id, .started_at = previous.run.started_at, .findings = {}};
  for (auto& [key, finding] : memory) {
    gone.findings.push_back({.number = key.first,
                             .finding = std::move(finding),
                             .fate = fate_of(key, is_declared, report)});
  }
  report.previous = std::move(gone);
}

}  // namespace sipdrift
