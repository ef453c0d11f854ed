// The JSON report, read. Laid out as json.cpp, which writes it.

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "json/json_place.hpp"
#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/names.hpp"
#include "report/result_reader.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/report_reader.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

constexpr std::array<int, 8> exit_statuses{
    exit_status::in_sync,
    exit_status::no_audit,
    exit_status::drift,
    exit_status::not_compared,
    exit_status::drift | exit_status::not_compared,
    exit_status::hung_up,
    exit_status::interrupted,
    exit_status::terminated,
};

void read_version(const JsonPlace& report) {
  const JsonPlace place = report["format_version"];
  const std::string version = place.text();
  const std::string_view major =
      report_format_version.substr(0, report_format_version.find('.') + 1);
  const bool has_minor = version.size() > major.size() &&
                         std::all_of(version.begin() + static_cast<std::ptrdiff_t>(major.size()),
                                     version.end(), is_digit);
  if (!version.starts_with(major) || !has_minor) {
    place.refuse(
        fmt::format("is not {}x, which this sipdrift {} reads", major, sipdrift::version()));
  }
  const JsonPlace tool = report["tool"];
  const JsonPlace name = tool["name"];
  if (name.text() != tool_name) name.refuse(fmt::format("is not \"{}\"", tool_name));
}

FetchStatistics read_fetch(const JsonPlace& place) {
  FetchStatistics fetch;
  fetch.requests = static_cast<std::size_t>(place["requests"].count());
  place["retries"].each_member([&](std::string_view key, const JsonPlace& count) {
    const auto kind = find_by_name(all_error_kinds, key);
    if (!kind) return count.refuse("is no kind of error");
    fetch.retries[*kind] = static_cast<std::size_t>(count.count());
  });
  fetch.connections = static_cast<std::size_t>(place["connections"].count());
  if (const JsonPlace protocol = place["protocol"]; !protocol.is_null()) {
    fetch.protocol = protocol.text();
    if (!fetch.protocol.starts_with("HTTP/")) protocol.refuse("is no version of HTTP");
  }
  fetch.pauses = static_cast<std::size_t>(place["pauses"].count());
  fetch.paused = std::chrono::milliseconds(place["paused_ms"].count());
  fetch.highest_concurrency = static_cast<std::size_t>(place["highest_concurrency"].count());
  fetch.bytes = static_cast<std::uint64_t>(place["bytes"].count());
  if (const JsonPlace latency = place["latency_ms"]; !latency.is_null()) {
    fetch.latency = Latency{latency["p50"].ms(), latency["p95"].ms(), latency["p99"].ms()};
  }
  return fetch;
}

Run read_run(const JsonPlace& place) {
  Run run;
  const JsonPlace id = place["id"];
  run.id = id.text();
  if (run.id.empty()) id.refuse("is empty");
  run.started_at = place["started_at"].time();
  run.finished_at = place["finished_at"].time();
  run.duration = std::chrono::milliseconds(place["duration_ms"].count());
  const JsonPlace manifests = place["manifests"];
  manifests.each_entry([&](const JsonPlace& manifest, std::size_t) {
    run.manifests.push_back({manifest["path"].text(), manifest["sha256"].sha256()});
  });
  if (run.manifests.empty()) manifests.refuse("is empty");
  run.api_url = place["api_url"].text();
  run.fetch = read_fetch(place["fetch"]);
  run.complete = place["complete"].flag();
  const JsonPlace exit_code = place["exit_code"];
  run.exit_code = static_cast<int>(std::clamp<std::int64_t>(exit_code.integer(), -1, 256));
  if (std::find(exit_statuses.begin(), exit_statuses.end(), run.exit_code) == exit_statuses.end()) {
    exit_code.refuse("is no exit status of an audit");
  }
  return run;
}

void read_results(const JsonPlace& place, Report& report) {
  std::map<std::string, std::uint32_t> manifests;  // their positions, by path
  for (std::size_t i = 0; i < report.run.manifests.size(); ++i) {
    manifests.emplace(report.run.manifests[i].path, static_cast<std::uint32_t>(i));
  }
  place.each_entry([&](const JsonPlace& entry, std::size_t) {
    auto result = read_result(entry, manifests);
    if (!result) return;
    if (!report.results.empty() && report.results.back().number >= result->number) {
      return entry["number"].refuse("does not come after the one before it");
    }
    report.results.push_back(*std::move(result));
  });
}

void check_count(const JsonPlace& place, std::size_t counted) {
  const std::int64_t told = place.count();
  if (static_cast<std::size_t>(told) != counted) {
    place.refuse(fmt::format("is {}, but the results come to {}", told, counted));
  }
}

/// What the summary says must be what the results say.
void check_summary(const JsonPlace& place, Report& report) {
  const Summary summary = summarize(report);
  check_count(place["declared"], summary.declared);
  for (const Status status : all_statuses) check_count(place[name(status)], summary.count(status));
  const JsonPlace findings = place["findings"];
  check_count(findings["total"], summary.findings);
  const JsonPlace by_field = findings["by_field"];
  for (const auto& [path, count] : summary.findings_by_field)
    check_count(by_field[path.text()], count);
  std::size_t told = 0;
  by_field.each_member([&](std::string_view, const JsonPlace&) { ++told; });
  if (told != summary.findings_by_field.size()) by_field.refuse("has a field without findings");
  const JsonPlace by_severity = findings["by_severity"];
  for (const Severity severity : all_severities) {
    check_count(by_severity[name(severity)], summary.count(severity));
  }
}

/// The exit status may be milder than what the results earn, and never tells of what is not there.
void check_exit_code(const JsonPlace& place, const Report& report) {
  const int code = report.run.exit_code;
  if (code > exit_status::usage) {
    if (report.run.complete)
      place.refuse("is that of a run that was stopped, and this is complete");
    return;
  }
  const Summary summary = summarize(report);
  const auto bits = static_cast<unsigned>(code);
  if ((bits & unsigned{exit_status::drift}) != 0 && summary.count(Status::drifted) == 0) {
    place.refuse("tells of drift, and no number has drifted");
  }
  if ((bits & unsigned{exit_status::not_compared}) != 0 &&
      summary.count(Status::not_compared) == 0) {
    place.refuse("tells of numbers that were not compared, and there are none");
  }
}

Report read(const JsonPlace& place) {
  Report report;
  read_version(place);
  report.run = read_run(place["run"]);
  read_results(place["results"], report);
  report.declared = report.results.size();
  place["notices"].each_entry([&](const JsonPlace& notice, std::size_t) {
    report.notices.push_back({notice["message"].text()});
  });
  return report;
}

}  // namespace

Result<Report, ReportFault> read_report(std::string_view json) {
  const auto document = JsonDocument::parse(json);
  if (!document) return Unexpected{ReportFault{{}, "is no JSON report: " + document.error()}};
  std::optional<JsonFault> fault;
  const JsonPlace root(document->root(), fault);
  Report report = read(root);
  if (!fault) check_summary(root["summary"], report);
  if (!fault) check_exit_code(root["run"]["exit_code"], report);
  if (fault) return Unexpected{ReportFault{std::move(fault->path), std::move(fault->message)}};
  return report;
}

}  // namespace sipdrift
