// Retry-After and its like.

#include "http/asked_wait.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

#include <curl/curl.h>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

using std::chrono::seconds;

/// Beyond, it is all the same.
constexpr seconds longest{86'400};

/// What is larger can only be a time of day: 2001-09-09 in seconds since 1970.
constexpr std::int64_t earliest_epoch = 1'000'000'000;

/// What is past asks for nothing.
std::optional<seconds> sensible(seconds wait) {
  if (wait < seconds(0)) return std::nullopt;
  return std::min(wait, longest);
}

/// A whole number, or one with a fraction, rounded up.
std::optional<seconds> from_number(std::string_view text, std::chrono::sys_seconds now) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  double number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (read.ptr != end) return std::nullopt;
  constexpr double largest = 1e15;  // fits into an integer whatever the text says
  const bool is_huge = read.ec == std::errc::result_out_of_range || number > largest;
  const auto whole = static_cast<std::int64_t>(is_huge ? largest : number);
  const std::int64_t rounded = !is_huge && static_cast<double>(whole) < number ? whole + 1 : whole;
  // A time of day; but a number that is none either asks for more than anyone waits.
  constexpr std::int64_t latest_epoch = 100 * earliest_epoch;
  if (rounded >= earliest_epoch && rounded < latest_epoch) {
    return sensible(seconds(rounded) - now.time_since_epoch());
  }
  return sensible(seconds(rounded));
}

std::optional<seconds> from_date(std::string_view text, std::chrono::sys_seconds now) {
  if (text.empty() || !is_letter(text.front())) return std::nullopt;
  const time_t date = curl_getdate(std::string(text).c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return sensible(seconds(date) - now.time_since_epoch());
}

}  // namespace

std::optional<seconds> asked_wait(const WaitHeaders& headers, std::chrono::sys_seconds now) {
  for (const std::string_view text :
       {headers.retry_after, headers.ratelimit_reset, headers.x_ratelimit_reset}) {
    if (const auto wait = from_number(text, now)) return wait;
    if (const auto wait = from_date(text, now)) return wait;
  }
  return std::nullopt;
}

}  // namespace sipdrift
