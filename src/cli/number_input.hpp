// A file of numbers, with what is wrong told on stderr.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sipdrift/e164.hpp"

namespace sipdrift {

/// Reads E.164 numbers, one a line, "-" being stdin; blank lines and comments, from a "#" on, are
/// skipped. If anything is wrong, tells all of it, and gives nothing.
[[nodiscard]] std::optional<std::vector<E164>> load_numbers(const std::string& path);

}  // namespace sipdrift
