// What a verdict rests on, why there is none, where a number is declared, and what else to know.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"

#include "report/json_parts.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

}  // namespace

void write_evidence(JsonWriter& json, const Evidence& evidence) {
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

void write_error(JsonWriter& json, const NotCompared& error) {
  json.begin_object(Layout::line);
  json.member("kind", name(error.kind));
  json.member("message", error.message);
  json.end_object();
}

void write_notices(JsonWriter& json, const std::vector<Notice>& notices) {
  json.begin_array();
  for (const Notice& notice : notices) {
    json.begin_object(Layout::line);
    json.member("message", notice.message);
    json.end_object();
  }
  json.end_array();
}

void write_source(JsonWriter& json, const Source& source, const Run& run) {
  json.begin_object(Layout::line);
  json.member("file", run.manifests.at(source.manifest).path);
  json.member("line", source.line);
  json.end_object();
}

Evidence read_evidence(const JsonPlace& place) {
  Evidence evidence;
  if (const JsonPlace at = place["observed_at"]; !at.is_null()) evidence.observed_at = at.time();
  if (const JsonPlace status = place["http_status"]; !status.is_null()) {
    constexpr std::int64_t least = 100;
    constexpr std::int64_t most = 599;
    const std::int64_t number = status.integer();
    if (number < least || number > most) status.refuse("is no status of HTTP");
    evidence.http_status = static_cast<int>(std::clamp(number, least, most));
  }
  const JsonPlace attempts = place["attempts"];
  const std::int64_t count = attempts.count();
  if (count > std::numeric_limits<int>::max()) attempts.refuse("is too large");
  evidence.attempts =
      static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
  evidence.duration = std::chrono::milliseconds(place["duration_ms"].count());
  if (const JsonPlace digest = place["reply_sha256"]; !digest.is_null()) {
    evidence.reply_sha256 = digest.sha256();
  }
  return evidence;
}

NotCompared read_error(const JsonPlace& place) {
  return {place["kind"].one_of(all_error_kinds), place["message"].text()};
}

Source read_source(const JsonPlace& place, const std::map<std::string, std::uint32_t>& manifests) {
  const JsonPlace file = place["file"];
  const auto found = manifests.find(file.text());
  if (found == manifests.end()) file.refuse("is none of the run's manifests");
  const JsonPlace line = place["line"];
  const std::int64_t number = line.count();
  if (number < 1 || number > std::numeric_limits<std::uint32_t>::max()) line.refuse("is no line");
  return {.manifest = found == manifests.end() ? 0 : found->second,
          .line = static_cast<std::uint32_t>(number)};
}

}  // namespace sipdrift
