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

}  // namespace

std::string_view name(Status status) { return name_in(status_names, status); }

Status NumberResult::status() const {
  const auto* const comparison = std::get_if<Comparison>(&outcome);
  if (comparison == nullptr) return Status::not_compared;
  if (!comparison->findings.empty()) return Status::drifted;
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

  for (const NumberResult& result : report.results) {
    ++summary.by_status[result.status()];
    for (const Finding& finding : result.findings()) {
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
