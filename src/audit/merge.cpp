// The parts put together, once it is certain that they belong together.

#include "sipdrift/merge.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "audit/notices.hpp"
#include "audit/parts.hpp"
#include "audit/waivers.hpp"
#include "model/counted.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

constexpr std::array<std::string_view, 2> milder_options{"--exit-zero", "--fail-on"};

void add(FetchStatistics& sum, const FetchStatistics& part) {
  sum.requests += part.requests;
  for (const auto& [kind, count] : part.retries) sum.retries[kind] += count;
  sum.connections += part.connections;
  sum.pauses += part.pauses;
  sum.paused += part.paused;
  sum.highest_concurrency = std::max(sum.highest_concurrency, part.highest_concurrency);
  sum.bytes += part.bytes;
}

/// That of all parts in which anything answered; empty if they differ.
std::string protocol_of(const std::vector<Report>& parts) {
  std::set<std::string> protocols;
  for (const Report& part : parts) {
    if (!part.run.fetch.protocol.empty()) protocols.insert(part.run.fetch.protocol);
  }
  return protocols.size() == 1 ? *protocols.begin() : std::string();
}

Run run_of(const std::vector<Report>& parts, std::string run_id) {
  const Run& first = parts.front().run;
  Run run{.id = std::move(run_id),
          .started_at = first.started_at,
          .finished_at = first.finished_at,
          .manifests = first.manifests,
          .api_url = first.api_url,
          .match = first.match,
          .fetch = {},
          .complete = true};
  for (const Report& part : parts) {
    run.started_at = std::min(run.started_at, part.run.started_at);
    run.finished_at = std::max(run.finished_at, part.run.finished_at);
    run.complete = run.complete && part.run.complete;
    run.merged_from.push_back(part.run.id);
    add(run.fetch, part.run.fetch);
  }
  run.fetch.protocol = protocol_of(parts);
  run.duration = std::max(std::chrono::milliseconds(0), run.finished_at - run.started_at);
  return run;
}

/// What the parts of the merge say of themselves alone, each word as the audit wrote it.
class PartWords {
 public:
  explicit PartWords(const Report& part) {
    words_.insert(part_notice(part)->message);
    Report of_waivers{.run = part.run, .results = {}, .waivers = part.waivers, .notices = {}};
    add_waiver_notices(of_waivers);
    for (const Notice& notice : of_waivers.notices) words_.insert(notice.message);
  }

  [[nodiscard]] bool has(const Notice& notice) const { return words_.contains(notice.message); }

 private:
  std::set<std::string> words_;
};

/// What the parts say of the whole, each once, and by which option they were let pass.
class Words {
 public:
  void take(const Report& part) {
    const PartWords own(part);
    const int earned = exit_status_of(part, {});
    for (const Notice& notice : part.notices) {
      const auto* const option = std::find_if(
          milder_options.begin(), milder_options.end(),
          [&](std::string_view one) { return notice.message == exit_notice(earned, one).message; });
      if (option != milder_options.end()) {
        milder_option_ = *option;
      } else if (!own.has(notice) && known_.insert(notice.message).second) {
        notices_.push_back(notice);
      }
    }
  }

  /// In the order in which an audit says them.
  void give(const std::vector<Report>& parts, Report& report) {
    const Whole& whole = parts.front().run.whole;
    const Notice selection = selection_notice(whole.selected, whole.declared);
    if (known_.contains(selection.message)) report.notices.push_back(selection);
    add_waiver_notices(report);
    for (const Notice& notice : notices_) {
      if (notice.message != selection.message) report.notices.push_back(notice);
    }
    const int earned = exit_status_of(report, {});
    if (!milder_option_.empty() && report.run.exit_code != earned &&
        report.run.exit_code != exit_status::no_audit) {
      report.notices.push_back(exit_notice(earned, milder_option_));
    }
    report.notices.push_back({"merged from " + counted(parts.size(), "part")});
  }

 private:
  std::vector<Notice> notices_;
  std::set<std::string> known_;
  std::string_view milder_option_;
};

constexpr auto drift_bit = unsigned{exit_status::drift};

void add_drift(int& code) {
  if (code != exit_status::no_audit)
    code = static_cast<int>(static_cast<unsigned>(code) | drift_bit);
}

void take_drift_out(int& code) {
  code = static_cast<int>(static_cast<unsigned>(code) & ~drift_bit);
}

bool is_unmanaged(const NumberResult& result) { return result.status() == Status::unmanaged; }

