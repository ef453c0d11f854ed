// Waivers as YAML.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// The waiver as an item of a block list, its dash at `column`, from 0; each line of it ends with
/// `line_end`.
[[nodiscard]] std::string yaml_item(const Waiver& waiver, std::size_t column,
                                    std::string_view line_end);

}  // namespace sipdrift
