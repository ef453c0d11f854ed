// Reading a manifest: bytes, then YAML and entries, then the manifest as a whole.

#include "sipdrift/manifest.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "manifest/declared_terms.hpp"
#include "manifest/file_reader.hpp"
#include "manifest/resolve.hpp"
#include "manifest/source_text.hpp"

namespace sipdrift {

namespace {

std::vector<Diagnostic> in_order(std::vector<std::vector<Diagnostic>> faults_by_file) {
  std::vector<Diagnostic> all;
  for (std::vector<Diagnostic>& faults : faults_by_file) {
    std::stable_sort(faults.begin(), faults.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    std::move(faults.begin(), faults.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

bool Manifest::declares(const E164& number) const {
  const auto found = std::lower_bound(
      numbers.begin(), numbers.end(), number,
      [](const DeclaredNumber& declared, const E164& wanted) { return declared.number < wanted; });
  return found != numbers.end() && found->number == number;
}

Result<Manifest, std::vector<Diagnostic>> read_manifest(const std::vector<ManifestFile>& files,
                                                        bool are_all_here, Needs needs) {
  Manifest manifest;
  DeclaredTerms declared;
  const std::vector<SourceText> sources(files.begin(), files.end());
  std::vector<std::vector<Diagnostic>> faults(files.size());
  FileReader reader(sources, declared);

  bool is_whole = are_all_here;
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    manifest.files.push_back({files[i].path, Sha256::of(files[i].text)});
    faults[i] = find_faults_in_bytes(sources[i]);
    // Text that is not even text would only be misunderstood.
    is_whole = faults[i].empty() && reader.read(i, faults[i]) && is_whole;
  }
  resolve(std::move(declared), sources, {.is_whole = is_whole, .needs = needs}, faults, manifest);

  std::vector<Diagnostic> all = in_order(std::move(faults));
  if (!all.empty() || !is_whole) return Unexpected{std::move(all)};
  return manifest;
}

}  // namespace sipdrift
