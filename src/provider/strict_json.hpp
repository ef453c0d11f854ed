// JSON without the leniencies of its library.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sipdrift/result.hpp"

namespace sipdrift {

/// Deeper than any reply of the API; shallow enough for any stack.
inline constexpr std::size_t max_json_depth = 32;

/// Parses `text`, which must be exactly one JSON value (RFC 8259). Refuses what nlohmann/json lets
/// through: a key that stands twice in an object, a NUL (behind which the library ignores text)
/// whether raw or escaped, and nesting beyond max_json_depth. The error quotes nothing of `text`.
[[nodiscard]] Result<nlohmann::json, std::string> parse_strict_json(std::string_view text);

}  // namespace sipdrift
