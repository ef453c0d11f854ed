// Manifests from files, with what is wrong told on stderr.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "sipdrift/diagnostic.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

/// No manifest file is read that is larger.
inline constexpr std::size_t largest_manifest = std::size_t{256} * 1024 * 1024;

/// Tells what is wrong with a manifest, with excerpts for people; but no more than anyone will
/// read.
void tell_faults(const std::vector<Diagnostic>& faults, const CommonOptions& common);

/// Reads the files as one manifest. If anything is wrong with any of them, tells all of it, and
/// gives nothing.
[[nodiscard]] std::optional<Manifest> load_manifest(const std::vector<std::string>& paths,
                                                    const CommonOptions& common,
                                                    Needs needs = Needs::numbers);

}  // namespace sipdrift
