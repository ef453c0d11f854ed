// What has been read of the manifest files, before profiles are laid in and ranges are counted out.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "manifest/source_text.hpp"
#include "sipdrift/e164.hpp"
#include "sipdrift/expectation.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// The terms of one entry: what it says of its numbers, its profile not yet laid in. Entries that
/// say the same share them, so that a long manifest takes little memory.
struct Terms {
  Declaration declaration;
  bool is_sound = true;  ///< nothing was wrong with the entry that it was read from
};

/// One entry of `numbers:`, whatever numbers it names.
struct Entry {
  std::uint32_t file = 0;
  std::uint32_t terms = 0;  ///< position in DeclaredTerms::terms
  Span profile_span;        ///< of the profile's name, if there is one
};

/// A number or a range, as an entry names it.
struct Subject {
  E164 first;
  E164 last;
  std::uint32_t file = 0;
  std::uint32_t terms = 0;  ///< position in DeclaredTerms::terms
  Span span;                ///< of the number or range

  [[nodiscard]] std::uint64_t count() const { return last.digits() - first.digits() + 1; }
};

struct Profile {
  Expectation expectation;
  std::uint32_t file = 0;
  Span span;  ///< of its name
  bool is_sound = true;
};

/// An `expected_count`.
struct ExpectedCount {
  std::uint32_t count = 0;
  std::uint32_t file = 0;
  Span span;
};

struct DeclaredTerms {
  std::vector<Terms> terms;
  std::vector<Entry> entries;
  std::vector<Subject> subjects;
  std::map<std::string, Profile, std::less<>> profiles;
  std::vector<ExpectedCount> expected_counts;
  std::vector<Waiver> waivers;
};

}  // namespace sipdrift
