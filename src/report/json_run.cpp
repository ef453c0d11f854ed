// `run`: what was run, when, what it took, and how it ended.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"

#include "model/names.hpp"
#include "report/json_parts.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

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

Shard read_shard(const JsonPlace& place) {
  constexpr std::int64_t most = 1'000'000;
  const JsonPlace count = place["count"];
  const JsonPlace index = place["index"];
  const std::int64_t parts = std::clamp<std::int64_t>(count.integer(), 0, most + 1);
  if (parts < 1 || parts > most) count.refuse("is no number of parts");
  const std::int64_t part = std::clamp<std::int64_t>(index.integer(), 0, most + 1);
  if (part < 1 || part > parts) index.refuse("is none of its parts");
  return {.index = static_cast<std::uint32_t>(part), .count = static_cast<std::uint32_t>(parts)};
}

Whole read_whole(const JsonPlace& place) {
  const JsonPlace selected = place["selected"];
  const Whole whole{.selected = static_cast<std::size_t>(selected.count()),
                    .declared = static_cast<std::size_t>(place["declared"].count())};
  if (whole.selected > whole.declared) selected.refuse("is more than are declared");
  return whole;
}

}  // namespace

void write_run(JsonWriter& json, const Run& run) {
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
  json.member("match", name(run.match));
  json.key("shard");
  if (run.shard) {
    json.begin_object(Layout::line);
    json.member("index", run.shard->index);
    json.member("count", run.shard->count);
    json.member("selected", run.whole.selected);
    json.member("declared", run.whole.declared);
    json.end_object();
  } else {
    json.null();
  }
  json.key("resumed_from");
  run.resumed_from.empty() ? json.null() : json.value(run.resumed_from);
  json.key("merged_from");
  json.begin_array(Layout::line);
  for (const std::string& id : run.merged_from) json.value(id);
  json.end_array();
  write_fetch(json, run.fetch);
  json.member("complete", run.complete);
  json.member("exit_code", run.exit_code);
  json.end_object();
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
  run.match = place["match"].one_of(all_match_modes);
  if (const JsonPlace shard = place["shard"]; !shard.is_null()) {
    run.shard = read_shard(shard);
    run.whole = read_whole(shard);
  }
  if (const JsonPlace from = place["resumed_from"]; !from.is_null()) {
    run.resumed_from = from.text();
    if (run.resumed_from.empty()) from.refuse("is empty");
  }
  place["merged_from"].each_entry(
      [&](const JsonPlace& from, std::size_t) { run.merged_from.push_back(from.text()); });
  run.fetch = read_fetch(place["fetch"]);
  run.complete = place["complete"].flag();
  const JsonPlace exit_code = place["exit_code"];
  run.exit_code = static_cast<int>(std::clamp<std::int64_t>(exit_code.integer(), -1, 256));
  if (std::find(exit_statuses.begin(), exit_statuses.end(), run.exit_code) == exit_statuses.end()) {
    exit_code.refuse("is no exit status of an audit");
  }
  return run;
}

}  // namespace sipdrift