/// The list is one and the same, told to each part; between two of them it can have changed.
void merge_discovery(const std::vector<Report>& parts, Report& report) {
  if (!parts.front().discovery) return;
  const auto& larger = *std::max_element(
      parts.begin(), parts.end(),
      [](const Report& a, const Report& b) { return a.discovery->listed < b.discovery->listed; });
  report.discovery = larger.discovery;
  const auto failed = std::find_if(parts.begin(), parts.end(), [](const Report& part) {
    return part.discovery->error.has_value();
  });
  if (failed != parts.end()) {
    report.discovery = failed->discovery;
    const std::size_t before = report.results.size();
    std::erase_if(report.results, is_unmanaged);
    const std::size_t dropped = before - report.results.size();
    if (dropped == 0) return;
    const bool has_drift =
        std::any_of(report.results.begin(), report.results.end(),
                    [](const NumberResult& result) { return result.status() == Status::drifted; });
    if (!has_drift) take_drift_out(report.run.exit_code);
    report.notices.push_back({fmt::format(
        "part {} could not get the provider's list, so which numbers are unmanaged is not known; "
        "the other parts' reports name {}",
        failed->run.shard->index, dropped)});
    return;
  }
  const bool has_changed = std::any_of(parts.begin(), parts.end(), [&](const Report& part) {
    return part.discovery->listed != report.discovery->listed ||
           part.discovery->others != report.discovery->others;
  });
  if (!has_changed) return;
  report.notices.push_back({fmt::format(
      "the provider's list of numbers changed while the parts were audited: at most {} numbers",
      report.discovery->listed)});
}

/// Each part tells of all of them; only that of the number's own part has looked.
void merge_previous(const std::vector<Report>& parts, Report& report) {
  if (!parts.front().previous) return;
  PreviousRun previous{.id = parts.front().previous->id,
                       .started_at = parts.front().previous->started_at,
                       .findings = {}};
  for (const Report& part : parts) {
    const auto& findings = part.previous->findings;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(previous.findings),
                 [&](const PastFinding& past) { return part.run.shard->holds(past.number); });
  }
  std::sort(previous.findings.begin(), previous.findings.end(),
            [](const PastFinding& a, const PastFinding& b) {
              return std::pair(a.number, a.finding.path) < std::pair(b.number, b.finding.path);
            });
  report.previous = std::move(previous);
}

/// Marks anew what each waiver covers. A waiver that covers nothing is not needed where a part says
/// so; where none does, it may be for numbers that were not selected.
void merge_waivers(const std::vector<Report>& parts, Report& report) {
  std::vector<Waiver> waivers;
  for (const WaiverUse& use : parts.front().waivers) waivers.push_back(use.waiver);
  apply_waivers(waivers, report);
  const Whole& whole = parts.front().run.whole;
  if (whole.selected == whole.declared) return;
  for (std::size_t i = 0; i < report.waivers.size(); ++i) {
    if (report.waivers[i].state != WaiverState::unused) continue;
    const bool is_certain = std::any_of(parts.begin(), parts.end(), [&](const Report& part) {
      return part.waivers[i].state == WaiverState::unused;
    });
    if (!is_certain) report.waivers[i].state = WaiverState::undecided;
  }
}

std::size_t waived_findings(const Report& report) {
  std::size_t count = 0;
  for (const NumberResult& result : report.results) {
    count += static_cast<std::size_t>(
        std::count_if(result.findings().begin(), result.findings().end(),
                      [](const Finding& finding) { return finding.waiver.has_value(); }));
  }
  return count;
}

/// What the exit status of a part says of its results.
int code_of(const Report& part) {
  return part.run.exit_code > exit_status::usage ? exit_status_of(part, {}) : part.run.exit_code;
}

int exit_code_of(const std::vector<Report>& parts) {
  unsigned bits = 0;
  for (const Report& part : parts) {
    const int code = code_of(part);
    if (code == exit_status::no_audit) return code;
    bits |= static_cast<unsigned>(code);
  }
  return static_cast<int>(bits);
}

}  // namespace

Result<Report, MergeFault> merge(std::vector<Report> parts, std::string run_id) {
  if (auto fault = fault_of(parts)) return Unexpected{*std::move(fault)};
  std::sort(parts.begin(), parts.end(), [](const Report& a, const Report& b) {
    return a.run.shard->index < b.run.shard->index;
  });
  Report report;
  report.run = run_of(parts, std::move(run_id));
  Words words;
  std::size_t waived = 0;
  for (const Report& part : parts) {
    words.take(part);
    report.declared += part.declared;
    waived += waived_findings(part);
  }
  report.run.exit_code = exit_code_of(parts);
  for (Report& part : parts) {
    std::move(part.results.begin(), part.results.end(), std::back_inserter(report.results));
  }
  std::sort(report.results.begin(), report.results.end(),
            [](const NumberResult& a, const NumberResult& b) { return a.number < b.number; });
  merge_discovery(parts, report);
  merge_previous(parts, report);
  merge_waivers(parts, report);
  // One that ended between two parts lets through what it covered in the first.
  if (waived_findings(report) < waived) add_drift(report.run.exit_code);
  words.give(parts, report);
  return report;
}

}  // namespace sipdrift
