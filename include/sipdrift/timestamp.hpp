// Points in time, in UTC, to the millisecond.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sipdrift {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// RFC 3339 in UTC: "2026-11-23T02:00:05.120Z".
[[nodiscard]] std::string rfc3339(Timestamp time);

/// Reads exactly what rfc3339() writes; nothing, if it is anything else or no such time exists.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// To the second and without a zone, as JUnit's schema has it: "2026-11-23T02:00:05".
[[nodiscard]] std::string rfc3339_without_zone(Timestamp time);

}  // namespace sipdrift
