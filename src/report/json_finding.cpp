// What differs and what agrees: an entry of `findings`, and one of `matched`.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"
#include <fmt/format.h>

#include "report/json_parts.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

Value read_value(const JsonPlace& place) {
  if (place.is_null()) return {};
  if (place.is_text()) return place.text();
  if (place.is_flag()) return place.flag();
  return place.integer();
}

Rule read_rule(const JsonPlace& place) {
  return place.is_null() ? Rule::none : place.one_of(all_rules);
}

void write_baseline(JsonWriter& json, const std::optional<Baseline>& baseline) {
  json.key("baseline_state");
  baseline ? json.value(name(baseline->state)) : json.null();
  json.key("first_seen");
  baseline ? json.value(rfc3339(baseline->first_seen)) : json.null();
  json.key("runs");
  baseline ? json.value(baseline->runs) : json.null();
}

std::optional<Baseline> read_baseline(const JsonPlace& place) {
  const JsonPlace state = place["baseline_state"];
  if (state.is_null()) return std::nullopt;
  const JsonPlace runs = place["runs"];
  const Baseline baseline{.state = state.one_of(all_baseline_states),
                          .first_seen = place["first_seen"].time(),
                          .runs = static_cast<std::size_t>(runs.count())};
  const bool is_first = baseline.runs == 1;
  if (baseline.runs < 1 || is_first != (baseline.state == BaselineState::fresh)) {
    runs.refuse(fmt::format("is {} in a finding that is {}", baseline.runs, name(baseline.state)));
  }
  return baseline;
}

}  // namespace

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

void write_finding_members(JsonWriter& json, const E164& number, const Finding& finding) {
  json.member("fingerprint", fingerprint(number, finding));
  json.member("path", finding.path.text());
  json.member("kind", name(finding.kind));
  json.member("severity", name(finding.severity));
  write_value(json, "expected", finding.expected);
  write_value(json, "actual", finding.actual);
  write_rule(json, finding.rule);
  write_baseline(json, finding.baseline);
}

void write_match(JsonWriter& json, const Match& match) {
  json.begin_object(Layout::line);
  json.member("path", match.path.text());
  json.member("how", name(match.agreement));
  write_rule(json, match.rule);
  json.end_object();
}

FieldPath read_path(const JsonPlace& place) {
  const std::string text = place.text();
  for (const Direction direction : all_directions) {
    if (FieldPath path{direction, std::nullopt}; path.text() == text) return path;
    for (const Field field : all_fields) {
      if (FieldPath path{direction, field}; path.text() == text) return path;
    }
  }
  place.refuse("is no direction or field such as outbound.port");
  return {};
}

Finding read_finding(const JsonPlace& place, const E164& number) {
  Finding finding{.path = read_path(place["path"]),
                  .kind = place["kind"].one_of(all_finding_kinds),
                  .severity = place["severity"].one_of(all_severities),
                  .expected = read_value(place["expected"]),
                  .actual = read_value(place["actual"]),
                  .rule = read_rule(place["rule"]),
                  .baseline = read_baseline(place)};
  if (finding.expected == finding.actual && finding.rule != Rule::redacted_part) {
    place["actual"].refuse("is the same as what is expected");
  }
  const JsonPlace told = place["fingerprint"];
  if (told.text() != fingerprint(number, finding)) {
    told.refuse("is not that of this number, path and kind");
  }
  return finding;
}

Match read_match(const JsonPlace& place) {
  constexpr std::array agreements{Agreement::identical, Agreement::equivalent};
  return {.path = read_path(place["path"]),
          .agreement = place["how"].one_of(agreements),
          .rule = read_rule(place["rule"])};
}

}  // namespace sipdrift
