// Changes as JSON: all that is known of them.

#include "json/json_writer.hpp"

#include "report/change_writers.hpp"
#include "report/json_parts.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

void write_manifests(JsonWriter& json, const std::vector<ManifestSource>& manifests) {
  json.begin_array();
  for (const ManifestSource& manifest : manifests) {
    json.begin_object(Layout::line);
    json.member("path", manifest.path);
    json.member("sha256", manifest.sha256.hex());
    json.end_object();
  }
  json.end_array();
}

/// What has to be known of one of the two audits, whose own report has the rest.
void write_side(JsonWriter& json, const Run& run) {
  json.begin_object();
  json.member("run_id", run.id);
  json.member("started_at", rfc3339(run.started_at));
  json.member("finished_at", rfc3339(run.finished_at));
  json.member("complete", run.complete);
  json.member("exit_code", run.exit_code);
  json.key("manifests");
  write_manifests(json, run.manifests);
  json.end_object();
}

void write_shard(JsonWriter& json, const std::optional<Shard>& shard) {
  json.key("shard");
  if (!shard) return json.null();
  json.begin_object(Layout::line);
  json.member("index", shard->index);
  json.member("count", shard->count);
  json.end_object();
}

void write_summary(JsonWriter& json, const ChangeSummary& summary) {
  json.begin_object();
  json.member("numbers", summary.numbers);
  json.member("unchanged", summary.unchanged);
  json.member("changed", summary.changed);
  json.member("not_comparable", summary.not_comparable);
  json.member("respelled", summary.respelled);
  json.member("unseen", summary.unseen);
  json.key("changes");
  json.begin_object(Layout::line);
  for (const auto& [state, count] : summary.changes) json.member(name(state), count);
  json.member("critical", summary.critical);
  json.end_object();
  json.key("steps");
  json.begin_object(Layout::line);
  for (const auto& [state, count] : summary.steps) json.member(name(state), count);
  json.end_object();
  json.end_object();
}

void write_gap(JsonWriter& json, const Gap& gap) {
  json.begin_object(Layout::line);
  json.key("before");
  gap.before.empty() ? json.null() : json.value(gap.before);
  json.key("after");
  gap.after.empty() ? json.null() : json.value(gap.after);
  json.end_object();
}

void write_change(JsonWriter& json, const Change& change) {
  json.begin_object(Layout::line);
  json.member("path", change.path.text());
  json.member("state", name(change.state));
  json.member("severity", name(change.severity));
  write_value(json, "before", change.before);
  write_value(json, "after", change.after);
  write_rule(json, change.rule);
  json.end_object();
}

void write_step(JsonWriter& json, const Step& step) {
  json.begin_object(Layout::line);
  json.member("path", step.path.text());
  json.member("state", name(step.state));
  write_value(json, "expected", step.expected);
  write_value(json, "live", step.live);
  write_rule(json, step.rule);
  json.end_object();
}

/// On one line where there is nothing to tell of it.
void write_number(JsonWriter& json, const NumberChanges& number, const Changes& changes) {
  const bool is_brief = number.changes.empty() && number.steps.empty();
  json.begin_object(is_brief ? Layout::line : Layout::lines);
  json.member("number", number.number.text());
  json.key("source");
  if (number.source) {
    json.begin_object(Layout::line);
    json.member("file", changes.plan.at(number.source->manifest).path);
    json.member("line", number.source->line);
    json.end_object();
  } else {
    json.null();
  }
  json.key("not_comparable");
  number.gap ? write_gap(json, *number.gap) : json.null();
  json.member("unseen", number.has_unseen_part);
  json.key("changes");
  json.begin_array();
  for (const Change& change : number.changes) write_change(json, change);
  json.end_array();
  json.key("steps");
  json.begin_array();
  for (const Step& step : number.steps) write_step(json, step);
  json.end_array();
  json.end_object();
}

}  // namespace

void write_json_changes(const Changes& changes, std::ostream& out,
                        const FormatOptions& /*options*/) {
  const ChangeSummary summary = summarize(changes);
  JsonWriter json(out);
  json.begin_object();
  json.member("format_version", changes_format_version);
  json.key("tool");
  json.begin_object(Layout::line);
  json.member("name", tool_name);
  json.member("version", version());
  json.end_object();
  json.member("api_url", changes.after.api_url);
  write_shard(json, changes.after.shard);
  json.member("match", name(changes.match));
  json.key("before");
  write_side(json, changes.before);
  json.key("after");
  write_side(json, changes.after);
  json.key("plan");
  changes.has_plan() ? write_manifests(json, changes.plan) : json.null();
  json.member("exit_code", changes.exit_code);
  json.key("summary");
  write_summary(json, summary);
  json.key("numbers");
  json.begin_array();
  for (const NumberChanges& number : changes.numbers) write_number(json, number, changes);
  json.end_array();
  json.key("notices");
  write_notices(json, changes.notices);
  json.end_object();
  json.finish();
}

}  // namespace sipdrift
