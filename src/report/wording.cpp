// One sentence a finding.

#include "report/wording.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <ratio>
#include <utility>

#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

/// Whether a rule tells a reader something that the two values do not.
bool is_worth_telling(Rule rule) { return rule != Rule::none && rule != Rule::sip_uri_comparison; }

/// Whether a text can stand for itself: nothing else is shown like it, and no blank is lost.
bool is_plain_word(std::string_view text) {
  constexpr std::array<std::string_view, 5> words{"none", "absent", "true", "false",
                                                  "differs (redacted)"};
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  if (text.find_first_of("\"\\") != std::string_view::npos) return false;
  if (std::find(words.begin(), words.end(), text) != words.end()) return false;
  return !std::all_of(text.begin(), text.end(), is_digit);  // a port is
}

/// In quotes, with those and backslashes of its own escaped.
std::string quoted(std::string_view text) {
  std::string inside;
  for (const char c : text) {
    if (is_one_of(c, "\"\\")) inside.push_back('\\');
    inside.push_back(c);
  }
  return "\"" + visible(inside) + "\"";
}

/// In UTC.
std::string date_of(Timestamp time) {
  constexpr std::size_t length = std::string_view("2026-11-23").size();
  return rfc3339(time).substr(0, length);
}

double in_ms(std::chrono::duration<double, std::milli> time) { return time.count(); }

std::string short_time(std::chrono::microseconds time) {
  constexpr double precise_below = 10;
  const double ms = in_ms(time);
  return ms < precise_below ? fmt::format("{:.1f} ms", ms) : fmt::format("{:.0f} ms", ms);
}

}  // namespace

std::string in_words(const Value& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) {
    return is_plain_word(*text) ? visible(*text) : quoted(*text);
  }
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* const flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  return "none";
}

std::string expected_in_words(const Finding& finding) {
  const bool is_direction = !finding.path.field.has_value();
  return is_direction ? "absent" : in_words(finding.expected);
}

std::string live_in_words(const Finding& finding) {
  return finding.rule == Rule::redacted_part ? "differs (redacted)" : in_words(finding.actual);
}

std::string remark_on(const Finding& finding) {
  return std::string(is_worth_telling(finding.rule) ? explanation(finding.rule) : "");
}

std::string_view consequence(Severity severity) {
  return severity == Severity::critical ? "encryption is lost" : "";
}

std::string in_words(const Finding& finding) {
  std::string text = finding.path.text() + ": ";
  if (finding.rule == Rule::redacted_part) {
    text += fmt::format("differs (redacted): {}", in_words(finding.expected));
  } else {
    text += fmt::format("expected {}, live {}", expected_in_words(finding), live_in_words(finding));
    const std::string remark = remark_on(finding);
    if (!remark.empty()) text += fmt::format(" ({})", remark);
  }
  const std::string_view meaning = consequence(finding.severity);
  if (!meaning.empty()) text += fmt::format(" [{}: {}]", name(finding.severity), meaning);
  if (finding.baseline) text += fmt::format(" ({})", in_words(*finding.baseline));
  return text;
}

std::string in_words(const Baseline& baseline) {
  if (baseline.state == BaselineState::fresh) return "new";
  const std::string since =
      fmt::format("since {}, in {}", date_of(baseline.first_seen), counted(baseline.runs, "run"));
  return baseline.state == BaselineState::updated ? "changed again; drifted " + since : since;
}

std::string in_words(const Waiver& waiver) {
  return fmt::format("waived until {}: {} ({}, {})", visible(waiver.expires),
                     visible(waiver.reason), visible(waiver.owner), visible(waiver.ticket));
}

std::string_view fate_in_words(Fate fate) {
  switch (fate) {
    case Fate::resolved:
      return "resolved";
    case Fate::not_declared:
      return "no longer declared";
    case Fate::not_compared:
      return "not compared this time";
  }
  return {};
}

std::string changes_in_words(const Report& report, const Summary& summary) {
  if (!report.previous) return {};
  std::string text =
      fmt::format("Since the run of {}:", rfc3339(report.previous->started_at).substr(0, 19) + "Z");
  const char* separator = " ";
  const auto add = [&](std::size_t count, std::string_view what, bool always) {
    if (count == 0 && !always) return;
    text += fmt::format("{}{} {}", separator, count, what);
    separator = ", ";
  };
  const auto& states = summary.findings_by_state;
  const auto& fates = summary.past_findings;
  add(states.at(BaselineState::fresh), "new", true);
  add(states.at(BaselineState::updated), "changed again", false);
  add(states.at(BaselineState::unchanged), "unchanged", true);
  add(fates.at(Fate::resolved), "resolved", true);
  add(fates.at(Fate::not_declared), "no longer declared", false);
  add(fates.at(Fate::not_compared), "not compared this time", false);
  return text;
}

