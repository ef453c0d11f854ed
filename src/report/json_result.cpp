// An entry of `results`: written, and read by someone who wants to see it bear itself out.

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"
#include <fmt/format.h>

#include "report/json_parts.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

void write_unmanaged(JsonWriter& json, const Unmanaged& unmanaged) {
  json.begin_object(Layout::line);
  json.key("directions");
  json.begin_array();
  for (const Direction direction : unmanaged.directions) json.value(name(direction));
  json.end_array();
  json.key("sip_endpoint");
  unmanaged.sip_endpoint ? json.value(*unmanaged.sip_endpoint) : json.null();
  json.end_object();
}

Unmanaged read_unmanaged(const JsonPlace& place) {
  Unmanaged unmanaged;
  place["directions"].each_entry([&](const JsonPlace& direction, std::size_t) {
    unmanaged.directions.push_back(direction.one_of(all_directions));
  });
  if (const JsonPlace endpoint = place["sip_endpoint"]; !endpoint.is_null()) {
    unmanaged.sip_endpoint = endpoint.text();
  }
  return unmanaged;
}

/// With what a reader of this finding alone wants to know of its waiver.
void write_finding(JsonWriter& json, const NumberResult& result, const Finding& finding,
                   const std::vector<WaiverUse>& waivers) {
  json.begin_object(Layout::line);
  write_finding_members(json, result.number, finding);
  json.key("waiver");
  if (finding.waiver) {
    const Waiver& waiver = waivers.at(*finding.waiver).waiver;
    json.begin_object();
    json.member("position", *finding.waiver);
    json.member("reason", waiver.reason);
    json.member("owner", waiver.owner);
    json.member("ticket", waiver.ticket);
    json.member("expires", waiver.expires);
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
}

/// Only one that is in force can cover a finding, and only one that is about it.
std::optional<std::uint32_t> read_waiver_of(const JsonPlace& place, const NumberResult& result,
                                            const Finding& finding, const JsonContext& context) {
  if (place.is_null()) return std::nullopt;
  const JsonPlace position = place["position"];
  const std::int64_t index = position.count();
  if (index >= static_cast<std::int64_t>(context.waivers.size())) {
    position.refuse("is none of the waivers");
    return std::nullopt;
  }
  const auto at = static_cast<std::uint32_t>(index);
  const WaiverUse& use = context.waivers[at];
  if (use.state != WaiverState::in_use ||
      !covers(use.waiver, result.number, result.tags, finding)) {
    position.refuse("is a waiver that does not cover this finding");
  }
  const auto check = [&](const char* key, const std::string& text) {
    if (place[key].text() != text) place[key].refuse("is not that of the waiver");
  };
  check("reason", use.waiver.reason);
  check("owner", use.waiver.owner);
  check("ticket", use.waiver.ticket);
  check("expires", use.waiver.expires);
  return at;
}

/// Each path once in both lists together, and each list in order.
void check_paths(const JsonPlace& place, const Comparison& comparison) {
  const auto in_order = [](const auto& a, const auto& b) { return a.path < b.path; };
  const auto is_ordered = [&](const auto& list) {
    return std::adjacent_find(list.begin(), list.end(), [&](const auto& a, const auto& b) {
             return !in_order(a, b);
           }) == list.end();
  };
  if (!is_ordered(comparison.findings))
    place["findings"].refuse("is not in the order of its paths");
  if (!is_ordered(comparison.matches)) place["matched"].refuse("is not in the order of its paths");
  for (const Finding& finding : comparison.findings) {
    for (const Match& match : comparison.matches) {
      if (finding.path == match.path) {
        place["matched"].refuse(
            fmt::format("has {}, which is also among the findings", match.path.text()));
      }
    }
  }
}

Comparison read_comparison(const JsonPlace& place, const NumberResult& result,
                           const JsonContext& context) {
  Comparison comparison;
  place["findings"].each_entry([&](const JsonPlace& entry, std::size_t) {
    Finding finding = read_finding(entry, result.number);
    if (finding.baseline.has_value() != context.has_previous) {
      entry["baseline_state"].refuse("and previous are not both null, or both not");
    }
    finding.waiver = read_waiver_of(entry["waiver"], result, finding, context);
    comparison.findings.push_back(std::move(finding));
  });
  place["matched"].each_entry([&](const JsonPlace& match, std::size_t) {
    comparison.matches.push_back(read_match(match));
  });
  check_paths(place, comparison);
  return comparison;
}

/// The status is derived from the rest; what is told must be the same.
void check_status(const JsonPlace& place, const NumberResult& result) {
  const JsonPlace told = place["status"];
  if (told.text() != name(result.status())) {
    told.refuse(fmt::format("is not {}, which the rest of it comes to", name(result.status())));
  }
  const bool is_compared = std::holds_alternative<Comparison>(result.outcome);
  if (is_compared != result.observed.has_value()) {
    place["observed"].refuse(is_compared ? "is null, where something was compared"
                                         : "is of a number that was not compared");
  }
  if (result.source.has_value() == (result.status() == Status::unmanaged)) {
    place["source"].refuse("and the status contradict each other");
  }
  if (!is_compared) return;
  // What the API answers of a number comes with one of two statuses.
  const Evidence& evidence = result.evidence;
  const int status = evidence.http_status.value_or(0);
  const bool is_answer = status == 200 || status == 404;
  const bool has_reply =
      evidence.observed_at && evidence.attempts > 0 && evidence.reply_sha256 && is_answer;
  if (!has_reply) {
    place["evidence"].refuse("is of no reply that a verdict could rest on");
  }
}

}  // namespace

