// Tables of names for the values of an enumeration.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace sipdrift {

template <class Enum>
struct Named {
  Enum value;
  std::string_view name;
};

/// The name that a table has for a value; empty if it has none, which a test rules out.
template <class Enum, std::size_t size>
[[nodiscard]] constexpr std::string_view name_in(const std::array<Named<Enum>, size>& table,
                                                 Enum value) {
  const auto* const found = std::find_if(
      table.begin(), table.end(), [&](const Named<Enum>& entry) { return entry.value == value; });
  return found == table.end() ? std::string_view() : found->name;
}

/// The value that name() calls so; nothing, if it calls none so.
template <class Values>
[[nodiscard]] auto find_by_name(const Values& values, std::string_view wanted)
    -> std::optional<typename Values::value_type> {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const auto& value) { return name(value) == wanted; });
  if (found == values.end()) return std::nullopt;
  return *found;
}

}  // namespace sipdrift
