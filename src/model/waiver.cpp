// Which findings a waiver covers, and until when.

#include "sipdrift/waiver.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>

#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/redaction.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view unset = "unset";
constexpr std::size_t date_length = std::string_view("2026-12-31").size();
constexpr std::size_t time_length = std::string_view("2026-12-31T18:00:00").size();

/// "Z", "+02:00" or "-05:30", in minutes east of UTC.
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes(0);
  constexpr std::string_view shape = "+dd:dd";
  const bool has_shape =
      std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char c, char wanted) {
        if (wanted == 'd') return is_digit(c);
        return wanted == '+' ? is_one_of(c, "+-") : c == wanted;
      });
  if (!has_shape) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  std::from_chars(text.data() + 1, text.data() + 3, hours);
  std::from_chars(text.data() + 4, text.data() + 6, minutes);
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::chrono::minutes east = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return text.front() == '-' ? -east : east;
}

/// A moment that a report can tell: of a year with four digits.
std::optional<Timestamp> tellable(Timestamp time) {
  return parse_rfc3339(rfc3339(time)) == time ? std::optional(time) : std::nullopt;
}

}  // namespace

bool NumberRange::holds(const E164& number) const {
  return number.text().size() == first.text().size() && first <= number && number <= last;
}

std::optional<std::string> pin_text(const Value& value) {
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* const flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  const auto* const text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::string(unset);
  const bool is_shown_whole = text->find(redacted_mark) == std::string::npos &&
                              redacted_endpoint(*text) == *text && visible(*text) == *text;
  if (!is_shown_whole || text->empty() || *text == unset) return std::nullopt;
  return *text;
}

bool concerns(const Waiver& waiver, const E164& number, std::span<const std::string> tags) {
  if (const auto* const range = std::get_if<NumberRange>(&waiver.subject)) {
    return range->holds(number);
  }
  return std::find(tags.begin(), tags.end(), std::get<std::string>(waiver.subject)) != tags.end();
}

bool covers(const Waiver& waiver, const E164& number, std::span<const std::string> tags,
            const Finding& finding) {
  if (waiver.path != finding.path || !concerns(waiver, number, tags)) return false;
  if (!waiver.observed) return true;
  return finding.rule != Rule::redacted_part && pin_text(finding.actual) == waiver.observed;
}

std::string subject_text(const Waiver& waiver) {
  if (const auto* const tag = std::get_if<std::string>(&waiver.subject)) return "tag:" + *tag;
  const auto& range = std::get<NumberRange>(waiver.subject);
  if (range.first == range.last) return std::string(range.first.text());
  return fmt::format("{}..{}", range.first.text(), range.last.text());
}

std::optional<Timestamp> parse_expiry(std::string_view text) {
  const std::string_view date = text.substr(0, date_length);
  if (text.size() == date_length) {
    const auto day = parse_rfc3339(std::string(date) + "T00:00:00.000Z");
    return day ? tellable(*day + std::chrono::days(1)) : std::nullopt;
  }
  if (text.size() <= time_length || !is_one_of(text[date_length], "Tt")) return std::nullopt;
  // Fractions of a second are let pass, and cut off.
  std::size_t zone = time_length;
  if (text[zone] == '.') {
    zone = text.find_first_not_of("0123456789", zone + 1);
    if (zone == std::string_view::npos || zone == time_length + 1) return std::nullopt;
  }
  const auto offset = parse_offset(text.substr(zone));
  const auto local = parse_rfc3339(
      fmt::format("{}T{}.000Z", date, text.substr(date_length + 1, time_length - date_length - 1)));
  if (!offset || !local) return std::nullopt;
  return tellable(*local - *offset);
}

}  // namespace sipdrift
