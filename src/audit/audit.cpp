// The pipeline of an audit, from top to bottom.

#include "sipdrift/audit.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "audit/judge.hpp"
#include "audit/select.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

/// All results, not compared yet: whatever happens from here on, every number has one.
std::vector<NumberResult> open_results(const Manifest& manifest,
                                       const std::vector<const DeclaredNumber*>& selected) {
  std::vector<NumberResult> results;
  results.reserve(selected.size());
  for (const DeclaredNumber* const number : selected) {
    const Declaration& declaration = manifest.declaration_of(*number);
    results.push_back({.number = number->number,
                       .source = number->source,
                       .profile = declaration.profile,
                       .tags = declaration.tags,
                       .outcome = NotCompared{ErrorKind::internal, "no reply was delivered"},
                       .evidence = {}});
  }
  return results;
}

void add_selection_notice(const Manifest& manifest, const AuditOptions& options, Report& report) {
  if (options.selection.is_everything()) return;
  report.notices.push_back(
      {report.results.empty()
           ? std::string("no number was selected: --only and --exclude leave nothing to audit")
           : fmt::format("{} of {} numbers were selected by --only and --exclude",
                         report.results.size(), manifest.numbers.size())});
}

/// The exit status for how the fetch ended and what the comparison found; where the policy makes it
/// milder than the findings are, a notice says so.
void settle_exit_status(FetchEnd end, const ExitPolicy& policy, Report& report) {
  if (end == FetchEnd::interrupted) {
    report.run.exit_code = exit_status::interrupted;
    report.notices.push_back(
        {"the run was interrupted: the numbers that had not been fetched are "
         "not compared"});
    return;
  }
  if (end == FetchEnd::key_rejected) {
    report.run.exit_code = exit_status::no_audit;
    report.notices.push_back({"the API does not accept the key; the run was stopped"});
    return;
  }
  if (end == FetchEnd::failed) {
    report.run.exit_code = exit_status::no_audit;
    report.notices.push_back({"the fetch failed; the log says why"});
    return;
  }
  if (end == FetchEnd::deadline) {
    report.notices.push_back(
        {"the deadline passed: the numbers that had not been fetched are not "
         "compared"});
  }
  const int earned = exit_status_of(report, {});
  report.run.exit_code = exit_status_of(report, policy);
  if (report.run.exit_code != earned) {
    report.notices.push_back(
        {fmt::format("the exit status would be {} ({}) without {}", earned, exit_meaning(earned),
                     policy.exit_zero ? "--exit-zero" : "--fail-on")});
  }
}

}  // namespace

Report audit(const Manifest& manifest, const AuditOptions& options, Fetcher& fetcher) {
  Report report;
  report.run.id = options.run_id;
  report.run.api_url = options.api_url;
  report.run.manifests = manifest.files;
  report.run.started_at = options.now();

  const std::vector<const DeclaredNumber*> selected = select(manifest, options.selection);
  report.results = open_results(manifest, selected);

  if (options.on_start) options.on_start(selected.size());

  const auto target = [&](std::size_t i) { return sip_config_target(selected[i]->number); };
  const auto deliver = [&](std::size_t i, FetchOutcome&& fetched) {
    NumberResult& result = report.results.at(i);
    judge(manifest.declaration_of(*selected[i]).expectation, fetched, options, result);
    if (options.on_result) options.on_result(result);
  };
  const FetchEnd end = fetcher.fetch(selected.size(), target, deliver);

  report.run.complete = end == FetchEnd::complete;
  report.run.finished_at = options.now();
  add_selection_notice(manifest, options, report);
  settle_exit_status(end, options.exit_policy, report);
  return report;
}

}  // namespace sipdrift
