// What the report object says of itself: a number's status, and the figures.

#include "sipdrift/report.hpp"

#include <algorithm>
#include <stdexcept>

#include "model/names.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Named<Status>, 5> status_names{{
    {Status::in_sync, "in_sync"},
    {Status::drifted, "drifted"},
    {Status::waived, "waived"},
    {Status::not_compared, "not_compared"},
    {Status::unmanaged, "unmanaged"},
}};

constexpr std::array<Named<Fate>, 3> fate_names{{
    {Fate::resolved, "resolved"},
    {Fate::not_declared, "not_declared"},
    {Fate::not_compared, "not_compared"},
}};

constexpr std::array<Named<WaiverState>, 4> waiver_state_names{{
    {WaiverState::in_use, "in_use"},
    {WaiverState::unused, "unused"},
    {WaiverState::undecided, "undecided"},
    {WaiverState::expired, "expired"},
}};

}  // namespace

std::string_view name(WaiverState state) { return name_in(waiver_state_names, state); }
std::string_view name(Status status) { return name_in(status_names, status); }
std::string_view name(Fate fate) { return name_in(fate_names, fate); }

bool Shard::holds(const E164& number) const {
  // Neighbouring numbers often share settings and trouble: a digest spreads them.
  const Sha256 digest = Sha256::of(number.text());
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof(bits); ++i) bits = (bits << 8U) | digest.bytes.at(i);
  return bits % count + 1 == index;
}

Status NumberResult::status() const {
  if (std::holds_alternative<Unmanaged>(outcome)) return Status::unmanaged;
  const auto* const comparison = std::get_if<Comparison>(&outcome);
  if (comparison == nullptr) return Status::not_compared;
  const auto& findings = comparison->findings;
  if (!findings.empty()) {
    const bool is_waived =
        std::all_of(findings.begin(), findings.end(),
                    [](const Finding& finding) { return finding.waiver.has_value(); });
    return is_waived ? Status::waived : Status::drifted;
  }
  return comparison->matches.empty() ? Status::not_compared : Status::in_sync;
}

const std::vector<Finding>& NumberResult::findings() const {
  static const std::vector<Finding> none;
  const auto* const comparison = std::get_if<Comparison>(&outcome);
  return comparison == nullptr ? none : comparison->findings;
}

const std::vector<Match>& NumberResult::matches() const {
  static const std::vector<Match> none;
  const auto* const comparison = std::get_if<Comparison>(&outcome);
  return comparison == nullptr ? none : comparison->matches;
}

const NotCompared* NumberResult::error() const {
  static const NotCompared nothing_compared{ErrorKind::internal, "nothing was compared"};
  if (const auto* const error = std::get_if<NotCompared>(&outcome)) return error;
  return status() == Status::not_compared ? &nothing_compared : nullptr;
}

std::size_t Summary::count(Status status) const {
  const auto found = by_status.find(status);
  return found == by_status.end() ? 0 : found->second;
}

std::size_t Summary::count(Severity severity) const {
  const auto found = findings_by_severity.find(severity);
  return found == findings_by_severity.end() ? 0 : found->second;
}

Summary summarize(const Report& report) {
  Summary summary;
  for (const Status status : all_statuses) summary.by_status[status] = 0;
  for (const Severity severity : all_severities) summary.findings_by_severity[severity] = 0;

  if (report.previous) {
    for (const BaselineState state : all_baseline_states) summary.findings_by_state[state] = 0;
    for (const Fate fate : all_fates) summary.past_findings[fate] = 0;
    for (const PastFinding& past : report.previous->findings) ++summary.past_findings[past.fate];
  }

  for (const NumberResult& result : report.results) {
    ++summary.by_status[result.status()];
    for (const Finding& finding : result.findings()) {
      if (finding.waiver) {
        ++summary.waived_findings;
        continue;
      }
      if (finding.baseline) ++summary.findings_by_state[finding.baseline->state];
      ++summary.findings;
      ++summary.findings_by_field[finding.path];
      ++summary.findings_by_severity[finding.severity];
    }
  }
  summary.declared = report.declared;

  const bool adds_up =
      summary.declared == summary.count(Status::in_sync) + summary.count(Status::drifted) +
                              summary.count(Status::waived) + summary.count(Status::not_compared);
  if (!adds_up) throw std::logic_error("the statuses of the report do not add up");
  const auto out_of_order = std::adjacent_find(
      report.results.begin(), report.results.end(),
      [](const NumberResult& a, const NumberResult& b) { return a.number >= b.number; });
  if (out_of_order != report.results.end()) {
    throw std::logic_error("the report has a number twice, or out of order");
  }
  return summary;
}

}  // namespace sipdrift
