// Nobody is given a manifest that the next audit would refuse, or find drift from.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sipdrift/compare.hpp"
#include "sipdrift/import.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

std::string find_import_fault(const std::string& manifest, const std::vector<LiveRecord>& records) {
  const auto read = read_manifest({{"the manifest", manifest}});
  if (!read) return headline(read.error().front());
  auto record = records.begin();
  for (const DeclaredNumber& declared : read->numbers) {
    record = std::find_if(record, records.end(), [&](const LiveRecord& candidate) {
      return candidate.number >= declared.number;
    });
    if (record == records.end() || record->number != declared.number) {
      return fmt::format("{} is declared, and was not read", declared.number.text());
    }
    const Comparison outcome =
        compare(read->declaration_of(declared).expectation, *record, MatchMode::sip);
    if (!outcome.findings.empty()) {
      return fmt::format("{} is declared otherwise than it is live: {}", declared.number.text(),
                         outcome.findings.front().path.text());
    }
  }
  return {};
}

}  // namespace sipdrift
