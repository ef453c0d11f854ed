// Which numbers of a manifest are audited.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sipdrift/audit.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

/// The selected numbers, of whatever part, in the manifest's order; they point into it.
[[nodiscard]] std::vector<const DeclaredNumber*> select(const Manifest& manifest,
                                                        const Selection& selection);

/// Whether a number is selected that has these tags.
[[nodiscard]] bool is_selected(const E164& number, std::span<const std::string> tags,
                               const Selection& selection);

/// Whether something is selected that is known by its name alone, and has no tags.
[[nodiscard]] bool is_selected(const std::string& name, const Selection& selection);

/// Those of them that a part has; all without one.
[[nodiscard]] std::vector<const DeclaredNumber*> part_of(
    const std::vector<const DeclaredNumber*>& selected, const std::optional<Shard>& shard);

}  // namespace sipdrift
