// One manifest file: its top-level keys, profiles and entries.

#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "manifest/declared_terms.hpp"
#include "manifest/fault_list.hpp"
#include "manifest/waiver_reader.hpp"
#include "manifest/yaml_document.hpp"
#include "sipdrift/sha256.hpp"

namespace sipdrift {

/// Reads files one after the other into the same DeclaredTerms. What concerns single entries is
/// checked here; what concerns the manifest as a whole, in resolve().
class FileReader {
 public:
  /// `sources` are all files of the manifest, for faults that name a place in another one.
  FileReader(const std::vector<SourceText>& sources, DeclaredTerms& declared)
      : sources_(sources), declared_(declared), waivers_(sources, declared.waivers) {}

  /// Reads the file at position `file`, adding what is wrong to `list`. Returns false where reading
  /// ended early.
  bool read(std::uint32_t file, std::vector<Diagnostic>& list);

 private:
  class Handler;

  const std::vector<SourceText>& sources_;
  DeclaredTerms& declared_;
  WaiverReader waivers_;
  std::map<Sha256, std::uint32_t> known_terms_;  // by what their entries say
};

}  // namespace sipdrift