void write_result(JsonWriter& json, const NumberResult& result, const Report& report) {
  json.begin_object();
  json.member("number", result.number.text());
  json.member("status", name(result.status()));
  json.key("profile");
  result.profile.empty() ? json.null() : json.value(result.profile);
  json.key("source");
  result.source ? write_source(json, *result.source, report.run) : json.null();
  json.key("tags");
  json.begin_array(Layout::line);
  for (const std::string& tag : result.tags) json.value(tag);
  json.end_array();
  json.key("findings");
  json.begin_array();
  for (const Finding& finding : result.findings()) {
    write_finding(json, result, finding, report.waivers);
  }
  json.end_array();
  json.key("matched");
  json.begin_array();
  for (const Match& match : result.matches()) write_match(json, match);
  json.end_array();
  json.key("error");
  if (const NotCompared* const error = result.error()) {
    write_error(json, *error);
  } else {
    json.null();
  }
  json.key("observed");
  result.observed ? write_live(json, *result.observed) : json.null();
  json.key("listed");
  if (const auto* const unmanaged = std::get_if<Unmanaged>(&result.outcome)) {
    write_unmanaged(json, *unmanaged);
  } else {
    json.null();
  }
  json.key("evidence");
  write_evidence(json, result.evidence);
  json.end_object();
}

std::optional<E164> read_number(const JsonPlace& place) {
  const std::string text = place.text();
  const auto number = E164::parse(text);
  if (number) return *number;
  place.refuse(number.error());
  return std::nullopt;
}

std::optional<NumberResult> read_result(const JsonPlace& place, const JsonContext& context) {
  const auto number = read_number(place["number"]);
  if (!number) return std::nullopt;
  NumberResult result{.number = *number,
                      .source = {},
                      .profile = {},
                      .tags = {},
                      .outcome = {},
                      .evidence = read_evidence(place["evidence"])};
  if (const JsonPlace source = place["source"]; !source.is_null()) {
    result.source = read_source(source, context.manifests);
  }
  if (const JsonPlace profile = place["profile"]; !profile.is_null()) {
    result.profile = profile.text();
    if (result.profile.empty()) profile.refuse("is empty");
  }
  place["tags"].each_entry(
      [&](const JsonPlace& tag, std::size_t) { result.tags.push_back(tag.text()); });
  if (const JsonPlace observed = place["observed"]; !observed.is_null()) {
    result.observed = read_live(observed, *number);
  }
  Comparison comparison = read_comparison(place, result, context);
  const bool is_compared = !comparison.findings.empty() || !comparison.matches.empty();
  const JsonPlace error = place["error"];
  const JsonPlace listed = place["listed"];
  const int outcomes =
      (is_compared ? 1 : 0) + (error.is_null() ? 0 : 1) + (listed.is_null() ? 0 : 1);
  if (outcomes != 1) {
    place["status"].refuse(outcomes == 0 ? "rests on nothing: no comparison, error or listing"
                                         : "rests on more than one of comparison, error, listing");
  }
  if (!error.is_null()) {
    result.outcome = read_error(error);
  } else if (!listed.is_null()) {
    result.outcome = read_unmanaged(listed);
  } else {
    result.outcome = std::move(comparison);
  }
  check_status(place, result);
  return result;
}

}  // namespace sipdrift
