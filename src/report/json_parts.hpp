// The parts of a JSON report: how each is written and, beside it, how it is read. Whatever is read
// is trusted in nothing: what is not as it would have been written is refused, with its place.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"

#include "sipdrift/report.hpp"

namespace sipdrift {

/// What parts of a report refer to.
struct JsonContext {
  std::map<std::string, std::uint32_t> manifests;  ///< positions of the run's manifests, by path
  const std::vector<WaiverUse>& waivers;
  bool has_previous = false;
};

// Each writes a value; the key, if it is to have one, has been written.

void write_run(JsonWriter& json, const Run& run);
void write_summary(JsonWriter& json, const Summary& summary);
void write_source(JsonWriter& json, const Source& source, const Run& run);
void write_evidence(JsonWriter& json, const Evidence& evidence);
void write_error(JsonWriter& json, const NotCompared& error);
void write_notices(JsonWriter& json, const std::vector<Notice>& notices);
void write_discovery(JsonWriter& json, const Discovery& discovery);
void write_waiver(JsonWriter& json, const WaiverUse& use, const Run& run);
void write_previous(JsonWriter& json, const PreviousRun& previous);
void write_result(JsonWriter& json, const NumberResult& result, const Report& report);
void write_live(JsonWriter& json, const LiveRecord& live);
void write_match(JsonWriter& json, const Match& match);
/// A member, with its key.
void write_value(JsonWriter& json, std::string_view key, const Value& value);
/// The member "rule".
void write_rule(JsonWriter& json, Rule rule);
/// The members of a finding, without its brackets.
void write_finding_members(JsonWriter& json, const E164& number, const Finding& finding);

// Each reads what the one above of the same name has written.

[[nodiscard]] Run read_run(const JsonPlace& place);
[[nodiscard]] Source read_source(const JsonPlace& place,
                                 const std::map<std::string, std::uint32_t>& manifests);
[[nodiscard]] Evidence read_evidence(const JsonPlace& place);
[[nodiscard]] NotCompared read_error(const JsonPlace& place);
[[nodiscard]] Discovery read_discovery(const JsonPlace& place);
[[nodiscard]] WaiverUse read_waiver(const JsonPlace& place, const JsonContext& context);
[[nodiscard]] PreviousRun read_previous(const JsonPlace& place);
[[nodiscard]] LiveRecord read_live(const JsonPlace& place, const E164& number);
[[nodiscard]] Match read_match(const JsonPlace& place);
[[nodiscard]] FieldPath read_path(const JsonPlace& place);
[[nodiscard]] Finding read_finding(const JsonPlace& place, const E164& number);

/// Nothing, if a fault was noted before the number was known.
[[nodiscard]] std::optional<NumberResult> read_result(const JsonPlace& place,
                                                      const JsonContext& context);
[[nodiscard]] std::optional<E164> read_number(const JsonPlace& place);

/// What the summary says must be what the report comes to.
void check_summary(const JsonPlace& place, const Summary& summary);

}  // namespace sipdrift
