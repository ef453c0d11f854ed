// "Did you mean": the known word that a mistyped one is closest to.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sipdrift {

/// The candidate that `word` most probably was meant to be, if any is close enough.
[[nodiscard]] std::optional<std::string_view> closest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

/// `did you mean "tls"?`, or, if nothing is close, `fallback` followed by all candidates:
/// `the keys here are number, numbers, range`.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> candidates,
                                     std::string_view fallback);

}  // namespace sipdrift
