// From what the files say to what is expected of each number.

#pragma once

#include <vector>

#include "manifest/declared_terms.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

/// What is asked of a manifest.
struct Wanted {
  /// All of it was read. Where reading some file ended early, what may stand in its unread part is
  /// not missed.
  bool is_whole = true;

  Needs needs = Needs::numbers;
};

/// Checks what concerns the manifest as a whole, adding to `faults`, a list for each file: profiles
/// that do not exist, contradictions between a profile and the entry that uses it, numbers declared
/// twice, counts that do not hold. If there are none, `manifest` gets the numbers; in any case it
/// takes over what the terms hold.
///
void resolve(DeclaredTerms declared, const std::vector<SourceText>& sources, const Wanted& wanted,
             std::vector<std::vector<Diagnostic>>& faults, Manifest& manifest);

}  // namespace sipdrift
