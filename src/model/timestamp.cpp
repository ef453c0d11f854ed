// RFC 3339 timestamps.

#include "sipdrift/timestamp.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

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

}  // namespace sipdrift
