// A manifest is its bytes.

#include "audit/manifest_files.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "model/counted.hpp"

namespace sipdrift {

std::vector<std::string> file_faults(const std::vector<ManifestSource>& files,
                                     const std::vector<ManifestSource>& wanted) {
  std::vector<std::string> faults;
  if (files.size() != wanted.size()) {
    faults.push_back(
        fmt::format("is of {}, not {}", counted(files.size(), "manifest file"), wanted.size()));
  }
  for (std::size_t i = 0; i < std::min(files.size(), wanted.size()); ++i) {
    if (files[i].sha256 == wanted[i].sha256) continue;
    faults.push_back(fmt::format("is of another manifest: {} has SHA-256 {}, not {}", files[i].path,
                                 files[i].sha256.hex(), wanted[i].sha256.hex()));
  }
  return faults;
}

}  // namespace sipdrift
