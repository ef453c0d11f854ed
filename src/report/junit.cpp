// The JUnit report, in the dialect that both Jenkins' schema and Ant's accept: nothing that only
// one of them knows.

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "model/visible_text.hpp"
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

std::string failure(const NumberResult& result, const Run& run) {
  std::string text;
  for (const Finding& finding : result.findings()) {
    if (!text.empty()) text.append("\n");
    text.append(escaped(fmt::format("{} ({})", in_words(finding), place_of(result, run))));
  }
  const Finding& first = result.findings().front();
  return fmt::format("<failure type=\"drift.{}\" message=\"{}\">{}</failure>", name(first.kind),
                     escaped(in_words(first)), text);
}

std::string error(const NumberResult& result, const Run& run) {
  const NotCompared& reason = *result.error();
  const std::string message = escaped(reason.message);
  return fmt::format("<error type=\"{}\" message=\"{}\">{} ({})</error>", name(reason.kind),
                     message, message, escaped(place_of(result, run)));
}

void write_case(const NumberResult& result, const Run& run, std::ostream& out) {
  const std::string opening =
      fmt::format("    <testcase classname=\"sipdrift.{}\" name=\"{}\" time=\"{}\"",
                  result.profile.empty() ? "numbers" : escaped(result.profile),
                  result.number.text(), in_seconds(result.evidence.duration));
  switch (result.status()) {
    case Status::drifted:
      out << opening << '>' << failure(result, run) << "</testcase>\n";
      return;
    case Status::not_compared:
      out << opening << '>' << error(result, run) << "</testcase>\n";
      return;
    default:
      out << opening << "/>\n";
  }
}

}  // namespace

void write_junit(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  const Run& run = report.run;
  const Summary summary = summarize(report);
  const bool is_empty = report.results.empty();
  const std::size_t skipped = summary.count(Status::waived) + (is_empty ? 1 : 0);

  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  out << fmt::format(
      "  <testsuite id=\"0\" package=\"{}\" name=\"{}\" hostname=\"localhost\" timestamp=\"{}\" "
      "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{}\">\n",
      tool_name, escaped(suite_name(run)), rfc3339_without_zone(run.started_at),
      report.results.size() + (is_empty ? 1 : 0), summary.count(Status::drifted),
      summary.count(Status::not_compared), skipped, in_seconds(run.duration));
  out << "    <properties>\n";
  for (const ManifestSource& manifest : run.manifests) {
    // As sha256sum prints it.
    out << fmt::format("      <property name=\"manifest.sha256\" value=\"{}  {}\"/>\n",
                       manifest.sha256.hex(), escaped(manifest.path));
  }
  out << "    </properties>\n";
  for (const NumberResult& result : report.results) write_case(result, run, out);
  if (is_empty) {
    out << "    <testcase classname=\"sipdrift.numbers\" name=\"no number was selected\" "
           "time=\"0.000\"><skipped message=\"no number was selected\"/></testcase>\n";
  }
  out << "    <system-out>";
  for (const Notice& notice : report.notices) out << escaped(notice.message) << '\n';
  out << "</system-out>\n    <system-err></system-err>\n  </testsuite>\n</testsuites>\n";
}

}  // namespace sipdrift
