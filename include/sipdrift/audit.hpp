// The audit: from a manifest to a report, by way of whoever fetches.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sipdrift/compare.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/fetch.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/report.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

/// Which of a manifest's numbers to audit. A pattern is a shell glob (fnmatch: *, ?, [...]) over
/// the number, or after "tag:" over its tags: "+1415*", "tag:site:ams".
struct Selection {
  std::vector<std::string> only;     ///< a number must match one of these, if there are any
  std::vector<std::string> exclude;  ///< and none of these

  [[nodiscard]] bool is_everything() const { return only.empty() && exclude.empty(); }
};

/// Whether to look for numbers that are live, and stand in no manifest.
enum class DiscoveryMode : std::uint8_t {
  off,
  report,  ///< they are told of
  fail,    ///< and make the exit status that of drift
};

struct AuditOptions {
  Selection selection;
  MatchMode match = MatchMode::sip;
  DiscoveryMode discovery = DiscoveryMode::off;
  ExitPolicy exit_policy;
  std::string run_id;            ///< unique to this run
  std::string api_url;           ///< stands in the report; the fetcher knows where to go
  std::optional<Shard> shard{};  ///< only this part of what is selected is audited

  /// The report of an earlier run of the same API, to hold the findings against, or nullptr. It
  /// must outlive the audit.
  const Report* previous = nullptr;

  /// The report of a run that did not come to its end, and that this one completes, or nullptr:
  /// what it has compared is taken over, and the rest is fetched. It must outlive the audit, and
  /// resume_fault() must have nothing against it.
  const Report* resumed = nullptr;

  // What is called while the audit is under way is called on any thread, and never on two at once.

  std::function<Timestamp()> now;                      ///< the time of day
  std::function<std::chrono::milliseconds()> elapsed;  ///< since any moment; is never set back

  /// Told, before the first request, how many numbers were selected; may be empty.
  std::function<void(std::size_t)> on_start;

  /// Told of each number as soon as its result is known; may be empty.
  std::function<void(const NumberResult&)> on_result;

  /// Takes secrets out of text from outside that is to be shown; may be empty. What is compared is
  /// the text as it came.
  std::function<std::string(std::string)> redact;
};

/// Why `options.resumed` cannot be completed by this audit, as the end of a sentence about that
/// report; empty if it can. It must be of the same manifest (by its hashes), API, match mode, part
/// and numbers, and each of its verdicts must be what its own observation comes to.
[[nodiscard]] std::string resume_fault(const Manifest& manifest, const AuditOptions& options);

/// Fetches the live configuration of every selected number, compares it, and reports.
///
/// Every selected number stands in the report exactly once, whatever the fetcher does: one that was
/// never delivered, or whose reply this program failed on, is `not_compared`. The exit status is
/// that of a run whose reports could be written; one that was interrupted gets
/// exit_status::interrupted.
[[nodiscard]] Report audit(const Manifest& manifest, const AuditOptions& options, Fetcher& fetcher);

}  // namespace sipdrift
