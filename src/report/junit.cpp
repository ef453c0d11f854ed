// The JUnit report, in the dialect that both Jenkins' schema and Ant's accept: nothing that only
// one of them knows.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "model/visible_text.hpp"
#include "report/digest.hpp"
#include "report/format_writers.hpp"
#include "report/markup.hpp"
#include "report/seconds.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

std::string suite_name(const Run& run) {
  std::string name;
  for (const ManifestSource& manifest : run.manifests) {
    if (!name.empty()) name.append(" ");
    name.append(manifest.path);
  }
  return name;
}

/// A finding in words, and where its number is declared; or why it does not count.
std::string line_of(const Finding& finding, const NumberResult& result, const Report& report) {
  const std::string waiver =
      finding.waiver ? ": " + in_words(report.waivers.at(*finding.waiver).waiver) : std::string();
  return escaped(fmt::format("{} ({}){}", in_words(finding), place_of(result, report.run), waiver));
}

std::string lines_of(const NumberResult& result, const Report& report) {
  std::string text;
  for (const Finding& finding : result.findings()) {
    text.append(text.empty() ? "" : "\n").append(line_of(finding, result, report));
  }
  return text;
}

/// There is a finding that no waiver covers.
std::string failure(const NumberResult& result, const Report& report) {
  const auto& findings = result.findings();
  const auto first = std::find_if(findings.begin(), findings.end(),
                                  [](const Finding& finding) { return !finding.waiver; });
  return fmt::format("<failure type=\"drift.{}\" message=\"{}\">{}</failure>", name(first->kind),
                     escaped(in_words(*first)), lines_of(result, report));
}

/// All in the attribute: it is what every reader shows of a case that was skipped.
std::string waived(const NumberResult& result, const Report& report) {
  std::string text;
  for (const Finding& finding : result.findings()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ",
                        in_words(report.waivers.at(*finding.waiver).waiver), in_words(finding));
  }
  return fmt::format("<skipped message=\"{}\"/>", escaped(text));
}

std::string error(const NotCompared& reason, const std::string& place) {
  const std::string message = escaped(reason.message);
  return fmt::format("<error type=\"{}\" message=\"{}\">{}{}</error>", name(reason.kind), message,
                     message, place.empty() ? "" : fmt::format(" ({})", escaped(place)));
}

std::string unmanaged(const Report& report) {
  constexpr std::string_view message = "live at the provider, and in no manifest";
  return report.discovery && report.discovery->is_failure
             ? fmt::format("<failure type=\"unmanaged\" message=\"{0}\">{0}</failure>", message)
             : fmt::format("<skipped message=\"unmanaged: {}\"/>", message);
}

/// What stands inside the test case; nothing if it passes.
std::string outcome_of(const NumberResult& result, const Report& report) {
  switch (result.status()) {
    case Status::in_sync:
      return {};
    case Status::drifted:
      return failure(result, report);
    case Status::waived:
      return waived(result, report);
    case Status::not_compared:
      return error(*result.error(), place_of(result, report.run));
    case Status::unmanaged:
      return unmanaged(report);
  }
  return {};
}

void write_case(std::string_view group, std::string_view name, std::chrono::milliseconds time,
                const std::string& outcome, std::ostream& out) {
  out << fmt::format("    <testcase classname=\"sipdrift.{}\" name=\"{}\" time=\"{}\"", group, name,
                     in_seconds(time));
  out << (outcome.empty() ? "/>\n" : ">" + outcome + "</testcase>\n");
}

void write_case(const NumberResult& result, const Report& report, std::ostream& out) {
  const bool is_unmanaged = result.status() == Status::unmanaged;
  const std::string group = is_unmanaged             ? "unmanaged"
                            : result.profile.empty() ? "numbers"
                                                     : escaped(result.profile);
  write_case(group, result.number.text(), result.evidence.duration, outcome_of(result, report),
             out);
}

/// How the cases come out, as the suite counts them.
struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

Counts count(const Report& report) {
  const Summary summary = summarize(report);
  const std::size_t unmanaged = summary.count(Status::unmanaged);
  const bool is_failure = report.discovery && report.discovery->is_failure;
  const bool is_empty = report.results.empty();
  return {
      .tests = report.results.size() + (is_empty ? 1 : 0) + (report.discovery ? 1 : 0),
      .failures = summary.count(Status::drifted) + (is_failure ? unmanaged : 0),
      .errors = summary.count(Status::not_compared) +
                (report.discovery && report.discovery->error ? 1 : 0),
      .skipped = summary.count(Status::waived) + (is_failure ? 0 : unmanaged) + (is_empty ? 1 : 0)};
}

/// What stands in no case: the notices, and what is gone since the earlier run.
void write_system_out(const Report& report, std::ostream& out) {
  out << "    <system-out>";
  for (const Notice& notice : report.notices) out << escaped(notice.message) << '\n';
  const Summary summary = summarize(report);
  for (const std::string& text :
       {changes_in_words(report, summary), discovery_in_words(report, summary)}) {
    if (!text.empty()) out << escaped(text) << '\n';
  }
  for (const PastCause& cause : digest(report).past) {
    constexpr std::size_t most_entries = 10;
    out << escaped(fmt::format("{}: {}: expected {}, was {} ({})", fate_in_words(cause.fate),
                               cause.path.text(), cause.expected, cause.live,
                               in_words(cause.numbers, most_entries)))
        << '\n';
  }
  out << "</system-out>\n";
}

}  // namespace

void write_junit(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  const Run& run = report.run;
  const Counts counts = count(report);

  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  out << fmt::format(
      "  <testsuite id=\"0\" package=\"{}\" name=\"{}\" hostname=\"localhost\" timestamp=\"{}\" "
      "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\">\n",
      tool_name, escaped(suite_name(run)), rfc3339_without_zone(run.started_at), counts.tests,
      counts.failures, counts.errors, counts.skipped, in_seconds(run.duration));
  out << "    <properties>\n";
  for (const ManifestSource& manifest : run.manifests) {
    // As sha256sum prints it.
    out << fmt::format("      <property name=\"manifest.sha256\" value=\"{}  {}\"/>\n",
                       manifest.sha256.hex(), escaped(manifest.path));
  }
  out << "    </properties>\n";
  for (const NumberResult& result : report.results) write_case(result, report, out);
  if (report.results.empty()) {
    write_case("numbers", "no number was selected", {},
               "<skipped message=\"no number was selected\"/>", out);
  }
  if (report.discovery) {
    const auto& reason = report.discovery->error;
    write_case("discovery", "the provider's list of numbers", report.discovery->evidence.duration,
               reason ? error(*reason, {}) : std::string(), out);
  }
  write_system_out(report, out);
  out << "    <system-err></system-err>\n  </testsuite>\n</testsuites>\n";
}

}  // namespace sipdrift
