// The JSON report, read. Laid out as json.cpp, which writes it.

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "json/json_place.hpp"
#include <fmt/format.h>

#include "model/characters.hpp"
#include "report/json_parts.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/report_reader.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

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

void read_results(const JsonPlace& place, const JsonContext& context, Report& report) {
  place.each_entry([&](const JsonPlace& entry, std::size_t) {
    auto result = read_result(entry, context);
    if (!result) return;
    if (!report.results.empty() && report.results.back().number >= result->number) {
      return entry["number"].refuse("does not come after the one before it");
    }
    if (result->status() != Status::unmanaged) {
      ++report.declared;
    } else if (!report.discovery || report.discovery->error) {
      return entry["status"].refuse("is unmanaged, and there was no discovery");
    }
    report.results.push_back(*std::move(result));
  });
}

/// A part has no more numbers than the whole, and none of another part.
void check_shard(const JsonPlace& place, const Report& report) {
  if (!report.run.shard) return;
  if (report.declared > report.run.whole.selected) {
    place["run"]["shard"]["selected"].refuse("is less than the numbers of this part alone");
  }
  place["results"].each_entry([&](const JsonPlace& entry, std::size_t i) {
    if (!report.run.shard->holds(report.results[i].number)) {
      entry["number"].refuse("is of another part than this");
    }
  });
}

/// How many findings each waiver covers. An expired one covers none, and tells how many it would.
void check_waivers(const JsonPlace& place, const Report& report) {
  std::vector<std::size_t> findings(report.waivers.size());
  for (const NumberResult& result : report.results) {
    for (const Finding& finding : result.findings()) {
      if (finding.waiver) ++findings[*finding.waiver];
    }
  }
  place.each_entry([&](const JsonPlace& waiver, std::size_t i) {
    const WaiverUse& use = report.waivers[i];
    const bool is_over = use.waiver.ends_at <= report.run.finished_at;
    if (is_over != (use.state == WaiverState::expired)) {
      waiver["state"].refuse("is not what the time of the run makes it");
    }
    if (use.state != WaiverState::expired && use.findings != findings[i]) {
      waiver["findings"].refuse(
          fmt::format("is {}, but the results come to {}", use.findings, findings[i]));
    }
  });
}

/// What is told of the past must not contradict what was found.
void check_previous(const JsonPlace& place, const Report& report) {
  place["findings"].each_entry([&](const JsonPlace& entry, std::size_t i) {
    const PastFinding& past = report.previous->findings[i];
    const auto found = std::lower_bound(
        report.results.begin(), report.results.end(), past.number,
        [](const NumberResult& result, const E164& number) { return result.number < number; });
    const bool is_there = found != report.results.end() && found->number == past.number;
    const bool is_compared = is_there && std::holds_alternative<Comparison>(found->outcome);
    if (is_compared != (past.fate != Fate::not_compared) && past.fate != Fate::not_declared) {
      return entry["fate"].refuse("is not what became of its number");
    }
    if (!is_compared) return;
    const auto& findings = found->findings();
    const bool is_found_again =
        std::any_of(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.path == past.finding.path; });
    if (is_found_again) entry["fate"].refuse("is told of a finding that is there");
  });
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
  if ((bits & unsigned{exit_status::drift}) != 0 && summary.count(Status::drifted) == 0 &&
      summary.count(Status::unmanaged) == 0) {
    place.refuse("tells of drift, and no number has drifted");
  }
  if ((bits & unsigned{exit_status::not_compared}) != 0 &&
      summary.count(Status::not_compared) == 0 && !(report.discovery && report.discovery->error)) {
    place.refuse("tells of numbers that were not compared, and there are none");
  }
}

Report read(const JsonPlace& place) {
  Report report;
  read_version(place);
  report.run = read_run(place["run"]);
  if (const JsonPlace found = place["discovery"]; !found.is_null()) {
    report.discovery = read_discovery(found);
  }
  JsonContext context{.manifests = {}, .waivers = report.waivers};
  for (std::size_t i = 0; i < report.run.manifests.size(); ++i) {
    context.manifests.emplace(report.run.manifests[i].path, static_cast<std::uint32_t>(i));
  }
  const JsonPlace waivers = place["waivers"];
  waivers.each_entry([&](const JsonPlace& waiver, std::size_t) {
    report.waivers.push_back(read_waiver(waiver, context));
  });
  const JsonPlace previous = place["previous"];
  if (!previous.is_null()) report.previous = read_previous(previous);
  context.has_previous = report.previous.has_value();
  read_results(place["results"], context, report);
  place["notices"].each_entry([&](const JsonPlace& notice, std::size_t) {
    report.notices.push_back({notice["message"].text()});
  });
  return report;
}

void check(const JsonPlace& place, const Report& report, const std::optional<JsonFault>& fault) {
  if (!fault) check_shard(place, report);
  check_waivers(place["waivers"], report);
  if (report.previous) check_previous(place["previous"], report);
  if (!fault) check_summary(place["summary"], summarize(report));
  if (!fault) check_exit_code(place["run"]["exit_code"], report);
}

}  // namespace

Result<Report, ReportFault> read_report(std::string_view json) {
  const auto document = JsonDocument::parse(json);
  if (!document) return Unexpected{ReportFault{{}, "is no JSON report: " + document.error()}};
  std::optional<JsonFault> fault;
  const JsonPlace root(document->root(), fault);
  Report report = read(root);
  if (!fault) check(root, report, fault);
  if (fault) return Unexpected{ReportFault{std::move(fault->path), std::move(fault->message)}};
  return report;
}

}  // namespace sipdrift
