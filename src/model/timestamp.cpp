// RFC 3339 timestamps.

#include "sipdrift/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

struct Parts {
  std::chrono::year_month_day date{};
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

Parts split(Timestamp time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day{day},
          std::chrono::hh_mm_ss<std::chrono::milliseconds>{time - day}};
}

/// The digits from `begin` on, which are digits.
unsigned number_at(std::string_view text, std::size_t begin, std::size_t length) {
  unsigned number = 0;
  std::from_chars(text.data() + begin, text.data() + begin + length, number);
  return number;
}

}  // namespace

std::string rfc3339_without_zone(Timestamp time) {
  const auto [date, clock] = split(time);
  // Compiled, as there is one of these for each number.
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"),
                     static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string rfc3339(Timestamp time) {
  return fmt::format(FMT_COMPILE("{}.{:03}Z"), rfc3339_without_zone(time),
                     split(time).time.subseconds().count());
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd.dddZ";
  const bool has_shape =
      std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                 [](char c, char wanted) { return wanted == 'd' ? is_digit(c) : c == wanted; });
  if (!has_shape) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number_at(text, 0, 4))),
                                         std::chrono::month(number_at(text, 5, 2)),
                                         std::chrono::day(number_at(text, 8, 2))};
  const unsigned hours = number_at(text, 11, 2);
  const unsigned minutes = number_at(text, 14, 2);
  const unsigned seconds = number_at(text, 17, 2);
  if (!date.ok() || hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  return Timestamp(std::chrono::sys_days(date)) + std::chrono::hours(hours) +
         std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
         std::chrono::milliseconds(number_at(text, 20, 3));
}

}  // namespace sipdrift
