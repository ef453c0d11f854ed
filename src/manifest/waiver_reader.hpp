// The entries of `waivers:`.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "manifest/fault_list.hpp"
#include "manifest/source_text.hpp"
#include "manifest/yaml_node.hpp"
#include "sipdrift/source.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// Reads the waivers of files, one after the other, into the same list.
///
/// What a waiver is for need not exist: whatever it names may stand in another file, or may be gone
/// by now, which a run tells of. Nor is one wrong because it has expired, as a nightly run must not
/// break on a date.
class WaiverReader {
 public:
  /// `sources` are all files of the manifest; both must outlive this.
  WaiverReader(const std::vector<SourceText>& sources, std::vector<Waiver>& waivers)
      : sources_(sources), waivers_(waivers) {}

  /// Reads one entry of the file at position `file`, and adds to `faults` what is wrong with it.
  void read(const YamlNode& entry, std::uint32_t file, FaultList& faults);

 private:
  /// Whether another waiver has said the same of the same: then that is told.
  bool is_known(const Waiver& waiver, Span span, FaultList& faults);

  const std::vector<SourceText>& sources_;
  std::vector<Waiver>& waivers_;
  std::map<std::string, Source> known_;  // by key_of()
};

/// What no two waivers of a manifest have in common: subject, field and pin.
[[nodiscard]] std::string key_of(const Waiver& waiver);

}  // namespace sipdrift
