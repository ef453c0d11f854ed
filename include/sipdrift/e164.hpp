// Telephone numbers in the international format of ITU-T Recommendation E.164.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sipdrift/result.hpp"

namespace sipdrift {

/// An E.164 number: "+", then 2 to 15 digits, the first of them not 0 (E.164 clause 6).
///
/// Sixteen bytes, no allocation. Ordered as its text is.
class E164 {
 public:
  static constexpr std::size_t max_digits = 15;

  /// Reads `text`, which must be exactly a number: no spaces, dashes or brackets.
  /// The error is a sentence's end: `"..." ` followed by it says what is wrong and what would do.
  static Result<E164, std::string> parse(std::string_view text);

  /// "+14150000000". Valid as long as this number is.
  [[nodiscard]] std::string_view text() const;

  /// The digits read as an integer, at most 15 of them: the distance between two numbers of the
  /// same length is the difference of these.
  [[nodiscard]] std::uint64_t digits() const;

  /// The number after this one with as many digits, or nothing after the last (+99...9).
  [[nodiscard]] std::optional<E164> next() const;

  friend auto operator<=>(const E164&, const E164&) = default;

 private:
  E164() = default;

  // "+" and the digits, padded with NUL: so the defaulted order is that of the text.
  std::array<char, max_digits + 1> text_{};
};

}  // namespace sipdrift
