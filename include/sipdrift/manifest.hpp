// The manifest: from YAML text to what is expected of each number, or to everything that is wrong.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/diagnostic.hpp"
#include "sipdrift/e164.hpp"
#include "sipdrift/expectation.hpp"
#include "sipdrift/result.hpp"
#include "sipdrift/source.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// A range may hold this many numbers, and all manifests of a run together ten times as many.
inline constexpr std::size_t max_numbers_in_range = 100'000;
inline constexpr std::size_t max_numbers = 1'000'000;

/// A manifest file as it was read.
struct ManifestFile {
  std::string path;  ///< as it was given; it stands in diagnostics and reports
  std::string text;  ///< its bytes
};

/// What one entry of a manifest declares, its profile laid in. Numbers that are declared alike
/// share one of these.
struct Declaration {
  Expectation expectation;
  std::string profile;  ///< empty without one
  std::vector<std::string> tags;
};

struct DeclaredNumber {
  E164 number;
  std::uint32_t declaration = 0;  ///< position in Manifest::declarations
  Source source;
};

/// One or several manifest files, understood whole.
struct Manifest {
  std::vector<ManifestSource> files;
  std::vector<Declaration> declarations;
  std::vector<DeclaredNumber> numbers;  ///< sorted by number, each number once
  std::vector<Waiver> waivers;          ///< in the order of the files and their lines

  [[nodiscard]] const Declaration& declaration_of(const DeclaredNumber& number) const {
    return declarations[number.declaration];
  }

  /// Whether a number is one of `numbers`.
  [[nodiscard]] bool declares(const E164& number) const;
};

/// What a manifest has to hold.
enum class Needs : std::uint8_t {
  numbers,             ///< at least one
  numbers_or_waivers,  ///< waivers alone will do, as where only the file of them is checked
};

/// Reads `files`, which together are one manifest: a profile of one may be used in another.
/// If anything is wrong, the error is all that is wrong, in the order of the files and their lines.
///
/// Where `are_all_here` is false, some files could not be read: then there is no manifest, and the
/// error is what is wrong in the others, as far as it can be told without them.
[[nodiscard]] Result<Manifest, std::vector<Diagnostic>> read_manifest(
    const std::vector<ManifestFile>& files, bool are_all_here = true, Needs needs = Needs::numbers);

/// The JSON Schema (draft 2020-12) of a manifest file, for editors. It says less than
/// read_manifest() checks.
[[nodiscard]] std::string_view manifest_schema();

}  // namespace sipdrift
