// What changed in one line, and what that makes of the exit status.

#include <cstddef>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "report/change_digest.hpp"
#include "report/wording.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

/// What stands against a plan: "2 changes unplanned, 1 step did not happen".
std::string against_plan(const ChangeSummary& summary) {
  std::string text;
  const auto add = [&](std::size_t count, const char* noun, const char* what) {
    if (count == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counted(count, noun), what);
  };
  add(summary.count(ChangeState::unplanned), "change", "unplanned");
  add(summary.missed(), "step", "did not happen");
  add(summary.not_comparable, "number", "not comparable");
  add(summary.count(StepState::unseen), "step", "not all shown");
  return text;
}

}  // namespace

std::string headline(const Changes& changes, const ChangeSummary& summary) {
  if (summary.numbers == 0) return "No number was compared";
  const std::string against = against_plan(summary);
  if (changes.has_plan() && !against.empty()) return "Not as planned: " + against;
  const std::string numbers = counted(summary.numbers, "number");
  if (changes.has_plan()) {
    const bool is_whole = summary.count(StepState::waived) == 0;
    return fmt::format("{}: {} of {} changed",
                       is_whole ? "Exactly as planned" : "As planned, but for what is waived",
                       summary.changed, numbers);
  }
  std::string text =
      summary.changed == 0
          ? fmt::format("Nothing changed in {}", counted(summary.unchanged, "number"))
          : fmt::format("{} of {} changed", summary.changed, numbers);
  if (summary.not_comparable > 0) {
    text += fmt::format(", {} not comparable", summary.not_comparable);
  }
  return text;
}

std::string verdict_in_words(const Changes& changes) {
  const int earned = exit_status_of(changes);
  if (changes.exit_code != earned) return "nothing of this is to fail the run";
  const ChangeSummary summary = summarize(changes);
  const bool is_drift = (earned & exit_status::drift) != 0;
  if (earned == exit_status::in_sync) {
    std::string text = changes.has_plan() ? "exactly what was planned changed, and nothing else"
                                          : "nothing changed";
    if (summary.unseen > 0) text += " that is shown";
    if (summary.count(StepState::waived) > 0) text += "; some of the plan is waived";
    return text;
  }
  std::string text;
  if (is_drift) {
    text = changes.has_plan() ? "live is not as planned" : "something changed";
  } else {
    text = changes.has_plan() ? "the plan is not proved" : "nothing changed in what was compared";
  }
  const bool is_whole = (earned & exit_status::not_compared) == 0;
  return text + (is_whole ? "; every number compared" : "; not all could be compared");
}

std::string place_in_plan(const std::optional<Source>& source, const Changes& changes) {
  if (!source) return {};
  Run plan;
  plan.manifests = changes.plan;
  return place_of(*source, plan);
}

std::vector<ChangeFigure> figures_of(const Changes& changes, const ChangeSummary& summary) {
  std::vector<ChangeFigure> figures{{"numbers", "", summary.numbers},
                                    {"unchanged", "good", summary.unchanged}};
  const auto add = [&](const char* what, const char* style, std::size_t count) {
    figures.push_back({what, style, count});
  };
  if (changes.has_plan()) {
    add("changed", "", summary.changed);
    add("changes planned", "good", summary.count(ChangeState::planned));
    add("changes unplanned", "bad", summary.count(ChangeState::unplanned));
    add("steps that did not happen", "bad", summary.missed());
  } else {
    add("changed", "bad", summary.changed);
  }
  add("not comparable", "unknown", summary.not_comparable);
  return figures;
}

}  // namespace sipdrift
