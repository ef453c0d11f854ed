// The import: everything that is live, for a first manifest.

#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sipdrift/audit.hpp"
#include "sipdrift/e164.hpp"
#include "sipdrift/fetch.hpp"
#include "sipdrift/live_record.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

struct ImportOptions {
  /// By globs over numbers alone: of what has no manifest there are no tags.
  Selection selection;

  /// The numbers to ask for; nothing for those that the provider lists.
  std::optional<std::vector<E164>> numbers;

  /// Told, before the first number is asked for, how many there are; may be empty.
  std::function<void(std::size_t)> on_start;

  /// Told of each number as soon as it is known what came of it, with the requests that it took and
  /// whether it could be read. On any thread, never two at once; may be empty.
  std::function<void(bool is_read, int requests)> on_number;

  /// Takes secrets out of text from outside that is to be shown; may be empty.
  std::function<std::string(std::string)> redact;
};

/// What is live. Every selected number stands in it exactly once: in `records` or in `unread`.
struct ImportedFleet {
  std::vector<LiveRecord> records;   ///< sorted by number; strings are as the provider sent them
  std::vector<UnreadNumber> unread;  ///< sorted by number

  /// Where the list says otherwise than the records: sorted by number.
  std::vector<UntoldDirections> untold;

  /// What the provider lists that is no E.164 number, and so cannot be asked for: sorted.
  std::vector<std::string> other_identifiers;

  std::size_t known = 0;      ///< how many numbers there were to select from
  bool is_from_list = false;  ///< these are what the provider lists

  FetchEnd end = FetchEnd::complete;
  std::string reason;  ///< why the fetch of the numbers ended early: without secrets
};

/// Asks for the list of numbers, unless they are given, and then for each that is selected. A reply
/// about another number, or that could be, is asked for once more.
///
/// The error says why there is no list: then nothing is known of any number. A fetch of the numbers
/// that ended early is no error, and leaves numbers unread.
[[nodiscard]] Result<ImportedFleet, NotCompared> import_fleet(const ImportOptions& options,
                                                              Fetcher& fetcher);

/// Holds a manifest's text, which was written of `records` (sorted by number), against them, as an
/// audit would: what is wrong, or an empty text. Whatever is, is a fault of this program.
[[nodiscard]] std::string find_import_fault(const std::string& manifest,
                                            const std::vector<LiveRecord>& records);

}  // namespace sipdrift
