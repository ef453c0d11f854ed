// Two reports side by side, and the plan beside them.

#include "sipdrift/find_changes.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "audit/plan.hpp"
#include "compare/shown_part.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/compare.hpp"

namespace sipdrift {

namespace {

std::string in_words(const std::optional<Shard>& shard) {
  return shard ? fmt::format("part {} of {}", shard->index, shard->count) : "all of the fleet";
}

/// Why the two are no before and after; empty if they are.
std::string fault_of(const Run& before, const Run& after) {
  if (before.id == after.id) return fmt::format("these are the same run, {}", visible(before.id));
  if (before.api_url != after.api_url) {
    return fmt::format("these are of different APIs: {} before, and {} after",
                       visible(before.api_url), visible(after.api_url));
  }
  if (before.shard != after.shard) {
    return fmt::format("these are of different parts of a fleet: {} before, and {} after",
                       in_words(before.shard), in_words(after.shard));
  }
  if (after.started_at < before.started_at) {
    return fmt::format(
        "the second began before the first, {} and {}: are they the wrong way round?",
        rfc3339(after.started_at), rfc3339(before.started_at));
  }
  return {};
}

/// Why a report says nothing of what was live for a number; empty if it does.
std::string lack_of(const NumberResult* result) {
  if (result == nullptr) return "not in the report";
  if (result->observed) return {};
  if (result->status() == Status::unmanaged) {
    return "in no manifest, so that its configuration was not asked for";
  }
  const NotCompared* const error = result->error();
  if (error == nullptr) return "the report does not keep what was live";
  return fmt::format("{}: {}", name(error->kind), error->message);
}

std::optional<Gap> gap_between(const NumberResult* before, const NumberResult* after) {
  Gap gap{.before = lack_of(before), .after = lack_of(after)};
  if (!gap.before.empty() || !gap.after.empty()) return gap;
  // A run that completes an earlier one has what that one saw, and two can run at once.
  const auto& then = before->evidence.observed_at;
  const auto& now = after->evidence.observed_at;
  if (then && now && *then < *now) return std::nullopt;
  gap.after = "not looked at later than before";
  return gap;
}

/// Whether a part of what was live is shown on neither side, so that it can have changed.
bool has_unseen_part(const LiveRecord& before, const LiveRecord& after) {
  return std::any_of(all_directions.begin(), all_directions.end(), [&](Direction direction) {
    const auto& from = before[direction];
    const auto& to = after[direction];
    if (!from || !to) return false;
    const auto is_unseen = [](const auto& a, const auto& b) {
      return is_partly_hidden(a) && is_partly_hidden(b);
    };
    return is_unseen(from->sip_endpoint, to->sip_endpoint) ||
           is_unseen(from->transport, to->transport) || is_unseen(from->auth_mode, to->auth_mode);
  });
}

/// Steps through what is sorted by number, once.
template <class Entry>
class Walk {
 public:
  explicit Walk(const std::vector<Entry>& entries)
      : next_(entries.data()), end_(next_ + entries.size()) {}

  [[nodiscard]] const Entry* next() const { return next_ == end_ ? nullptr : next_; }

  /// The entry for that number, which is not behind the next one's.
  const Entry* take(const E164& number) {
    return next() != nullptr && next_->number == number ? next_++ : nullptr;
  }

 private:
  const Entry* next_;
  const Entry* end_;
};

class Finder {
 public:
  Finder(const Report& before, const Report& after, const Manifest* plan, MatchMode mode)
      : plan_(plan),
        mode_(mode),
        end_(after.run.finished_at),
        before_(before.results),
        after_(after.results),
        declared_(plan == nullptr ? none : plan->numbers) {}

  std::vector<NumberChanges> take_all() && {
    std::vector<NumberChanges> numbers;
    while (const auto number = next_number()) {
      numbers.push_back(changes_of(*number, before_.take(*number), after_.take(*number),
                                   declared_.take(*number)));
    }
    return numbers;
  }

 private:
  [[nodiscard]] std::optional<E164> next_number() const {
    std::optional<E164> least;
    const auto look_at = [&](const auto* entry) {
      if (entry != nullptr && (!least || entry->number < *least)) least = entry->number;
    };
    look_at(before_.next());
    look_at(after_.next());
    look_at(declared_.next());
    return least;
  }

  [[nodiscard]] NumberChanges changes_of(const E164& one, const NumberResult* before,
                                         const NumberResult* after,
                                         const DeclaredNumber* declared) const {
    NumberChanges number{.number = one};
    if (declared != nullptr) number.source = declared->source;
    number.gap = gap_between(before, after);
    if (number.gap) return number;
    const LivePair live{.before = *before->observed, .after = *after->observed, .mode = mode_};
    number.changes = compare(live.before, live.after, mode_);
    number.has_unseen_part = has_unseen_part(live.before, live.after);
    if (declared != nullptr) {
      hold_against(*plan_, *declared, live, end_, number);
    } else if (plan_ != nullptr) {
      for (Change& change : number.changes) {
        if (change.state == ChangeState::changed) change.state = ChangeState::unplanned;
      }
    }
    return number;
  }

  inline static const std::vector<DeclaredNumber> none;

  const Manifest* plan_;
  MatchMode mode_;
  Timestamp end_;
  Walk<NumberResult> before_;
  Walk<NumberResult> after_;
  Walk<DeclaredNumber> declared_;
};

void add_notices(Changes& changes) {
  const ChangeSummary summary = summarize(changes);
  if (summary.unseen > 0) {
    changes.notices.push_back({fmt::format(
        "{} an endpoint with a part that is not shown; a change of that part alone "
        "cannot be seen",
        summary.unseen == 1 ? "1 number has" : fmt::format("{} numbers have", summary.unseen))});
  }
  const auto tell_of = [&](const Run& run, const char* which) {
    if (run.complete) return;
    changes.notices.push_back({fmt::format(
        "the audit {} was not complete: what it had no turn for is not compared", which)});
  };
  tell_of(changes.before, "before");
  tell_of(changes.after, "after");
  if (summary.numbers == 0) {
    changes.notices.push_back({"neither report has a number: nothing was compared"});
  }
}

}  // namespace

Result<Changes, std::string> find_changes(const Report& before, const Report& after,
                                          const Manifest* plan, MatchMode mode) {
  std::string fault = fault_of(before.run, after.run);
  if (!fault.empty()) return Unexpected{std::move(fault)};
  Changes changes{.before = before.run, .after = after.run, .match = mode};
  if (plan != nullptr) changes.plan = plan->files;
  changes.numbers = Finder(before, after, plan, mode).take_all();
  add_notices(changes);
  changes.exit_code = exit_status_of(changes);
  return changes;
}

}  // namespace sipdrift
