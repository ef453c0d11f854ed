// Which numbers of a manifest are audited.

#pragma once

#include <vector>

#include "sipdrift/audit.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

/// The selected numbers, in the manifest's order; they point into it.
[[nodiscard]] std::vector<const DeclaredNumber*> select(const Manifest& manifest,
                                                        const Selection& selection);

}  // namespace sipdrift
