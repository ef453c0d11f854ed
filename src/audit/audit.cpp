// The pipeline of an audit, from top to bottom.

#include "sipdrift/audit.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "audit/discover.hpp"
#include "audit/fetch_and_judge.hpp"
#include "audit/memory.hpp"
#include "audit/notices.hpp"
#include "audit/resume.hpp"
#include "audit/select.hpp"
#include "audit/waivers.hpp"
#include "model/redaction.hpp"

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

/// The declared numbers that are not among `selected`, which are in the same order.
std::vector<const DeclaredNumber*> others(const Manifest& manifest,
                                          const std::vector<const DeclaredNumber*>& selected) {
  std::vector<const DeclaredNumber*> list;
  auto next = selected.begin();
  for (const DeclaredNumber& number : manifest.numbers) {
    if (next != selected.end() && *next == &number) {
      ++next;
    } else {
      list.push_back(&number);
    }
  }
  return list;
}

/// Whoever wrote the manifest or the command line may have pasted a secret into it.
void redact_what_is_declared(const AuditOptions& options, Report& report) {
  report.run.api_url = options.redact(std::move(report.run.api_url));
  for (ManifestSource& file : report.run.manifests)
    file.path = options.redact(std::move(file.path));
  for (NumberResult& result : report.results) {
    result.profile = options.redact(std::move(result.profile));
    for (std::string& tag : result.tags) tag = options.redact(std::move(tag));
  }
}

/// The manifest's waivers as the report shows them.
std::vector<Waiver> shown_waivers(const Manifest& manifest, const AuditOptions& options) {
  std::vector<Waiver> waivers = manifest.waivers;
  for (Waiver& waiver : waivers) {
    for (std::string* const text : {&waiver.reason, &waiver.owner, &waiver.ticket}) {
      *text = redacted_line(*text);
      if (options.redact) *text = options.redact(std::move(*text));
    }
    if (!options.redact) continue;
    if (waiver.observed) *waiver.observed = options.redact(*std::move(waiver.observed));
    if (auto* const tag = std::get_if<std::string>(&waiver.subject)) {
      *tag = options.redact(std::move(*tag));
    }
  }
  return waivers;
}

bool is_nothing_but_unauthorized(const Report& report) {
  return report.declared > 0 &&
         std::all_of(report.results.begin(), report.results.end(), [](const NumberResult& result) {
           return result.status() == Status::unmanaged ||
                  (result.error() != nullptr && result.error()->kind == ErrorKind::unauthorized);
         });
}

/// The exit status for how the fetch ended and what the comparison found; where the policy makes it
/// milder than the findings are, a notice says so.
void settle_exit_status(const FetchSummary& fetched, const ExitPolicy& policy, Report& report) {
  if (fetched.end != FetchEnd::complete) {
    report.notices.push_back({fmt::format(
        "the run ended early: {}; what had not been fetched is not compared", fetched.reason)});
  }
  if (fetched.end == FetchEnd::interrupted) {
    report.run.exit_code = exit_status::interrupted;
    return;
  }
  if (fetched.end == FetchEnd::complete && is_nothing_but_unauthorized(report)) {
    report.notices.push_back({"the API does not accept the key"});
    report.run.exit_code = exit_status::no_audit;
    return;
  }
  if (fetched.end == FetchEnd::key_rejected || fetched.end == FetchEnd::failed) {
    report.run.exit_code = exit_status::no_audit;
    return;
  }
  const int earned = exit_status_of(report, {});
  report.run.exit_code = exit_status_of(report, policy);
  if (report.run.exit_code != earned) {
    report.notices.push_back(exit_notice(earned, policy.exit_zero ? "--exit-zero" : "--fail-on"));
  }
}

}  // namespace

Report audit(const Manifest& manifest, const AuditOptions& options, Fetcher& fetcher) {
  Report report;
  report.run.id = options.run_id;
  report.run.api_url = options.api_url;
  report.run.match = options.match;
  report.run.shard = options.shard;
  report.run.manifests = manifest.files;
  report.run.started_at = options.now();
  const std::chrono::milliseconds began = options.elapsed();

  const std::vector<const DeclaredNumber*> wanted = select(manifest, options.selection);
  const std::vector<const DeclaredNumber*> selected = part_of(wanted, options.shard);
  report.results = open_results(manifest, selected);
  if (options.redact) redact_what_is_declared(options, report);
  report.declared = selected.size();

  std::vector<const DeclaredNumber*> open = selected;
  std::vector<NumberResult> taken;
  if (options.resumed != nullptr)
    taken = take_over(manifest, *options.resumed, open, report.results);

  if (options.on_start) options.on_start(open.size());
  FetchSummary fetched = fetch_and_judge({manifest, open, options, report.results}, fetcher);
  if (options.resumed != nullptr) put_back(std::move(taken), *options.resumed, report);
  discover(manifest, options, fetcher, fetched, report);
  if (options.redact) fetched.reason = options.redact(std::move(fetched.reason));

  report.run.complete = fetched.end == FetchEnd::complete;
  report.run.fetch = std::move(fetched.statistics);
  report.run.finished_at = options.now();
  report.run.duration = options.elapsed() - began;
  if (!options.selection.is_everything()) {
    report.notices.push_back(selection_notice(wanted.size(), manifest.numbers.size()));
  }
  if (options.shard) {
    report.run.whole = {.selected = wanted.size(), .declared = manifest.numbers.size()};
    report.notices.push_back(*part_notice(report));
  }
  apply_waivers(shown_waivers(manifest, options), others(manifest, selected), manifest, report);
  add_waiver_notices(report);
  if (options.previous != nullptr) {
    remember(
        *options.previous, [&](const E164& one) { return manifest.declares(one); }, report);
  }
  settle_exit_status(fetched, options.exit_policy, report);
  return report;
}

}  // namespace sipdrift
