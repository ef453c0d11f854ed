// Numbers of things, in words.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sipdrift {

/// "1 finding", "2 findings".
[[nodiscard]] inline std::string counted(std::uint64_t count, std::string_view noun) {
  std::string text = std::to_string(count).append(" ").append(noun);
  return count == 1 ? text : text.append("s");
}

}  // namespace sipdrift
