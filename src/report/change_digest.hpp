// Changes as a person looks at them: what counts against them first, each cause once, with the
// numbers it concerns; and the words for them, the same in every format that is read by people.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sipdrift/changes.hpp"

namespace sipdrift {

/// What is told together, in the order in which it is told.
enum class ChangeGroupKind : std::uint8_t {
  unplanned,
  missed,   ///< steps that did not happen
  changed,  ///< without a plan
  unseen,   ///< steps of which a part is not shown
  planned,
  waived,
  respelled,
};

/// How a kind of group is told.
struct ChangeGroupWords {
  ChangeGroupKind kind = ChangeGroupKind::unplanned;
  const char* status = "";  ///< "did not happen", beside the numbers
  const char* title = "";   ///< "Did not happen"
  const char* first = "";   ///< what a cause's `first` is: "before" or "planned"
  const char* second = "";  ///< what its `second` is: "after" or "live"
};

[[nodiscard]] const ChangeGroupWords& words_for(ChangeGroupKind kind);

/// One change or one step, and every number that has it.
struct ChangeCause {
  FieldPath path;
  Severity severity = Severity::major;
  std::string first;   ///< in words: what was before, or what was planned; "{number}" is the number
  std::string second;  ///< likewise: what is after, or what is live
  std::string remark;  ///< what the two values do not tell; often empty
  std::vector<E164> numbers{};     ///< sorted, never empty
  std::optional<Source> source{};  ///< where the plan declares the first of them
};

struct ChangeGroup {
  ChangeGroupKind kind = ChangeGroupKind::unplanned;
  std::vector<ChangeCause> causes;  ///< the worst first, then what concerns most numbers
};

/// One reason why there is nothing to compare, and every number that it concerns.
struct GapCause {
  std::string reason;  ///< visible(): "before: ...; after: ..."
  std::vector<E164> numbers{};
  std::optional<Source> source{};  ///< likewise
};

struct ChangeDigest {
  std::vector<ChangeGroup> failing;  ///< what counts as changed, or against the plan; none is empty
  std::vector<GapCause> gaps;        ///< what concerns most numbers first
  std::vector<ChangeGroup> others;   ///< the rest; none is empty
  std::vector<E164> unchanged;       ///< and not so much as respelled
};

[[nodiscard]] ChangeDigest digest(const Changes& changes);

/// "412 of 500 numbers changed, as planned": the changes in one line.
[[nodiscard]] std::string headline(const Changes& changes, const ChangeSummary& summary);

/// "something changed; every number compared": what the exit status says, in its own terms.
[[nodiscard]] std::string verdict_in_words(const Changes& changes);

/// "change.yaml:12": where the plan declares a number; empty for one that it does not.
[[nodiscard]] std::string place_in_plan(const std::optional<Source>& source,
                                        const Changes& changes);

/// One figure of the summary.
struct ChangeFigure {
  const char* what = "";   ///< "unplanned"
  const char* style = "";  ///< the class that colours it in HTML
  std::size_t count = 0;
};

/// The figures that a table of them has: of numbers, and where there is a plan, of changes.
[[nodiscard]] std::vector<ChangeFigure> figures_of(const Changes& changes,
                                                   const ChangeSummary& summary);

}  // namespace sipdrift