std::string discovery_in_words(const Report& report, const Summary& summary) {
  if (!report.discovery) return {};
  const Discovery& discovery = *report.discovery;
  if (discovery.error) {
    return "The provider's list of numbers could not be had, so that nothing is known of unmanaged "
           "numbers: " +
           in_words(*discovery.error);
  }
  std::string text = fmt::format(
      "{} listed by the provider, {} of them in no manifest{}", counted(discovery.listed, "number"),
      summary.count(Status::unmanaged), report.run.shard ? ", as far as this part goes" : "");
  if (!discovery.others.empty()) {
    text += fmt::format("; {} not E.164, and not looked at",
                        discovery.others.size() == 1
                            ? "1 more is"
                            : fmt::format("{} more are", discovery.others.size()));
  }
  return text;
}

std::string in_words(const NotCompared& error) {
  return fmt::format("{}: {}", name(error.kind), visible(error.message));
}

std::vector<std::string> parts_in_words(const FetchStatistics& fetch) {
  std::string requests = fmt::format("{} over {}", counted(fetch.requests, "request"),
                                     counted(fetch.connections, "connection"));
  if (!fetch.protocol.empty()) requests += fmt::format(" ({})", fetch.protocol);
  requests += fmt::format(", up to {} at once", fetch.highest_concurrency);
  std::vector<std::string> parts{std::move(requests)};
  std::size_t retries = 0;
  std::string causes;
  for (const auto& [kind, count] : fetch.retries) {
    retries += count;
    causes += fmt::format("{}{} {}", causes.empty() ? "" : ", ", count, name(kind));
  }
  if (retries > 0) parts.push_back(fmt::format("{} tried again ({})", retries, causes));
  if (fetch.pauses > 0) parts.push_back(fmt::format("paused {:.1f} s", in_ms(fetch.paused) / 1000));
  if (fetch.latency) {
    parts.push_back(fmt::format("{} (p50), {} (p99)", short_time(fetch.latency->p50),
                                short_time(fetch.latency->p99)));
  }
  return parts;
}

std::string headline(const Summary& summary) {
  const std::string numbers = counted(summary.declared, "number");
  std::string text;
  const auto add = [&](Status status, const char* what) {
    const std::size_t count = summary.count(status);
    if (count == 0) return;
    text += text.empty() && status != Status::unmanaged
                ? fmt::format("{} of {} {}", count, numbers, what)
                : fmt::format(", {} {}", count, what);
  };
  add(Status::drifted, "drifted");
  add(Status::not_compared, "not compared");
  if (text.empty() && summary.declared == 0) {
    text = "No number was selected";
  } else if (text.empty()) {
    const bool is_waived = summary.count(Status::waived) > 0;
    text = fmt::format("No drift{} in {}", is_waived ? " but what is waived" : "", numbers);
  }
  add(Status::unmanaged, "unmanaged");
  return text;
}

std::string verdict_in_words(const Report& report) {
  const int status = report.run.exit_code;
  // As --exit-zero and --fail-on make it; a notice says what it would be.
  const bool is_milder_than_earned =
      status == exit_status::in_sync && exit_status_of(report, {}) != status;
  if (is_milder_than_earned) return "nothing of this is to fail the run";
  const Summary summary = summarize(report);
  if (status == exit_status::not_compared && summary.count(Status::not_compared) == 0) {
    return "the provider's list of numbers could not be had; no drift";
  }
  if (summary.count(Status::drifted) == 0) {  // what counts as drift is that they are unmanaged
    if (status == exit_status::drift) return "numbers that no manifest has; every number compared";
    if (status == (exit_status::drift | exit_status::not_compared)) {
      return "numbers that no manifest has, and some numbers could not be compared";
    }
  }
  return std::string(exit_meaning(status));
}

std::string place_of(const NumberResult& result, const Run& run) {
  return result.source ? place_of(*result.source, run) : std::string();
}

std::string place_of(const Source& source, const Run& run) {
  return fmt::format("{}:{}", visible(run.manifests.at(source.manifest).path), source.line);
}

}  // namespace sipdrift
