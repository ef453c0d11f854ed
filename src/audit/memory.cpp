// The earlier report as a map of findings, of which each that is found again is taken out.

#include "audit/memory.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "model/redaction.hpp"

namespace sipdrift {

namespace {

using Key = std::pair<E164, FieldPath>;

/// A finding as it was seen last, with a baseline also where its report had none to give.
struct Remembered {
  Finding finding;
  bool was_waived = false;
  std::optional<Sha256> reply;  ///< what it was seen in, if that was in the run before this one
};
using Memory = std::map<Key, Remembered>;

Memory memory_of(const Report& previous) {
  Memory memory;
  for (const NumberResult& result : previous.results) {
    for (Finding finding : result.findings()) {
      const bool was_waived = finding.waiver.has_value();
      finding.waiver.reset();
      if (!finding.baseline) {
        finding.baseline =
            Baseline{.first_seen = result.evidence.observed_at.value_or(previous.run.started_at)};
      }
      const Key key(result.number, finding.path);
      memory.insert_or_assign(
          key, Remembered{std::move(finding), was_waived, result.evidence.reply_sha256});
    }
  }
  if (!previous.previous) return memory;
  // What that run could not look at, it only passes on.
  for (const PastFinding& past : previous.previous->findings) {
    if (past.fate == Fate::not_compared) {
      memory.emplace(Key(past.number, past.finding.path),
                     Remembered{past.finding, past.was_waived, std::nullopt});
    }
  }
  return memory;
}

bool has_hidden_part(const Finding& finding) {
  const auto is_hidden = [](const Value& value) {
    const auto* const text = std::get_if<std::string>(&value);
    return text != nullptr && text->find(redacted_mark) != std::string::npos;
  };
  return finding.rule == Rule::redacted_part || is_hidden(finding.expected) ||
         is_hidden(finding.actual);
}

/// Whether a finding is beyond doubt what it was. Of a part that is not shown only the very same
/// reply proves that; and what was waived, and is no more, counts as if it had come anew.
bool is_unchanged(const Remembered& before, const Finding& finding, const NumberResult& result) {
  const Finding& a = before.finding;
  if (before.was_waived && !finding.waiver) return false;
  const bool is_alike = a.kind == finding.kind && a.severity == finding.severity &&
                        a.expected == finding.expected && a.actual == finding.actual;
  if (!is_alike || !has_hidden_part(finding)) return is_alike;
  return before.reply && before.reply == result.evidence.reply_sha256;
}

Baseline baseline_of(const Finding& finding, const NumberResult& result, const Run& run,
                     Memory& memory) {
  const auto known = memory.extract({result.number, finding.path});
  if (known.empty()) {
    return {.first_seen = result.evidence.observed_at.value_or(run.started_at)};
  }
  const Remembered& before = known.mapped();
  const bool is_known = is_unchanged(before, finding, result);
  return {.state = is_known ? BaselineState::unchanged : BaselineState::updated,
          .first_seen = before.finding.baseline->first_seen,
          .runs = before.finding.baseline->runs + 1};
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
  for (auto& [key, known] : memory) {
    gone.findings.push_back({.number = key.first,
                             .finding = std::move(known.finding),
                             .fate = fate_of(key, is_declared, report),
                             .was_waived = known.was_waived});
  }
  report.previous = std::move(gone);
}

}  // namespace sipdrift
