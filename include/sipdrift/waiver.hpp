// Waivers: drift that somebody answers for, until a day.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "sipdrift/e164.hpp"
#include "sipdrift/finding.hpp"
#include "sipdrift/source.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

/// Numbers of the same length, from `first` to `last`, both of them included.
struct NumberRange {
  E164 first;
  E164 last;  ///< not below `first`; the same for a single number

  [[nodiscard]] bool holds(const E164& number) const;
};

/// Lets one field of some numbers differ. Every text is as it was written, and none is empty.
struct Waiver {
  std::variant<std::string, NumberRange> subject;  ///< a tag, or numbers
  FieldPath path;                                  ///< of the findings that it covers

  /// The live value that it is pinned to, as pin_text() has it; another is drift again. Nothing:
  /// whatever is live.
  std::optional<std::string> observed;

  std::string reason;
  std::string owner;
  std::string ticket;
  std::string expires;  ///< as it was written: "2026-12-31", or RFC 3339 with its offset
  Timestamp ends_at;  ///< from this moment on it is not in force: for a day, that day's end in UTC
  Source source;
};

/// How a pin spells a live value: "5061", "true", "unset" for none. Nothing for a text that no pin
/// could tell from another: one with a part that is not shown, or may not be, one with characters
/// that cannot stand in a manifest, an empty one, and the word "unset" itself.
[[nodiscard]] std::optional<std::string> pin_text(const Value& value);

/// Whether `number`, which has these `tags`, is one of the waiver's.
[[nodiscard]] bool concerns(const Waiver& waiver, const E164& number,
                            std::span<const std::string> tags);

/// Whether the waiver, if it is in force, covers a finding on `number`, which has these `tags`.
[[nodiscard]] bool covers(const Waiver& waiver, const E164& number,
                          std::span<const std::string> tags, const Finding& finding);

/// "+14150000001", "+14150000001..+14150000009" or "tag:site:ams".
[[nodiscard]] std::string subject_text(const Waiver& waiver);

/// Reads when a waiver expires: "2026-12-31", the end of that day in UTC, or a moment in RFC 3339
/// with "Z" or an offset. Nothing for anything else, and for what ends outside the years 0 to 9999.
[[nodiscard]] std::optional<Timestamp> parse_expiry(std::string_view text);

}  // namespace sipdrift
