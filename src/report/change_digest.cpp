// Grouping changes by equal words.

#include "report/change_digest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "model/visible_text.hpp"
#include "report/digest.hpp"
#include "report/wording.hpp"

namespace sipdrift {

namespace {

using Kind = ChangeGroupKind;

constexpr std::array<ChangeGroupWords, 7> group_words{{
    {Kind::unplanned, "unplanned", "Unplanned", "before", "after"},
    {Kind::missed, "did not happen", "Did not happen", "planned", "live"},
    {Kind::changed, "changed", "Changed", "before", "after"},
    {Kind::unseen, "not shown", "Not all shown", "planned", "live"},
    {Kind::planned, "planned", "Planned", "before", "after"},
    {Kind::waived, "waived", "Waived", "planned", "live"},
    {Kind::respelled, "respelled", "Respelled, and no change", "before", "after"},
}};

Kind kind_of(ChangeState state) {
  switch (state) {
    case ChangeState::unplanned:
      return Kind::unplanned;
    case ChangeState::changed:
      return Kind::changed;
    case ChangeState::planned:
      return Kind::planned;
    case ChangeState::respelled:
      break;
  }
  return Kind::respelled;
}

/// Nothing for a step that happened: its change is told.
std::optional<Kind> kind_of(StepState state) {
  switch (state) {
    case StepState::not_so:
    case StepState::was_so:
      return Kind::missed;
    case StepState::unseen:
      return Kind::unseen;
    case StepState::waived:
      return Kind::waived;
    case StepState::happened:
      break;
  }
  return std::nullopt;
}

std::string words_of(const FieldPath& path, const Value& value) {
  if (path.field) return in_words(value);
  return value == Value() ? "absent" : "configured";
}

std::string remark_on(const Change& change) { return std::string(explanation(change.rule)); }

std::string remark_on(const Step& step) {
  if (step.state == StepState::was_so) return "it was so before";
  if (step.state == StepState::unseen) {
    return "it is so as far as is shown, and a part of it is not shown";
  }
  return remark_on(Finding{.path = step.path, .expected = {}, .actual = {}, .rule = step.rule});
}

class Grouping {
 public:
  explicit Grouping(const Changes& changes) {
    for (const NumberChanges& number : changes.numbers) take(number);
  }

  ChangeDigest take_digest() && {
    ChangeDigest digest{
        .failing = {}, .gaps = {}, .others = {}, .unchanged = std::move(unchanged_)};
    for (auto& [kind, causes] : groups_) {
      ChangeGroup group{.kind = kind, .causes = {}};
      for (auto& [key, cause] : causes) group.causes.push_back(std::move(cause));
      std::stable_sort(group.causes.begin(), group.causes.end(),
                       [](const ChangeCause& a, const ChangeCause& b) {
                         return std::tuple(a.severity, a.numbers.size()) >
                                std::tuple(b.severity, b.numbers.size());
                       });
      (kind <= Kind::changed ? digest.failing : digest.others).push_back(std::move(group));
    }
    for (auto& [reason, gap] : gaps_) digest.gaps.push_back(std::move(gap));
    std::stable_sort(
        digest.gaps.begin(), digest.gaps.end(),
        [](const GapCause& a, const GapCause& b) { return a.numbers.size() > b.numbers.size(); });
    return digest;
  }

 private:
  void take(const NumberChanges& number) {
    if (number.gap) return take(number, *number.gap);
    if (number.changes.empty()) unchanged_.push_back(number.number);
    for (const Change& change : number.changes) {
      take(number, kind_of(change.state),
           {.path = change.path,
            .severity = change.severity,
            .first = words_of(change.path, change.before),
            .second = words_of(change.path, change.after),
            .remark = remark_on(change)});
    }
    for (const Step& step : number.steps) {
      const auto kind = kind_of(step.state);
      if (!kind) continue;
      const bool is_so = step.state == StepState::was_so || step.state == StepState::unseen;
      take(number, *kind,
           {.path = step.path,
            .first = words_of(step.path, step.expected),
            .second = words_of(step.path, is_so ? step.expected : step.live),
            .remark = remark_on(step)});
    }
  }

  void take(const NumberChanges& number, Kind kind, ChangeCause cause) {
    const std::string_view text = number.number.text();
    cause.first = without_number(std::move(cause.first), text);
    cause.second = without_number(std::move(cause.second), text);
    const auto key =
        std::tuple(cause.path, cause.severity, cause.first, cause.second, cause.remark);
    const auto [place, is_new] = groups_[kind].try_emplace(key, std::move(cause));
    if (is_new) place->second.source = number.source;
    place->second.numbers.push_back(number.number);
  }

  void take(const NumberChanges& number, const Gap& gap) {
    std::string reason;
    const auto add = [&](const char* when, const std::string& why) {
      if (why.empty()) return;
      reason.append(reason.empty() ? "" : "; ").append(when).append(": ").append(visible(why));
    };
    add("before", gap.before);
    add("after", gap.after);
    reason = without_number(std::move(reason), number.number.text());
    const auto [place, is_new] = gaps_.try_emplace(reason, GapCause{.reason = reason});
    if (is_new) place->second.source = number.source;
    place->second.numbers.push_back(number.number);
  }

  using Key = std::tuple<FieldPath, Severity, std::string, std::string, std::string>;

  std::map<Kind, std::map<Key, ChangeCause>> groups_;
  std::map<std::string, GapCause> gaps_;
  std::vector<E164> unchanged_;
};

}  // namespace

const ChangeGroupWords& words_for(ChangeGroupKind kind) {
  return *std::find_if(group_words.begin(), group_words.end(),
                       [&](const ChangeGroupWords& words) { return words.kind == kind; });
}

ChangeDigest digest(const Changes& changes) { return Grouping(changes).take_digest(); }

}  // namespace sipdrift
