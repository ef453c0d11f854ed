// Where declared things come from: manifest files, and places in them.

#pragma once

#include <cstdint>
#include <string>

#include "sipdrift/sha256.hpp"

namespace sipdrift {

/// A manifest file that took part in a run.
struct ManifestSource {
  std::string path;  ///< as it was given
  Sha256 sha256;     ///< of the file's bytes
};

/// Where a number is declared.
struct Source {
  std::uint32_t manifest = 0;  ///< position in the list of manifest files
  std::uint32_t line = 0;      ///< from 1
};

}  // namespace sipdrift
