// The report as figures for Prometheus: a file of the text format for node_exporter's textfile
// collector. Nothing from outside stands in it, and all words are ours: no label needs escapes.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "model/characters.hpp"
#include "report/format_writers.hpp"
#include "report/seconds.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view last_complete = "sipdrift_last_complete_timestamp_seconds";

void write_head(std::ostream& out, std::string_view metric, std::string_view help) {
  out << fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", metric, help);
}

void write_gauge(std::ostream& out, std::string_view metric, std::string_view help,
                 std::string_view value) {
  write_head(out, metric, help);
  out << metric << ' ' << value << '\n';
}

/// A number that is finite and not negative, and no later than `latest`.
bool is_time(std::string_view text, double latest) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && is_digit(text.front()) &&
         number <= latest;
}

/// When the last complete run was, by an earlier report; nothing, if it is not told once, whole and
/// beyond doubt.
std::optional<std::string_view> complete_by(std::string_view earlier, double latest) {
  std::optional<std::string_view> time;
  for (std::size_t begin = 0, end = 0; (end = earlier.find('\n', begin)) != std::string_view::npos;
       begin = end + 1) {
    std::string_view line = earlier.substr(begin, end - begin);
    if (!line.starts_with(last_complete)) continue;
    line.remove_prefix(last_complete.size());
    if (time || !line.starts_with(' ') || !is_time(line.substr(1), latest)) return std::nullopt;
    time = line.substr(1);
  }
  return time;
}

/// A run that looked at nothing proves nothing, and a time yet to come was none of ours.
void write_last_complete(std::ostream& out, const Report& report, std::string_view earlier,
                         const std::string& finished) {
  const std::chrono::duration<double> latest = report.run.finished_at.time_since_epoch();
  const std::optional<std::string_view> time = report.run.complete && report.declared > 0
                                                   ? std::string_view(finished)
                                                   : complete_by(earlier, latest.count());
  if (!time) return;
  write_gauge(out, last_complete,
              "When the last run ended in which every number had its turn, in Unix time.", *time);
}

void write_baseline(std::ostream& out, const Report& report, const Summary& summary) {
  if (!report.previous) return;
  write_head(out, "sipdrift_baseline_findings",
             "Findings of the last run and the one before, by what became of them.");
  const auto write = [&](std::string_view state, std::size_t count) {
    out << fmt::format("sipdrift_baseline_findings{{state=\"{}\"}} {}\n", state, count);
  };
  for (const auto& [state, count] : summary.findings_by_state) write(name(state), count);
  for (const auto& [fate, count] : summary.past_findings) write(name(fate), count);
}

/// Their reasons are text from outside; when somebody has to look at them again is a number.
void write_waivers(std::ostream& out, const Report& report) {
  if (report.waivers.empty()) return;
  write_head(out, "sipdrift_waivers", "Waivers of the last run, by what they came to.");
  std::optional<Timestamp> next;
  for (const WaiverState state : all_waiver_states) {
    std::size_t count = 0;
    for (const WaiverUse& use : report.waivers) {
      if (use.state != state) continue;
      ++count;
      if (state == WaiverState::expired) continue;
      next = std::min(next.value_or(use.waiver.ends_at), use.waiver.ends_at);
    }
    out << fmt::format("sipdrift_waivers{{state=\"{}\"}} {}\n", name(state), count);
  }
  if (!next) return;
  write_gauge(out, "sipdrift_waiver_next_expiry_timestamp_seconds",
              "When the first of the waivers in force ends, in Unix time.",
              in_seconds(next->time_since_epoch()));
}

}  // namespace

void write_prometheus(const Report& report, std::ostream& out, const FormatOptions& options) {
  const Summary summary = summarize(report);
  const Run& run = report.run;
  const std::string finished = in_seconds(run.finished_at.time_since_epoch());

  write_head(out, "sipdrift_numbers", "Phone numbers of the last run, by status.");
  for (const Status status : all_statuses) {
    // Without a list nobody knows how many there are.
    const bool is_known =
        status != Status::unmanaged || (report.discovery && !report.discovery->error);
    if (!is_known) continue;
    out << fmt::format("sipdrift_numbers{{status=\"{}\"}} {}\n", name(status),
                       summary.count(status));
  }
  write_head(out, "sipdrift_findings",
             "Findings of the last run that no waiver covers, by severity.");
  for (const Severity severity : all_severities) {
    out << fmt::format("sipdrift_findings{{severity=\"{}\"}} {}\n", name(severity),
                       summary.count(severity));
  }
  write_baseline(out, report, summary);
  write_waivers(out, report);
  write_gauge(out, "sipdrift_run_duration_seconds", "How long the last run took.",
              in_seconds(run.duration));
  write_gauge(out, "sipdrift_run_exit_code", "The exit status of the last run.",
              std::to_string(run.exit_code));
  write_gauge(out, "sipdrift_last_run_timestamp_seconds", "When the last run ended, in Unix time.",
              finished);
  write_last_complete(out, report, options.earlier, finished);
  write_head(out, "sipdrift_build_info", "The version of sipdrift that made the last run.");
  out << fmt::format("sipdrift_build_info{{version=\"{}\"}} 1\n", version());
}

}  // namespace sipdrift
