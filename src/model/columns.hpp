// Text within so many columns of a terminal.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipdrift {

/// How many columns visible() text takes, at most: characters from U+1100 on count as two, as the
/// wide ones of East Asia are.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// `text`, with its middle left out where it takes more than `columns`; 0: as it is.
[[nodiscard]] std::string cut_to(std::size_t columns, const std::string& text);

/// `entries` in lines of at most `columns`, each with `separator` behind it but the last; none is
/// cut, so that one alone may be longer.
[[nodiscard]] std::vector<std::string> in_lines(std::size_t columns,
                                                const std::vector<std::string>& entries,
                                                std::string_view separator = ",");

}  // namespace sipdrift
