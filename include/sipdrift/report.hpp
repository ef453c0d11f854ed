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
#include "sipdrift/live_record.hpp"
#include "sipdrift/match_mode.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/sha256.hpp"
#include "sipdrift/source.hpp"
#include "sipdrift/timestamp.hpp"
#include "sipdrift/waiver.hpp"

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

/// A number that is live at the provider and stands in no manifest: what the list of numbers says.
struct Unmanaged {
  std::vector<Direction> directions;        ///< those that are configured
  std::optional<std::string> sip_endpoint;  ///< without secrets
};

/// One number of the report. Until a comparison is put in, it is `not_compared`.
struct NumberResult {
  E164 number;
  std::optional<Source> source;  ///< nothing if it is unmanaged
  std::string profile;           ///< empty if it is declared without one
  std::vector<std::string> tags;
  std::variant<NotCompared, Comparison, Unmanaged> outcome;
  Evidence evidence;

  /// What was live, without secrets: declared or not. Nothing if no reply was understood.
  std::optional<LiveRecord> observed{};

  /// Derived, so that no status stands here that the outcome does not bear out: a comparison that
  /// compared nothing is not in sync but not_compared, and one is waived only if all its findings
  /// are.
  [[nodiscard]] Status status() const;

  /// Empty if the number was not compared.
  [[nodiscard]] const std::vector<Finding>& findings() const;
  [[nodiscard]] const std::vector<Match>& matches() const;

  /// The reason, if the number was not compared.
  [[nodiscard]] const NotCompared* error() const;
};

/// A part of a fleet, for one of several machines: as test runners have it, the first is 1.
struct Shard {
  std::uint32_t index = 1;  ///< from 1 to `count`
  std::uint32_t count = 1;

  /// Whether a number belongs to this part. It depends on the number and `count` alone, so that
  /// each number is in exactly one part, and stays there while others come and go.
  [[nodiscard]] bool holds(const E164& number) const;

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// What all parts of a fleet have together.
struct Whole {
  std::size_t selected = 0;  ///< how many numbers
  std::size_t declared = 0;  ///< of how many that the manifests declare
};

/// What was run, when, and how it ended.
struct Run {
  std::string id;  ///< unique to the run
  Timestamp started_at;
  Timestamp finished_at;
  std::chrono::milliseconds duration{};  ///< at least 0, however the time of day was set meanwhile
  std::vector<ManifestSource> manifests;
  std::string api_url;
  MatchMode match = MatchMode::sip;
  std::optional<Shard> shard{};            ///< only this part of the fleet was audited
  Whole whole{};                           ///< what it is a part of; nothing without `shard`
  std::string resumed_from{};              ///< the id of the run that this one completes, or empty
  std::vector<std::string> merged_from{};  ///< the ids of the runs whose reports were put together
  FetchStatistics fetch;
  bool complete = false;  ///< every selected number had its turn
  int exit_code = 1;
};

/// Something the reader ought to know that concerns no single number.
struct Notice {
  std::string message;
};

/// The provider's own list of numbers, held against the whole manifest.
struct Discovery {
  bool is_failure = false;           ///< a number that is unmanaged makes the run fail
  std::size_t listed = 0;            ///< how many numbers the list has
  std::vector<std::string> others;   ///< what it has that is no E.164 number, and was not looked at
  std::optional<NotCompared> error;  ///< why there is no list: then nothing is known
  Evidence evidence;
};

/// What a waiver came to in a run.
enum class WaiverState : std::uint8_t {
  in_use,     ///< it covers findings
  unused,     ///< its numbers were compared, and it covers nothing
  undecided,  ///< it covers nothing, but not all of its numbers were compared
  expired,    ///< it was not in force any more, and covered nothing
};
inline constexpr std::array all_waiver_states{WaiverState::in_use, WaiverState::unused,
                                              WaiverState::undecided, WaiverState::expired};

/// "in_use": stable words, as reports have them.
[[nodiscard]] std::string_view name(WaiverState state);

/// A waiver, and what it came to.
struct WaiverUse {
  Waiver waiver;
  WaiverState state = WaiverState::undecided;
  std::size_t findings = 0;  ///< how many it covers or, expired, would have: those that none covers
};

/// What became of a finding of an earlier run that this one does not have.
enum class Fate : std::uint8_t {
  resolved,      ///< live agrees now
  not_declared,  ///< it is not declared any more, and so not looked at
  not_compared,  ///< the number was not compared, or not selected, this time
};
inline constexpr std::array all_fates{Fate::resolved, Fate::not_declared, Fate::not_compared};

/// "resolved": stable words, as reports have them.
[[nodiscard]] std::string_view name(Fate fate);

/// A finding of an earlier run that this one does not have.
struct PastFinding {
  E164 number;
  Finding finding;  ///< as it was seen last; it has a baseline, and no waiver
  Fate fate = Fate::resolved;
  bool was_waived = false;  ///< a waiver covered it when it was seen last
};

/// The earlier run that this one was held against.
struct PreviousRun {
  std::string id;
  Timestamp started_at;
  std::vector<PastFinding> findings;  ///< that this run does not have; sorted by number and path,
                                      ///< each of which stands once
};

struct Report {
  Run run;
  std::size_t declared = 0;           ///< how many numbers were to be compared
  std::vector<NumberResult> results;  ///< sorted by number, each number once
  std::optional<Discovery> discovery{};
  std::vector<WaiverUse> waivers{};  ///< all of the manifest, in its order
  std::optional<PreviousRun> previous{};
  std::vector<Notice> notices;
};

/// The report in figures.
struct Summary {
  std::size_t declared = 0;  ///< the numbers that were to be compared
  std::map<Status, std::size_t> by_status;
  std::size_t waived_findings = 0;
  std::size_t findings = 0;  ///< that no waiver covers, as all of the following
  std::map<FieldPath, std::size_t> findings_by_field;
  std::map<Severity, std::size_t> findings_by_severity;
  std::map<BaselineState, std::size_t> findings_by_state;  ///< empty without an earlier run
  std::map<Fate, std::size_t> past_findings;               ///< likewise

  [[nodiscard]] std::size_t count(Status status) const;
  [[nodiscard]] std::size_t count(Severity severity) const;
};

/// Counts. Throws std::logic_error if the results are not exactly `declared` numbers with a status
/// of their own and those that are unmanaged, sorted, each once: a report that contradicts itself
/// is not written. Every format calls this before it writes its first byte.
[[nodiscard]] Summary summarize(const Report& report);

}  // namespace sipdrift
