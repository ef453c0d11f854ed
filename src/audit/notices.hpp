// What a report says of which numbers it has.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sipdrift/report.hpp"

namespace sipdrift {

/// That `selected` of `declared` numbers were asked for by --only and --exclude.
[[nodiscard]] Notice selection_notice(std::size_t selected, std::size_t declared);

/// "part 2 of 4: 26 of 104 numbers"; nothing of a report that is no part.
[[nodiscard]] std::optional<Notice> part_notice(const Report& report);

/// That the exit status would be `earned` without `option`, which made it milder.
[[nodiscard]] Notice exit_notice(int earned, std::string_view option);

}  // namespace sipdrift
