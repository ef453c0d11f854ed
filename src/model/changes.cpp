// The words and figures of what changed, and the exit status that it earns.

#include "sipdrift/changes.hpp"

#include <algorithm>
#include <stdexcept>

#include "model/names.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Named<ChangeState>, 4> change_state_names{{
    {ChangeState::unplanned, "unplanned"},
    {ChangeState::changed, "changed"},
    {ChangeState::planned, "planned"},
    {ChangeState::respelled, "respelled"},
}};

constexpr std::array<Named<StepState>, 5> step_state_names{{
    {StepState::happened, "happened"},
    {StepState::not_so, "not_so"},
    {StepState::was_so, "was_so"},
    {StepState::unseen, "unseen"},
    {StepState::waived, "waived"},
}};

/// Whether anything is told of a number that could not be compared, or of a plan that is none.
bool contradicts_itself(const NumberChanges& number, bool has_plan) {
  const auto& changes = number.changes;
  if (number.gap && !(changes.empty() && number.steps.empty())) return true;
  if (!has_plan && (!number.steps.empty() || number.source)) return true;
  return std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
    const bool needs_plan =
        change.state == ChangeState::planned || change.state == ChangeState::unplanned;
    const bool needs_none = change.state == ChangeState::changed;
    return change.before == change.after || (has_plan ? needs_none : needs_plan);
  });
}

}  // namespace

std::string_view name(ChangeState state) { return name_in(change_state_names, state); }
std::string_view name(StepState state) { return name_in(step_state_names, state); }

bool NumberChanges::is_changed() const {
  return std::any_of(changes.begin(), changes.end(),
                     [](const Change& change) { return change.state != ChangeState::respelled; });
}

ChangeSummary summarize(const Changes& changes) {
  ChangeSummary summary;
  for (const ChangeState state : all_change_states) summary.changes[state] = 0;
  for (const StepState state : all_step_states) summary.steps[state] = 0;
  const NumberChanges* last = nullptr;
  for (const NumberChanges& number : changes.numbers) {
    if (contradicts_itself(number, changes.has_plan())) {
      throw std::logic_error("the changes of a number contradict themselves");
    }
    if (last != nullptr && last->number >= number.number) {
      throw std::logic_error("the changes have a number twice, or out of order");
    }
    last = &number;
    ++summary.numbers;
    if (number.gap) {
      ++summary.not_comparable;
      continue;
    }
    ++(number.is_changed() ? summary.changed : summary.unchanged);
    if (number.has_unseen_part) ++summary.unseen;
    bool is_respelled = false;
    for (const Change& change : number.changes) {
      ++summary.changes[change.state];
      is_respelled = is_respelled || change.state == ChangeState::respelled;
      if (change.severity == Severity::critical) ++summary.critical;
    }
    if (is_respelled) ++summary.respelled;
    for (const Step& step : number.steps) ++summary.steps[step.state];
  }
  return summary;
}

int exit_status_of(const Changes& changes) {
  const ChangeSummary summary = summarize(changes);
  unsigned bits = 0;
  if (summary.count(ChangeState::changed) + summary.count(ChangeState::unplanned) > 0 ||
      summary.missed() > 0) {
    bits |= unsigned{exit_status::drift};
  }
  if (summary.not_comparable + summary.count(StepState::unseen) > 0) {
    bits |= unsigned{exit_status::not_compared};
  }
  return static_cast<int>(bits);
}

std::string_view compare_exit_meaning(int status) {
  switch (status) {
    case exit_status::in_sync:
      return "nothing changed, or exactly what was planned";
    case exit_status::no_audit:
      return "a report could not be written";
    case exit_status::drift:
      return "something changed, or with --expect not as planned; every number compared";
    case exit_status::not_compared:
      return "some numbers could not be compared; nothing of the kind in the others";
    case exit_status::drift | exit_status::not_compared:
      return "both of these";
    case exit_status::usage:
      return "bad command line";
    case exit_status::bad_input:
      return "bad report or manifest, or two reports that cannot be compared";
    default:
      return {};
  }
}

}  // namespace sipdrift
