// What stands around the results: `discovery`, `waivers` and `previous`.

#include <algorithm>
#include <string>
#include <utility>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"
#include <fmt/format.h>

#include "report/json_parts.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

/// The numbers or the tag that subject_text() has written.
std::variant<std::string, NumberRange> read_subject(const JsonPlace& place) {
  constexpr std::string_view tag = "tag:";
  constexpr std::string_view dots = "..";
  const std::string text = place.text();
  if (text.starts_with(tag) && text.size() > tag.size()) return text.substr(tag.size());
  const std::size_t middle = text.find(dots);
  const std::string_view view = text;
  const auto first = E164::parse(view.substr(0, middle));
  const auto last =
      middle == std::string::npos ? first : E164::parse(view.substr(middle + dots.size()));
  if (!first || !last || first->text().size() != last->text().size() || *last < *first) {
    place.refuse("is no number, range or tag");
    return std::string();
  }
  return NumberRange{*first, *last};
}

/// A text that is not empty.
std::string read_words(const JsonPlace& place) {
  std::string text = place.text();
  if (text.empty()) place.refuse("is empty");
  return text;
}

}  // namespace

void write_discovery(JsonWriter& json, const Discovery& discovery) {
  json.begin_object();
  json.member("mode", discovery.is_failure ? "fail" : "report");
  json.member("listed", discovery.listed);
  json.key("others");
  json.begin_array(Layout::line);
  for (const std::string& other : discovery.others) json.value(other);
  json.end_array();
  json.key("error");
  discovery.error ? write_error(json, *discovery.error) : json.null();
  json.key("evidence");
  write_evidence(json, discovery.evidence);
  json.end_object();
}

Discovery read_discovery(const JsonPlace& place) {
  Discovery discovery;
  const JsonPlace mode = place["mode"];
  const std::string word = mode.text();
  if (word != "report" && word != "fail") mode.refuse("is neither report nor fail");
  discovery.is_failure = word == "fail";
  discovery.listed = static_cast<std::size_t>(place["listed"].count());
  place["others"].each_entry(
      [&](const JsonPlace& other, std::size_t) { discovery.others.push_back(other.text()); });
  const JsonPlace error = place["error"];
  if (!error.is_null()) discovery.error = read_error(error);
  const JsonPlace evidence = place["evidence"];
  discovery.evidence = read_evidence(evidence);
  if (!discovery.error &&
      (discovery.evidence.http_status != 200 || !discovery.evidence.reply_sha256)) {
    evidence.refuse("is of no reply that a list could have come from");
  }
  if (discovery.error && (discovery.listed > 0 || !discovery.others.empty())) {
    error.refuse("stands beside a list");
  }
  return discovery;
}

void write_waiver(JsonWriter& json, const WaiverUse& use, const Run& run) {
  const Waiver& waiver = use.waiver;
  json.begin_object();
  json.member("subject", subject_text(waiver));
  json.member("field", waiver.path.text());
  json.key("observed");
  waiver.observed ? json.value(*waiver.observed) : json.null();
  json.member("reason", waiver.reason);
  json.member("owner", waiver.owner);
  json.member("ticket", waiver.ticket);
  json.member("expires", waiver.expires);
  json.member("ends_at", rfc3339(waiver.ends_at));
  json.key("source");
  write_source(json, waiver.source, run);
  json.member("state", name(use.state));
  json.member("findings", use.findings);
  json.end_object();
}

WaiverUse read_waiver(const JsonPlace& place, const JsonContext& context) {
  WaiverUse use;
  Waiver& waiver = use.waiver;
  waiver.subject = read_subject(place["subject"]);
  waiver.path = read_path(place["field"]);
  if (const JsonPlace pin = place["observed"]; !pin.is_null()) waiver.observed = pin.text();
  waiver.reason = read_words(place["reason"]);
  waiver.owner = read_words(place["owner"]);
  waiver.ticket = read_words(place["ticket"]);
  const JsonPlace expires = place["expires"];
  waiver.expires = expires.text();
  waiver.ends_at = place["ends_at"].time();
  const auto ends_at = parse_expiry(waiver.expires);
  if (!ends_at || *ends_at != waiver.ends_at) expires.refuse("is not the moment of ends_at");
  waiver.source = read_source(place["source"], context.manifests);
  use.state = place["state"].one_of(all_waiver_states);
  const JsonPlace findings = place["findings"];
  use.findings = static_cast<std::size_t>(findings.count());
  if (use.state != WaiverState::expired &&
      (use.state == WaiverState::in_use) != (use.findings > 0)) {
    findings.refuse(fmt::format("is {} of a waiver that is {}", use.findings, name(use.state)));
  }
  return use;
}

void write_previous(JsonWriter& json, const PreviousRun& previous) {
  json.begin_object();
  json.member("run_id", previous.id);
  json.member("started_at", rfc3339(previous.started_at));
  json.key("findings");
  json.begin_array();
  for (const PastFinding& past : previous.findings) {
    json.begin_object(Layout::line);
    json.member("fate", name(past.fate));
    json.member("was_waived", past.was_waived);
    json.member("number", past.number.text());
    write_finding_members(json, past.number, past.finding);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

PreviousRun read_previous(const JsonPlace& place) {
  PreviousRun previous;
  previous.id = read_words(place["run_id"]);
  previous.started_at = place["started_at"].time();
  place["findings"].each_entry([&](const JsonPlace& entry, std::size_t) {
    const auto number = read_number(entry["number"]);
    if (!number) return;
    PastFinding past{.number = *number,
                     .finding = read_finding(entry, *number),
                     .fate = entry["fate"].one_of(all_fates),
                     .was_waived = entry["was_waived"].flag()};
    if (!past.finding.baseline) entry["baseline_state"].refuse("is null");
    const auto key = [](const PastFinding& one) { return std::pair(one.number, one.finding.path); };
    const auto& all = previous.findings;
    if (!all.empty() && key(all.back()) >= key(past)) {
      entry["number"].refuse("does not come after the one before it");
    }
    previous.findings.push_back(std::move(past));
  });
  return previous;
}

}  // namespace sipdrift
