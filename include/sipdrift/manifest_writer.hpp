// The manifest of what is live: the way back, for those who have none yet.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "sipdrift/e164.hpp"
#include "sipdrift/live_record.hpp"

namespace sipdrift {

/// What a manifest is made of. Nothing is owned.
struct ManifestContent {
  const std::vector<LiveRecord>& records;   ///< sorted by number, each once, max_numbers at most
  const std::vector<UnreadNumber>& unread;  ///< sorted by number; told of in comments
  const std::vector<std::string>& other_identifiers;  ///< of what is listed and no number; likewise

  /// Of these numbers no direction that is untold is declared absent. Sorted by number.
  const std::vector<UntoldDirections>& untold;

  /// The records are of numbers that the provider lists: one without any configuration is live, and
  /// is declared to have none. Otherwise such a number is only told of.
  bool are_listed = false;

  std::string api_url;  ///< where the records come from

  /// Takes secrets out of text from outside; may be empty. What it would change is not declared.
  std::function<std::string(std::string)> redact;
};

struct WrittenManifest {
  std::string text;          ///< empty if no number is declared
  std::size_t declared = 0;  ///< how many numbers are

  /// Numbers with a record of which nothing can be declared; the text tells of them.
  std::vector<E164> undeclared;
};

/// Writes the manifest that a person would: what numbers share is a profile, neighbours are ranges,
/// everything is in order, and comments tell what could not be declared. The same content gives the
/// same text.
///
/// read_manifest() accepts the text, and compare() finds nothing, by MatchMode::sip, between a
/// record and what is declared of its number. No credential stands in it: an endpoint that holds
/// one is left out.
[[nodiscard]] WrittenManifest write_manifest(const ManifestContent& content);

}  // namespace sipdrift
