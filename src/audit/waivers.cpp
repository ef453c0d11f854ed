// First the findings, then the waivers that no finding needed, then words.

#include "audit/waivers.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "model/counted.hpp"

namespace sipdrift {

namespace {

/// The comparison of a number, to be marked; nullptr if there is none.
Comparison* comparison_of(NumberResult& result) { return std::get_if<Comparison>(&result.outcome); }

/// The waiver in force that covers a finding, or else those that have expired and would have.
void mark(const NumberResult& result, Finding& finding, std::vector<WaiverUse>& waivers) {
  const auto is_for_it = [&](const WaiverUse& use) {
    return covers(use.waiver, result.number, result.tags, finding);
  };
  finding.waiver.reset();
  const auto in_force = std::find_if(waivers.begin(), waivers.end(), [&](const WaiverUse& use) {
    return use.state != WaiverState::expired && is_for_it(use);
  });
  if (in_force != waivers.end()) {
    finding.waiver = static_cast<std::uint32_t>(in_force - waivers.begin());
    in_force->state = WaiverState::in_use;
    ++in_force->findings;
    return;
  }
  for (WaiverUse& use : waivers) {
    if (is_for_it(use)) ++use.findings;  // all of them have expired
  }
}

void mark_findings(Report& report) {
  for (NumberResult& result : report.results) {
    Comparison* const comparison = comparison_of(result);
    if (comparison == nullptr) continue;
    for (Finding& finding : comparison->findings) mark(result, finding, report.waivers);
  }
}

/// Whether nothing is left that the waiver could be needed for.
bool is_decided(const Waiver& waiver, const std::vector<NumberResult>& results) {
  return std::all_of(results.begin(), results.end(), [&](const NumberResult& result) {
    return result.status() != Status::not_compared || !concerns(waiver, result.number, result.tags);
  });
}

/// "waivers.yaml:12 (tag:site:ams, outbound.port)"
std::string name_of(const WaiverUse& use, const Run& run) {
  const Waiver& waiver = use.waiver;
  return fmt::format("{}:{} ({}, {})", run.manifests.at(waiver.source.manifest).path,
                     waiver.source.line, subject_text(waiver), waiver.path.text());
}

std::string in_days(std::chrono::milliseconds time) {
  const auto days = std::chrono::ceil<std::chrono::days>(time).count();
  return days <= 1 ? "within a day" : fmt::format("within {} days", days);
}

/// Whether a waiver would cover findings, were it not pinned to another value.
bool is_pinned_elsewhere(const Waiver& waiver, const std::vector<NumberResult>& results) {
  if (!waiver.observed) return false;
  Waiver unpinned = waiver;
  unpinned.observed.reset();
  return std::any_of(results.begin(), results.end(), [&](const NumberResult& result) {
    const auto& findings = result.findings();
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
      return covers(unpinned, result.number, result.tags, finding);
    });
  });
}

/// What is to be done about a waiver; empty where nothing is.
std::string notice_on(const WaiverUse& use, const Report& report) {
  const Run& run = report.run;
  constexpr auto soon = std::chrono::days(14);
  const auto left = use.waiver.ends_at - run.finished_at;
  switch (use.state) {
    case WaiverState::expired:
      return fmt::format(
          "the waiver at {} has expired ({}): {}", name_of(use, run), use.waiver.expires,
          use.findings == 0 ? "it covers nothing, and can be removed"
                            : counted(use.findings, "finding") +
                                  (use.findings == 1 ? " counts again" : " count again"));
    case WaiverState::unused:
      return fmt::format("the waiver at {} covers nothing{}", name_of(use, run),
                         is_pinned_elsewhere(use.waiver, report.results)
                             ? ": live has another value than it is pinned to"
                             : ", and can be removed");
    case WaiverState::in_use:
    case WaiverState::undecided:
      if (left > soon) return {};
      return fmt::format("the waiver at {} expires {} ({}; {}, {})", name_of(use, run),
                         in_days(left), use.waiver.expires, use.waiver.owner, use.waiver.ticket);
  }
  return {};
}

void apply(const std::vector<Waiver>& waivers, Report& report) {
  report.waivers.clear();
  for (const Waiver& waiver : waivers) {
    const bool is_over = waiver.ends_at <= report.run.finished_at;
    report.waivers.push_back(
        {.waiver = waiver, .state = is_over ? WaiverState::expired : WaiverState::undecided});
  }
  mark_findings(report);
  for (WaiverUse& use : report.waivers) {
    const bool is_open = use.state == WaiverState::undecided;
    if (is_open && is_decided(use.waiver, report.results)) use.state = WaiverState::unused;
  }
}

}  // namespace

void apply_waivers(const std::vector<Waiver>& waivers, Report& report) { apply(waivers, report); }

void apply_waivers(const std::vector<Waiver>& waivers,
                   const std::vector<const DeclaredNumber*>& elsewhere, const Manifest& manifest,
                   Report& report) {
  apply(waivers, report);
  for (WaiverUse& use : report.waivers) {
    const bool is_needed_elsewhere =
        use.state == WaiverState::unused &&
        std::any_of(elsewhere.begin(), elsewhere.end(), [&](const DeclaredNumber* number) {
          return concerns(use.waiver, number->number, manifest.declaration_of(*number).tags);
        });
    if (is_needed_elsewhere) use.state = WaiverState::undecided;
  }
}

void add_waiver_notices(Report& report) {
  constexpr std::size_t most_of_a_state = 5;
  for (const WaiverState state : all_waiver_states) {
    std::size_t count = 0;
    for (const WaiverUse& use : report.waivers) {
      if (use.state != state) continue;
      std::string text = notice_on(use, report);
      if (!text.empty() && ++count <= most_of_a_state) report.notices.push_back({std::move(text)});
    }
    if (count <= most_of_a_state) continue;
    report.notices.push_back({fmt::format(
        "{} {}; the JSON report has them all", counted(count - most_of_a_state, "more waiver"),
        state == WaiverState::expired  ? "have expired"
        : state == WaiverState::unused ? "cover nothing"
                                       : "expire within 14 days")});
  }
}

}  // namespace sipdrift
