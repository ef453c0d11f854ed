// Whether a report is of the same manifest files as another, or as those at hand.

#pragma once

#include <string>
#include <vector>

#include "sipdrift/source.hpp"

namespace sipdrift {

/// What differs, each as the end of a sentence about whoever has `files`; nothing if the contents
/// are the same, in the same order. Paths may differ: machines have their own.
[[nodiscard]] std::vector<std::string> file_faults(const std::vector<ManifestSource>& files,
                                                   const std::vector<ManifestSource>& wanted);

}  // namespace sipdrift
