// Texts as YAML scalars, on one line: for texts that are visible() as they are.

#pragma once

#include <string>
#include <string_view>

namespace sipdrift {

/// In double quotes, in which every text can stand.
[[nodiscard]] std::string quoted_in_yaml(std::string_view text);

/// A scalar that every reader of YAML takes for that text: plain where nothing else could be made
/// of it, else in double quotes.
[[nodiscard]] std::string yaml_text(std::string_view text);

}  // namespace sipdrift
