// What a number's result says, and whether it bears itself out.

#include "report/result_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace sipdrift {

namespace {

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

Value read_value(const JsonPlace& place) {
  if (place.is_null()) return {};
  if (place.is_text()) return place.text();
  if (place.is_flag()) return place.flag();
  return place.integer();
}

Rule read_rule(const JsonPlace& place) {
  return place.is_null() ? Rule::none : place.one_of(all_rules);
}

Finding read_finding(const JsonPlace& place, const E164& number) {
  Finding finding{.path = read_path(place["path"]),
                  .kind = place["kind"].one_of(all_finding_kinds),
                  .severity = place["severity"].one_of(all_severities),
                  .expected = read_value(place["expected"]),
                  .actual = read_value(place["actual"]),
                  .rule = read_rule(place["rule"])};
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

Comparison read_comparison(const JsonPlace& place, const E164& number) {
  Comparison comparison;
  place["findings"].each_entry([&](const JsonPlace& finding, std::size_t) {
    comparison.findings.push_back(read_finding(finding, number));
  });
  place["matched"].each_entry([&](const JsonPlace& match, std::size_t) {
    comparison.matches.push_back(read_match(match));
  });
  check_paths(place, comparison);
  return comparison;
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

/// The status is derived from the rest; what is told must be the same.
void check_status(const JsonPlace& place, const NumberResult& result) {
  const JsonPlace told = place["status"];
  if (told.text() != name(result.status())) {
    told.refuse(fmt::format("is not {}, which the rest of it comes to", name(result.status())));
  }
  if (std::holds_alternative<Comparison>(result.outcome) &&
      result.status() == Status::not_compared) {
    place["error"].refuse("is null, where nothing was compared");
  }
  // What the API answers of a number comes with one of two statuses.
  const Evidence& evidence = result.evidence;
  const int status = evidence.http_status.value_or(0);
  const bool is_answer = status == 200 || status == 404;
  const bool has_reply =
      evidence.observed_at && evidence.attempts > 0 && evidence.reply_sha256 && is_answer;
  if (result.error() == nullptr && !has_reply) {
    place["evidence"].refuse("is of no reply that a verdict could rest on");
  }
}

}  // namespace

std::optional<NumberResult> read_result(const JsonPlace& place,
                                        const std::map<std::string, std::uint32_t>& manifests) {
  const JsonPlace number_place = place["number"];
  const std::string text = number_place.text();
  const auto number = E164::parse(text);
  if (!number) {
    number_place.refuse(number.error());
    return std::nullopt;
  }
  NumberResult result{.number = *number,
                      .source = read_source(place["source"], manifests),
                      .profile = {},
                      .tags = {},
                      .outcome = read_comparison(place, *number),
                      .evidence = read_evidence(place["evidence"])};
  if (const JsonPlace profile = place["profile"]; !profile.is_null()) {
    result.profile = profile.text();
    if (result.profile.empty()) profile.refuse("is empty");
  }
  place["tags"].each_entry(
      [&](const JsonPlace& tag, std::size_t) { result.tags.push_back(tag.text()); });
  if (const JsonPlace error = place["error"]; !error.is_null()) {
    if (!result.findings().empty() || !result.matches().empty()) {
      error.refuse("stands beside findings or matches");
    }
    result.outcome = NotCompared{error["kind"].one_of(all_error_kinds), error["message"].text()};
  }
  check_status(place, result);
  return result;
}

}  // namespace sipdrift
