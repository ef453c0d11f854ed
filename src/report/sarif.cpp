// The SARIF report (OASIS SARIF 2.1.0), for code scanning: drift on the manifest's own lines. The
// section numbers are those of the standard.

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "json/json_writer.hpp"
#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/format_writers.hpp"
#include "report/sarif_parts.hpp"
#include "report/uri_reference.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

constexpr std::string_view schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

constexpr std::size_t most_results = 5000;  // GitHub shows no more of a run

/// Whatever a manifest's path is relative to is for the reader to say.
constexpr std::string_view base_of_paths = "%SRCROOT%";

/// What makes a rule of SARIF: what happened, and to what.
using RuleKey = std::pair<FindingKind, FieldPath>;

/// A finding, and the number that has it.
struct Drift {
  const NumberResult* number;
  const Finding* finding;
};

struct Extract {
  std::vector<Drift> drift;              ///< the worst first, as many as are told
  std::size_t left_out = 0;              ///< findings beyond those
  std::map<RuleKey, std::size_t> rules;  ///< those that occur, and their positions
};

Extract extract_of(const Report& report) {
  Extract extract;
  for (const Severity severity : all_severities) {
    for (const NumberResult& result : report.results) {
      for (const Finding& finding : result.findings()) {
        if (finding.severity != severity || finding.waiver) continue;
        if (extract.drift.size() == most_results) {
          ++extract.left_out;
          continue;
        }
        extract.drift.push_back({&result, &finding});
        extract.rules[{finding.kind, finding.path}] = 0;
      }
    }
  }
  std::size_t position = 0;
  for (auto& [key, index] : extract.rules) index = position++;
  return extract;
}

/// Section 3.27.10.
std::string_view level_of(Severity severity) {
  return severity == Severity::critical ? "error" : "warning";
}

/// "changed/outbound.port"
std::string id_of(const RuleKey& rule) {
  return fmt::format("{}/{}", name(rule.first), rule.second.text());
}

/// "ChangedOutboundPort", as section 3.49.7 has names.
std::string name_of(const RuleKey& rule) {
  std::string words;
  bool begins_word = true;
  for (const char c : id_of(rule)) {
    if (is_letter(c)) words.push_back(begins_word ? to_upper(c) : c);
    begins_word = !is_letter(c);
  }
  return words;
}

/// What it says of any number, in one sentence.
std::string description_of(const RuleKey& rule) {
  const std::string path = rule.second.text();
  switch (rule.first) {
    case FindingKind::changed:
      return fmt::format("The live value of {} is not the one that the manifest declares.", path);
    case FindingKind::missing:
      return fmt::format("The manifest declares {}, and live has none.", path);
    case FindingKind::unexpected:
      return fmt::format("The manifest declares {} {}, and live has it.", path,
                         rule.second.field ? "unset" : "absent");
  }
  return {};
}

void write_rule(JsonWriter& json, const RuleKey& rule) {
  const std::string description = description_of(rule);
  json.begin_object();
  json.member("id", id_of(rule));
  json.member("name", name_of(rule));
  write_sarif_message(json, "shortDescription", description);
  write_sarif_message(
      json, "fullDescription",
      description + " It is an error where encryption is lost, and a warning elsewhere.");
  write_sarif_message(json, "help",
                      description +
                          " Change it at the provider to what the manifest declares or, where "
                          "live is right, the manifest to what is live.");
  json.end_object();
}

void write_tool(JsonWriter& json, const Extract& extract) {
  json.key("tool");
  json.begin_object();
  json.key("driver");
  json.begin_object();
  json.member("name", tool_name);
  json.member("version", version());
  json.member("semanticVersion", version());
  json.key("rules");
  json.begin_array();
  for (const auto& [rule, index] : extract.rules) write_rule(json, rule);
  json.end_array();
  json.end_object();
  json.end_object();
}

/// Section 3.4.
void write_artifact(JsonWriter& json, const std::string& path) {
  json.key("artifactLocation");
  json.begin_object();
  json.member("uri", uri_reference(path));
  if (!path.starts_with('/')) json.member("uriBaseId", base_of_paths);
  json.end_object();
}

/// Stdin is a place that no URI leads to, and is told in words (section 3.28.1).
void write_location(JsonWriter& json, const NumberResult& number, const Run& run) {
  const std::string& path = run.manifests.at(number.source->manifest).path;
  json.key("locations");
  json.begin_array(Layout::line);
  json.begin_object();
  if (path == "-") {
    write_sarif_message(json, "message", fmt::format("line {} of stdin", number.source->line));
  } else {
    json.key("physicalLocation");
    json.begin_object();
    write_artifact(json, path);
    json.key("region");
    json.begin_object();
    json.member("startLine", number.source->line);
    json.end_object();
    json.end_object();
  }
  json.end_object();
  json.end_array();
}

void write_result(JsonWriter& json, const Drift& drift, const Extract& extract, const Run& run) {
  const Finding& finding = *drift.finding;
  const RuleKey rule{finding.kind, finding.path};
  json.begin_object();
  json.member("ruleId", id_of(rule));
  json.member("ruleIndex", extract.rules.at(rule));
  json.member("level", level_of(finding.severity));
  write_sarif_message(json, "message",
                      fmt::format("{}: {}", drift.number->number.text(), in_words(finding)));
  write_location(json, *drift.number, run);
  if (finding.baseline) json.member("baselineState", name(finding.baseline->state));
  // The one fingerprint that GitHub goes by. It would else make one of the line, and numbers of a
  // range are declared in the same.
  json.key("partialFingerprints");
  json.begin_object(Layout::line);
  json.member("primaryLocationLineHash", fingerprint(drift.number->number, finding));
  json.end_object();
  json.end_object();
}

}  // namespace

void write_sarif(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  const Extract extract = extract_of(report);
  JsonWriter json(out);
  json.begin_object();
  json.member("$schema", schema);
  json.member("version", "2.1.0");
  json.key("runs");
  json.begin_array();
  json.begin_object();
  write_tool(json, extract);
  write_sarif_invocation(json, report, {extract.drift.size(), extract.left_out});
  json.key("results");
  json.begin_array();
  for (const Drift& drift : extract.drift) write_result(json, drift, extract, report.run);
  json.end_array();
  json.end_object();
  json.end_array();
  json.end_object();
  json.finish();
}

}  // namespace sipdrift
