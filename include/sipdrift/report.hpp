// The report of one audit: the one object from which the summary, the exit status and every report
// format derive. It is plain data; nothing here reads a clock, a file or a terminal.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sipdrift/e164.hpp"
#include "sipdrift/fetch_statistics.hpp"
#include "sipdrift/finding.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/sha256.hpp"
#include "sipdrift/source.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

/// What an audit says of one number. Every number has exactly one.
enum class Status : std::uint8_t {
  in_sync,       ///< every declared field is identical or equivalent
  drifted,       ///< at least one finding that no waiver covers
  waived,        ///< findings, each covered by a waiver in force
  not_compared,  ///< no verdict
  unmanaged,     ///< live at the provider, but not in the manifest
};
inline constexpr std::array all_statuses{Status::in_sync, Status::drifted, Status::waived,
                                         Status::not_compared, Status::unmanaged};

/// "in_sync": stable words, as reports have them.
[[nodiscard]] std::string_view name(Status status);

/// What the verdict on a number rests on. These differ from run to run.
struct Evidence {
  std::optional<Timestamp> observed_at;  ///< nothing if no request was sent
  std::optional<int> http_status;        ///< nothing if there was no reply
  int attempts = 0;
  std::chrono::milliseconds duration{};
  std::optional<Sha256> reply_sha256;  ///< of the reply's body
};

/// One number of the report. Until a comparison is put in, it is `not_compared`.
struct NumberResult {
  E164 number;
  Source source;
  std::string profile;  ///< empty if it is declared without one
  std::vector<std::string> tags;
  std::variant<NotCompared, Comparison> outcome;
  Evidence evidence;

  /// Derived, so that no status stands here that the outcome does not bear out: a comparison that
  /// compared nothing is not in sync but not_compared.
  [[nodiscard]] Status status() const;

  /// Empty if the number was not compared.
  [[nodiscard]] const std::vector<Finding>& findings() const;
  [[nodiscard]] const std::vector<Match>& matches() const;

  /// The reason, if the number was not compared.
  [[nodiscard]] const NotCompared* error() const;
};

/// What was run, when, and how it ended.
struct Run {
  std::string id;  ///< unique to the run
  Timestamp started_at;
  Timestamp finished_at;
  std::chrono::milliseconds duration{};  ///< at least 0, however the time of day was set meanwhile
  std::vector<ManifestSource> manifests;
  std::string api_url;
  FetchStatistics fetch;
  bool complete = false;  ///< every selected number had its turn
  int exit_code = 1;
};

/// Something the reader ought to know that concerns no single number.
struct Notice {
  std::string message;
};

struct Report {
  Run run;
  std::size_t declared = 0;           ///< how many numbers were to be compared
  std::vector<NumberResult> results;  ///< sorted by number, each number once
  std::vector<Notice> notices;
};

/// The report in figures.
struct Summary {
  std::size_t declared = 0;  ///< the numbers that were to be compared
  std::map<Status, std::size_t> by_status;
  std::size_t findings = 0;
  std::map<FieldPath, std::size_t> findings_by_field;
  std::map<Severity, std::size_t> findings_by_severity;

  [[nodiscard]] std::size_t count(Status status) const;
  [[nodiscard]] std::size_t count(Severity severity) const;
};

/// Counts. Throws std::logic_error if the results are not exactly `declared` numbers with a status
/// of their own, sorted, each once: a report that contradicts itself is not written. Every format
/// calls this before it writes its first byte.
[[nodiscard]] Summary summarize(const Report& report);

}  // namespace sipdrift
