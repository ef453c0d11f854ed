// E.164 numbers: reading, counting on, and their text.

#include "sipdrift/e164.hpp"

#include <algorithm>
#include <cstddef>

#include "model/characters.hpp"

namespace sipdrift {

namespace {}  // namespace

Result<E164, std::string> E164::parse(std::string_view text) {
  const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
  const bool all_digits = std::all_of(digits.begin(), digits.end(), is_digit);
  if (!text.starts_with('+')) {
    if (all_digits && digits.size() >= 2 && digits.size() <= max_digits && digits[0] != '0') {
      return Unexpected{"is not an E.164 number; write \"+" + std::string(digits) + "\""};
    }
    return Unexpected{
        std::string("is not an E.164 number; it starts with \"+\" and the country code, "
                    "as \"+14150000000\" does")};
  }
  if (!all_digits) {
    return Unexpected{
        std::string("is not an E.164 number; after the \"+\" there are only digits, no "
                    "spaces, dashes or brackets")};
  }
  if (digits.size() < 2 || digits.size() > max_digits) {
    return Unexpected{"is not an E.164 number; it has " + std::to_string(digits.size()) +
                      (digits.size() == 1 ? " digit" : " digits") + ", where 2 to 15 would do"};
  }
  if (digits[0] == '0') {
    return Unexpected{std::string("is not an E.164 number; no country code begins with 0")};
  }
  E164 number;
  std::copy(text.begin(), text.end(), number.text_.begin());
  return number;
}

std::string_view E164::text() const {
  const auto* const end = std::find(text_.begin(), text_.end(), '\0');
  return {text_.data(), static_cast<std::size_t>(end - text_.begin())};
}

std::uint64_t E164::digits() const {
  std::uint64_t value = 0;
  for (const char digit : text().substr(1)) {
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return value;
}

std::optional<E164> E164::next() const {
  E164 number = *this;
  for (std::size_t i = text().size() - 1; i > 0; --i) {
    if (number.text_[i] != '9') {
      ++number.text_[i];
      return number;
    }
    number.text_[i] = '0';
  }
  return std::nullopt;
}

}  // namespace sipdrift
