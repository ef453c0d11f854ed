// `summary`: the report in figures.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"
#include <fmt/format.h>

#include "report/json_parts.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

void check_count(const JsonPlace& place, std::size_t counted) {
  const std::int64_t told = place.count();
  if (static_cast<std::size_t>(told) != counted) {
    place.refuse(fmt::format("is {}, but the results come to {}", told, counted));
  }
}

}  // namespace

void write_summary(JsonWriter& json, const Summary& summary) {
  json.begin_object();
  json.member("declared", summary.declared);
  for (const Status status : all_statuses) json.member(name(status), summary.count(status));
  json.key("findings");
  json.begin_object();
  json.member("total", summary.findings);
  json.member("waived", summary.waived_findings);
  json.key("by_field");
  json.begin_object(Layout::line);
  for (const auto& [path, count] : summary.findings_by_field) json.member(path.text(), count);
  json.end_object();
  json.key("by_severity");
  json.begin_object(Layout::line);
  for (const Severity severity : all_severities) {
    json.member(name(severity), summary.count(severity));
  }
  json.end_object();
  json.end_object();
  json.key("baseline");
  if (summary.past_findings.empty()) {
    json.null();
  } else {
    json.begin_object(Layout::line);
    for (const auto& [state, count] : summary.findings_by_state) json.member(name(state), count);
    for (const auto& [fate, count] : summary.past_findings) json.member(name(fate), count);
    json.end_object();
  }
  json.end_object();
}

void check_summary(const JsonPlace& place, const Summary& summary) {
  check_count(place["declared"], summary.declared);
  for (const Status status : all_statuses) check_count(place[name(status)], summary.count(status));
  const JsonPlace findings = place["findings"];
  check_count(findings["total"], summary.findings);
  check_count(findings["waived"], summary.waived_findings);
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
  const JsonPlace baseline = place["baseline"];
  if (baseline.is_null() != summary.past_findings.empty()) {
    return baseline.refuse("and previous are not both null, or both not");
  }
  for (const auto& [state, count] : summary.findings_by_state) {
    check_count(baseline[name(state)], count);
  }
  for (const auto& [fate, count] : summary.past_findings) check_count(baseline[name(fate)], count);
}

}  // namespace sipdrift
