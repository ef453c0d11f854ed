// The report as a person looks at it: what is wrong first, each cause once, with the numbers it
// concerns.

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/report.hpp"

namespace sipdrift {

/// Numbers that one thing concerns, sorted. They belong to the report.
using Numbers = std::vector<const NumberResult*>;

/// One difference, and every number that has it, whichever waiver covers it there.
struct Cause {
  FieldPath path;
  FindingKind kind = FindingKind::changed;
  Severity severity = Severity::major;
  std::string expected;  ///< in words; "{number}" stands for the number itself
  std::string live;      ///< likewise
  std::string remark;    ///< what the two values do not tell; often empty
  std::string history;   ///< how it stands to the earlier run, in words; empty without one
  const Waiver* waiver = nullptr;  ///< that covers it, or none
  Numbers numbers;                 ///< never empty
};

/// Findings of the earlier run that became the same, and every number that had them.
struct PastCause {
  Fate fate = Fate::resolved;
  FieldPath path;
  std::string expected;       ///< in words, as in a Cause
  std::string live;           ///< likewise: what it was
  std::vector<E164> numbers;  ///< sorted, never empty
};

/// One reason why there is no verdict, and every number that it kept from one.
struct Obstacle {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  ///< visible(); "{number}" stands for the number itself
  Numbers numbers;      ///< never empty
};

/// The worst first, then what is new, then what concerns most numbers.
struct Digest {
  std::vector<Cause> drift;   ///< what no waiver covers
  std::vector<Cause> waived;  ///< what one covers
  std::vector<Obstacle> obstacles;
  Numbers unmanaged;
  std::vector<PastCause> past;  ///< resolved first; without what is only remembered
  Numbers in_sync;
  std::size_t equivalent = 0;  ///< of those in sync, in other words than declared
};

/// The report must outlive it.
[[nodiscard]] Digest digest(const Report& report);

/// Causes that concern the same numbers, together; in the order of each one's first.
template <class AnyCause>
[[nodiscard]] std::vector<std::vector<const AnyCause*>> of_the_same_numbers(
    const std::vector<AnyCause>& causes) {
  std::vector<std::vector<const AnyCause*>> groups;
  const auto is_before = [](const auto* a, const auto* b) { return *a < *b; };
  std::map<decltype(&causes.front().numbers), std::size_t, decltype(is_before)> places(is_before);
  for (const AnyCause& cause : causes) {
    const auto [place, is_new] = places.emplace(&cause.numbers, groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&cause);
  }
  return groups;
}

/// `text` with "{number}" where the number itself stands: a trunk's user part often is the number,
/// and without it the same change on a thousand numbers would be a thousand causes.
[[nodiscard]] std::string without_number(std::string text, std::string_view number);

/// Neighbouring numbers in one entry, as a manifest's `range` has them: "+10", "+12..+19". Two
/// neighbours stay two entries.
[[nodiscard]] std::vector<std::string> in_ranges(const Numbers& numbers);
[[nodiscard]] std::vector<std::string> in_ranges(const std::vector<E164>& numbers);

/// How many, and which, in so many entries at most: "9 numbers: +10, +12..+19", and "..." where
/// some are left out.
[[nodiscard]] std::string in_words(const Numbers& numbers, std::size_t most_entries);
[[nodiscard]] std::string in_words(const std::vector<E164>& numbers, std::size_t most_entries);

}  // namespace sipdrift
