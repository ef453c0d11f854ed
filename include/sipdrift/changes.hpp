// What changed live between two audits: the one object from which the summary, the exit status and
// every format of `compare` derive. It is plain data.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/e164.hpp"
#include "sipdrift/finding.hpp"
#include "sipdrift/match_mode.hpp"
#include "sipdrift/report.hpp"
#include "sipdrift/sip_settings.hpp"
#include "sipdrift/source.hpp"

namespace sipdrift {

/// What a change is to whoever planned one, or did not.
enum class ChangeState : std::uint8_t {
  unplanned,  ///< the plan says nothing of it
  changed,    ///< there is no plan to hold it against
  planned,    ///< the plan says so, or it follows from what the plan says
  respelled,  ///< the same by meaning, and so no change
};
inline constexpr std::array all_change_states{ChangeState::unplanned, ChangeState::changed,
                                              ChangeState::planned, ChangeState::respelled};

/// What became of a step of the plan.
enum class StepState : std::uint8_t {
  happened,  ///< it is so now, and was not before
  not_so,    ///< it is not so now
  was_so,    ///< it is so now, and was before: nothing of it happened
  unseen,    ///< it is so as far as is shown, but a part of it is not shown
  waived,    ///< it is not so now, and a waiver of the plan covers that
};
inline constexpr std::array all_step_states{StepState::happened, StepState::not_so,
                                            StepState::was_so, StepState::unseen,
                                            StepState::waived};

// Stable words, as the JSON format has them: "unplanned", "happened".
[[nodiscard]] std::string_view name(ChangeState state);
[[nodiscard]] std::string_view name(StepState state);

/// Which parts of an endpoint have changed in effect.
struct EndpointParts {
  bool port = false;
  bool transport = false;
  bool rest = false;  ///< any other part
};

/// One field, or direction, that stands otherwise after than before. Values are as live had them,
/// nothing where there was none, and without secrets; for a direction as a whole, "configured" or
/// nothing. Texts may still hold control characters.
struct Change {
  FieldPath path;
  ChangeState state = ChangeState::changed;
  Severity severity = Severity::major;  ///< critical where encryption was lost
  Value before;
  Value after;             ///< never the same as `before`
  Rule rule = Rule::none;  ///< what makes it the same by meaning, or a change although it is
  EndpointParts parts{};   ///< of a sip_endpoint that has changed
};

/// A field, or the absence of a direction, that the plan declares for a number.
struct Step {
  FieldPath path;
  StepState state = StepState::happened;
  Value expected;          ///< nothing for unset, or for a direction that is to be absent
  Value live{};            ///< after; where `state` is not_so or waived
  Rule rule = Rule::none;  ///< why it is not so, where the two values do not tell
};

/// Why there is nothing to compare: for each side a few words, or nothing if that side is there.
/// They may quote the provider, so escape them.
struct Gap {
  std::string before;
  std::string after;
};

/// One number of either report, or of the plan.
struct NumberChanges {
  E164 number;
  std::optional<Source> source{};  ///< where the plan declares it
  std::optional<Gap> gap{};        ///< it cannot be compared; then all that follows is empty
  std::vector<Change> changes{};   ///< sorted by path, each once
  std::vector<Step> steps{};       ///< of the plan; sorted by path, each once

  /// A part of what was live is shown on neither side: whether it changed cannot be seen.
  bool has_unseen_part = false;

  /// Whether it has a change that is none of spelling alone.
  [[nodiscard]] bool is_changed() const;
};

/// Everything that is known of what changed.
struct Changes {
  Run before;
  Run after;
  MatchMode match = MatchMode::sip;
  std::vector<ManifestSource> plan{};    ///< empty: nothing was planned, and anything may change
  std::vector<NumberChanges> numbers{};  ///< sorted by number, each once
  std::vector<Notice> notices{};
  int exit_code = 0;

  [[nodiscard]] bool has_plan() const { return !plan.empty(); }
};

/// The changes in figures.
struct ChangeSummary {
  std::size_t numbers = 0;
  std::size_t unchanged = 0;                   ///< compared, and the same but for spelling
  std::size_t changed = 0;                     ///< compared, with a change of any other state
  std::size_t not_comparable = 0;              ///< together with the two above all numbers
  std::size_t respelled = 0;                   ///< of those compared, with a change of spelling
  std::size_t unseen = 0;                      ///< of those compared, with a part that is not shown
  std::map<ChangeState, std::size_t> changes;  ///< every state
  std::map<StepState, std::size_t> steps;      ///< every state
  std::size_t critical = 0;                    ///< changes

  [[nodiscard]] std::size_t count(ChangeState state) const { return changes.at(state); }
  [[nodiscard]] std::size_t count(StepState state) const { return steps.at(state); }

  /// The steps that count against the plan.
  [[nodiscard]] std::size_t missed() const {
    return count(StepState::not_so) + count(StepState::was_so);
  }
};

/// Counts. Throws std::logic_error for changes that contradict themselves: every format calls this
/// before it writes its first byte.
[[nodiscard]] ChangeSummary summarize(const Changes& changes);

/// The exit status that they earn: 0, 2, 4 or 6.
[[nodiscard]] int exit_status_of(const Changes& changes);

/// What an exit status of `compare` means, in a few words; empty for one that it does not give.
[[nodiscard]] std::string_view compare_exit_meaning(int status);

}  // namespace sipdrift
