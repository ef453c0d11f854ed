// The JSON report: all that the report object knows.

#include <variant>

#include "json/json_writer.hpp"

#include "report/format_writers.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

void write_value(JsonWriter& json, std::string_view key, const Value& value) {
  json.key(key);
  if (const auto* const text = std::get_if<std::string>(&value)) return json.value(*text);
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return json.value(*number);
  if (const auto* const flag = std::get_if<bool>(&value)) return json.value(*flag);
  json.null();
}

void write_rule(JsonWriter& json, Rule rule) {
  json.key("rule");
  rule == Rule::none ? json.null() : json.value(name(rule));
}

double in_ms(std::chrono::microseconds time) { return static_cast<double>(time.count()) / 1000; }

void write_fetch(JsonWriter& json, const FetchStatistics& fetch) {
  json.key("fetch");
  json.begin_object();
  json.member("requests", fetch.requests);
  json.key("retries");
  json.begin_object(Layout::line);
  for (const auto& [kind, count] : fetch.retries) json.member(name(kind), count);
  json.end_object();
  json.member("connections", fetch.connections);
  json.key("protocol");
  fetch.protocol.empty() ? json.null() : json.value(fetch.protocol);
  json.member("pauses", fetch.pauses);
  json.member("paused_ms", fetch.paused.count());
  json.member("highest_concurrency", fetch.highest_concurrency);
  json.member("bytes", fetch.bytes);
  json.key("latency_ms");
  if (fetch.latency) {
    json.begin_object(Layout::line);
    json.member("p50", in_ms(fetch.latency->p50));
    json.member("p95", in_ms(fetch.latency->p95));
    json.member("p99", in_ms(fetch.latency->p99));
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
}

void write_run(JsonWriter& json, const Run& run) {
  json.key("run");
  json.begin_object();
  json.member("id", run.id);
  json.member("started_at", rfc3339(run.started_at));
  json.member("finished_at", rfc3339(run.finished_at));
  json.member("duration_ms", run.duration.count());
  json.key("manifests");
  json.begin_array();
  for (const ManifestSource& manifest : run.manifests) {
    json.begin_object(Layout::line);
    json.member("path", manifest.path);
    json.member("sha256", manifest.sha256.hex());
    json.end_object();
  }
  json.end_array();
  json.member("api_url", run.api_url);
  write_fetch(json, run.fetch);
  json.member("complete", run.complete);
  json.member("exit_code", run.exit_code);
  json.end_object();
}

void write_summary(JsonWriter& json, const Summary& summary) {
  json.key("summary");
  json.begin_object();
  json.member("declared", summary.declared);
  for (const Status status : all_statuses) json.member(name(status), summary.count(status));
  json.key("findings");
  json.begin_object();
  json.member("total", summary.findings);
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
  json.end_object();
}

void write_finding(JsonWriter& json, const E164& number, const Finding& finding) {
  json.begin_object(Layout::line);
  json.member("fingerprint", fingerprint(number, finding));
  json.member("path", finding.path.text());
  json.member("kind", name(finding.kind));
  json.member("severity", name(finding.severity));
  write_value(json, "expected", finding.expected);
  write_value(json, "actual", finding.actual);
  write_rule(json, finding.rule);
  json.end_object();
}

void write_match(JsonWriter& json, const Match& match) {
  json.begin_object(Layout::line);
  json.member("path", match.path.text());
  json.member("how", name(match.agreement));
  write_rule(json, match.rule);
  json.end_object();
}

void write_evidence(JsonWriter& json, const Evidence& evidence) {
  json.key("evidence");
  json.begin_object(Layout::line);
  json.key("observed_at");
  evidence.observed_at ? json.value(rfc3339(*evidence.observed_at)) : json.null();
  json.key("http_status");
  evidence.http_status ? json.value(*evidence.http_status) : json.null();
  json.member("attempts", evidence.attempts);
  json.member("duration_ms", evidence.duration.count());
  json.key("reply_sha256");
  evidence.reply_sha256 ? json.value(evidence.reply_sha256->hex()) : json.null();
  json.end_object();
}

void write_result(JsonWriter& json, const NumberResult& result, const Run& run) {
  json.begin_object();
  json.member("number", result.number.text());
  json.member("status", name(result.status()));
  json.key("profile");
  result.profile.empty() ? json.null() : json.value(result.profile);
  json.key("source");
  json.begin_object(Layout::line);
  json.member("file", run.manifests.at(result.source.manifest).path);
  json.member("line", result.source.line);
  json.end_object();
  json.key("tags");
  json.begin_array(Layout::line);
  for (const std::string& tag : result.tags) json.value(tag);
  json.end_array();
  json.key("findings");
  json.begin_array();
  for (const Finding& finding : result.findings()) write_finding(json, result.number, finding);
  json.end_array();
  json.key("matched");
  json.begin_array();
  for (const Match& match : result.matches()) write_match(json, match);
  json.end_array();
  json.key("error");
  if (const NotCompared* const error = result.error()) {
    json.begin_object(Layout::line);
    json.member("kind", name(error->kind));
    json.member("message", error->message);
    json.end_object();
  } else {
    json.null();
  }
  write_evidence(json, result.evidence);
  json.end_object();
}

}  // namespace

void write_json(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  const Summary summary = summarize(report);
  JsonWriter json(out);
  json.begin_object();
  json.member("format_version", report_format_version);
  json.key("tool");
  json.begin_object(Layout::line);
  json.member("name", tool_name);
  json.member("version", version());
  json.end_object();
  write_run(json, report.run);
  write_summary(json, summary);
  json.key("results");
  json.begin_array();
  for (const NumberResult& result : report.results) write_result(json, result, report.run);
  json.end_array();
  json.key("notices");
  json.begin_array();
  for (const Notice& notice : report.notices) {
    json.begin_object(Layout::line);
    json.member("message", notice.message);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.finish();
}

}  // namespace sipdrift
