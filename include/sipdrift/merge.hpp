// Parts of a fleet that were audited apart, put together: one report out of several.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sipdrift/report.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// Why reports cannot be put together.
struct MergeFault {
  std::optional<std::size_t> part;   ///< position of the report that does not fit, if it is one
  std::optional<std::size_t> other;  ///< position of the one that it was held against, if it was
  std::string message;               ///< as the end of a sentence about the first of the two
};

/// Puts together the reports of all parts (Run::shard) of one fleet, in any order, each as audit()
/// gave it or read_report() read it. The outcome is the report that one audit of everything would
/// have given, but for `run` and the evidence:
///
/// - `run_id` is the new report's, and `merged_from` has those of the parts, by their index.
/// - It began when the first part did and finished when the last did; the duration is the time
///   between. It is complete if all parts are.
/// - Of the fetch, requests, retries, connections, pauses, the time they took and bytes are sums,
/// so
///   that the pauses of machines that waited at once are counted more than once. The highest
///   concurrency is the largest of one part, as it is not known which ran at once. The protocol is
///   that of all parts, and none if they differ. Percentiles cannot be put together: there is no
///   latency.
/// - Waivers are applied anew, as of when the last part finished.
/// - The exit status has all that those of the parts tell. A part that was stopped counts by its
///   results, and one that could not be audited makes the whole one that could not.
/// - Of an earlier run's findings, each has the fate that the part with its number tells.
/// - If the provider's list could not be had in one part, it is not known in the whole, either.
///
/// Refused: a report that is no part, parts of other manifests (by their hashes, in order), APIs,
/// match modes, selections, or numbers of parts, parts held against different earlier runs or asked
/// for different discoveries, a part that is there twice or missing, and one that has a number of
/// another part or fewer numbers than were selected.
[[nodiscard]] Result<Report, MergeFault> merge(std::vector<Report> parts, std::string run_id);

}  // namespace sipdrift
