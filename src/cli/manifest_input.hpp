// Manifests from files, with what is wrong told on stderr.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

/// Reads the files as one manifest. If anything is wrong with any of them, tells all of it, and
/// gives nothing.
[[nodiscard]] std::optional<Manifest> load_manifest(const std::vector<std::string>& paths,
                                                    const CommonOptions& common,
                                                    Needs needs = Needs::numbers);

}  // namespace sipdrift
