// Changes for the tests of their formats: each shows what the others do not.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sipdrift/change_formats.hpp"

namespace sipdrift {

struct SampleChanges {
  std::string name;
  Changes changes;
};

/// With a plan and without, every state of change and step, on fixed times.
[[nodiscard]] std::vector<SampleChanges> sample_changes();

/// Changes in which every text that can come from outside is `text`.
[[nodiscard]] Changes changes_full_of(const std::string& text);

/// As many numbers as asked for, none beside another, each with a change of its own; and one that
/// could not be compared.
[[nodiscard]] Changes many_changes(std::size_t count);

/// What the format makes of them.
[[nodiscard]] std::string written(const ChangeFormat& format, const Changes& changes,
                                  const FormatOptions& options = {});

}  // namespace sipdrift
