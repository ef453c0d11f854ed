// Which sipdrift this is.

#pragma once

#include <string_view>

namespace sipdrift {

inline constexpr std::string_view tool_name = "sipdrift";

/// "0.1.0" (semantic versioning, https://semver.org).
[[nodiscard]] std::string_view version();

}  // namespace sipdrift
