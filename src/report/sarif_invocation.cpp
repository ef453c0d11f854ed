// What of a report is no result of SARIF's.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/json_writer.hpp"
#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/digest.hpp"
#include "report/sarif_parts.hpp"
#include "report/wording.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

constexpr std::size_t most_of_a_kind = 100;
constexpr std::size_t most_entries = 10;  // of numbers, in one message

void write_notification(JsonWriter& json, std::string_view id, std::string_view level,
                        std::string_view text) {
  json.begin_object(Layout::line);
  json.key("descriptor");
  json.begin_object();
  json.member("id", id);
  json.end_object();
  json.member("level", level);
  write_sarif_message(json, "message", text);
  json.end_object();
}

/// By section 3.20.21 a run with an error among these has failed.
void write_obstacles(JsonWriter& json, const std::vector<Obstacle>& obstacles) {
  std::size_t told = 0;
  std::size_t left_out = 0;
  std::size_t numbers_left_out = 0;
  for (const Obstacle& obstacle : obstacles) {
    if (told++ < most_of_a_kind) {
      write_notification(json, name(obstacle.kind), "error",
                         fmt::format("not compared: {}: {} ({})", name(obstacle.kind),
                                     obstacle.message, in_words(obstacle.numbers, most_entries)));
    } else {
      ++left_out;
      numbers_left_out += obstacle.numbers.size();
    }
  }
  if (left_out == 0) return;
  write_notification(json, "more_not_compared", "error",
                     fmt::format("not compared, for {}: {}", counted(left_out, "more reason"),
                                 counted(numbers_left_out, "number")));
}

/// Without a list nothing is known, and the run has failed.
void write_discovery_notification(JsonWriter& json, const Report& report, const Summary& summary,
                                  const Digest& digest) {
  if (!report.discovery) return;
  std::string text = discovery_in_words(report, summary);
  if (!digest.unmanaged.empty()) {
    text += fmt::format(" ({})", in_words(digest.unmanaged, most_entries));
  }
  const bool is_failure = report.discovery->is_failure && !digest.unmanaged.empty();
  write_notification(json, "unmanaged",
                     report.discovery->error ? "error"
                     : is_failure            ? "warning"
                                             : "note",
                     text);
}

void write_waived(JsonWriter& json, const std::vector<Cause>& causes) {
  std::size_t told = 0;
  for (const Cause& cause : causes) {
    if (told++ == most_of_a_kind) break;
    write_notification(
        json, "waived", "note",
        fmt::format("{}: expected {}, live {}: {} ({})", cause.path.text(), cause.expected,
                    cause.live, in_words(*cause.waiver), in_words(cause.numbers, most_entries)));
  }
  if (causes.size() > most_of_a_kind) {
    write_notification(json, "waived", "note",
                       counted(causes.size() - most_of_a_kind, "more difference") + " waived");
  }
}

void write_past(JsonWriter& json, const Report& report, const Summary& summary,
                const std::vector<PastCause>& causes) {
  const std::string changes = changes_in_words(report, summary);
  if (!changes.empty()) write_notification(json, "baseline", "note", changes);
  std::size_t told = 0;
  for (const PastCause& cause : causes) {
    if (told++ == most_of_a_kind) return;  // the sentence above has counted them all
    write_notification(json, name(cause.fate), "note",
                       fmt::format("{}: {}: expected {}, was {} ({})", fate_in_words(cause.fate),
                                   cause.path.text(), cause.expected, cause.live,
                                   in_words(cause.numbers, most_entries)));
  }
}

}  // namespace

void write_sarif_message(JsonWriter& json, std::string_view key, std::string_view text) {
  std::string plain;
  for (const char c : visible(text)) {
    if (c == '(' && plain.ends_with(']')) plain.push_back(' ');
    plain.push_back(c);
    if (is_one_of(c, "{}")) plain.push_back(c);
  }
  json.key(key);
  json.begin_object(Layout::line);
  json.member("text", plain);
  json.end_object();
}

void write_sarif_invocation(JsonWriter& json, const Report& report, SarifCounts counts) {
  const Run& run = report.run;
  const Summary summary = summarize(report);
  const Digest digest = sipdrift::digest(report);
  const bool has_list = !(report.discovery && report.discovery->error);
  const bool is_whole = run.complete && summary.count(Status::not_compared) == 0 && has_list &&
                        run.exit_code != exit_status::no_audit;
  json.key("invocations");
  json.begin_array();
  json.begin_object();
  json.member("executionSuccessful", is_whole);
  json.member("exitCode", run.exit_code);
  json.member("startTimeUtc", rfc3339(run.started_at));
  json.member("endTimeUtc", rfc3339(run.finished_at));
  json.key("toolExecutionNotifications");
  json.begin_array();
  write_obstacles(json, digest.obstacles);
  write_discovery_notification(json, report, summary, digest);
  write_waived(json, digest.waived);
  write_past(json, report, summary, digest.past);
  if (counts.left_out > 0) {
    write_notification(json, "more_findings", "warning",
                       fmt::format("only the worst {} of {} are told here", counts.told,
                                   counted(counts.told + counts.left_out, "finding")));
  }
  for (const Notice& notice : report.notices) {
    write_notification(json, "notice", "note", notice.message);
  }
  json.end_array();
  json.end_object();
  json.end_array();
}

}  // namespace sipdrift
