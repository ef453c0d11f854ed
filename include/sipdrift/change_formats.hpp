// The formats of what changed between two audits: each a pure function of the changes, all rows of
// one table.

#pragma once

#include <span>
#include <string_view>

#include "sipdrift/changes.hpp"
#include "sipdrift/formats.hpp"

namespace sipdrift {

/// The version of the JSON format. Minor versions only add.
inline constexpr std::string_view changes_format_version = "1.0";

/// One format of changes.
using ChangeFormat = FormatOf<Changes>;

/// All of them, in the order in which help lists them.
[[nodiscard]] std::span<const ChangeFormat> change_formats();

/// The format of that name, or nullptr.
[[nodiscard]] const ChangeFormat* find_change_format(std::string_view name);

/// The JSON Schema (draft 2020-12) of the JSON format.
[[nodiscard]] std::string_view changes_schema();

}  // namespace sipdrift
