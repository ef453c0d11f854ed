// Each declared field is a step; each change is explained by a step that has come true, or it is
// not planned.

#include "audit/plan.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "compare/live_endpoint.hpp"
#include "compare/shown_part.hpp"
#include "model/characters.hpp"
#include "sipdrift/compare.hpp"

namespace sipdrift {

namespace {

std::map<FieldPath, Finding> by_path(Comparison comparison) {
  std::map<FieldPath, Finding> findings;
  for (Finding& finding : comparison.findings) {
    const FieldPath path = finding.path;
    findings.emplace(path, std::move(finding));
  }
  return findings;
}

/// What every step declares, by its path: a number without any configuration has none of it.
std::map<FieldPath, Value> expected_values(const Expectation& expectation, const E164& number) {
  const Comparison with_nothing =
      compare(expectation, {.number = number, .inbound = {}, .outbound = {}}, MatchMode::sip);
  std::map<FieldPath, Value> values;
  for (const Finding& finding : with_nothing.findings) {
    values.emplace(finding.path, finding.expected);
  }
  for (const Match& match : with_nothing.matches) values.emplace(match.path, Value());
  return values;
}

bool is_waived(const Manifest& plan, const DeclaredNumber& declared, const Finding& finding,
               Timestamp time) {
  const auto& tags = plan.declaration_of(declared).tags;
  return std::any_of(plan.waivers.begin(), plan.waivers.end(), [&](const Waiver& waiver) {
    return time < waiver.ends_at && covers(waiver, declared.number, tags, finding);
  });
}

/// Whether a plan whose steps in `true_now` have come true brings a change about.
class Explanation {
 public:
  Explanation(const Expectation& plan, const std::set<FieldPath>& true_now, const LivePair& live)
      : plan_(plan), true_now_(true_now), live_(live) {}

  [[nodiscard]] bool covers(const Change& change) const {
    const Direction direction = change.path.direction;
    if (true_now_.contains(change.path) || holds(direction, std::nullopt)) return true;
    if (!change.path.field) return brings_up(direction);
    switch (*change.path.field) {
      case Field::sip_endpoint:
        return !change.parts.rest && (!change.parts.port || holds(direction, Field::port)) &&
               (!change.parts.transport || holds(direction, Field::transport));
      case Field::port:
      case Field::transport:
        return is_inside_declared_endpoint(change);
      default:
        return false;
    }
  }

 private:
  [[nodiscard]] bool holds(Direction direction, std::optional<Field> field) const {
    return true_now_.contains({direction, field});
  }

  /// A direction has to be configured for a field of it to have a value.
  [[nodiscard]] bool brings_up(Direction direction) const {
    const DirectionExpectation& declared = plan_[direction];
    const auto has = [&](Field field, const auto& wanted) {
      return wanted && wanted->value && holds(direction, field);
    };
    return has(Field::auth_mode, declared.auth_mode) || has(Field::port, declared.port) ||
           has(Field::secure_media, declared.secure_media) ||
           has(Field::sip_endpoint, declared.sip_endpoint) ||
           has(Field::transport, declared.transport);
  }

  /// The options' port or transport became what the declared endpoint says; where they are compared
  /// as they stand, to the letter.
  [[nodiscard]] bool is_inside_declared_endpoint(const Change& change) const {
    const Direction direction = change.path.direction;
    const auto& endpoint = plan_[direction].sip_endpoint;
    if (!endpoint || !endpoint->value || !holds(direction, Field::sip_endpoint)) return false;
    const auto& after = live_.after[direction];
    if (!after) return false;
    const LiveEndpoint in_effect(*after);
    const bool is_exact = live_.mode == MatchMode::exact;
    if (change.path.field == Field::port) {
      const auto port = endpoint->value->port();
      return port && in_effect.port() == port && (!is_exact || after->port);
    }
    const auto transport = endpoint->value->transport();
    const auto live_transport = in_effect.transport();
    return transport && live_transport && to_lower(*live_transport) == *transport &&
           (!is_exact || after->transport);
  }

  const Expectation& plan_;
  const std::set<FieldPath>& true_now_;
  const LivePair& live_;
};

}  // namespace

void hold_against(const Manifest& plan, const DeclaredNumber& declared, const LivePair& live,
                  Timestamp time, NumberChanges& number) {
  const Expectation expectation = as_far_as_shown(plan.declaration_of(declared).expectation);
  const Expectation& stated = plan.declaration_of(declared).expectation;
  const LiveRecord shown_after = as_far_as_shown(live.after);
  const auto not_now = by_path(compare(expectation, shown_after, live.mode));
  const auto not_before = by_path(compare(expectation, as_far_as_shown(live.before), live.mode));

  std::set<FieldPath> true_now;
  for (const auto& [path, expected] : expected_values(stated, declared.number)) {
    Step step{.path = path, .expected = expected};
    const auto found = not_now.find(path);
    if (found != not_now.end()) {
      const Finding& finding = found->second;
      const bool is_covered = is_waived(plan, declared, finding, time);
      step.state = is_covered ? StepState::waived : StepState::not_so;
      step.live = finding.actual;
      step.rule = finding.rule;
    } else {
      true_now.insert(path);
      const auto& after = live.after[path.direction];
      const bool is_unseen =
          path.field == Field::sip_endpoint && after && is_partly_hidden(after->sip_endpoint);
      if (is_unseen) {
        step.state = StepState::unseen;
      } else if (!not_before.contains(path)) {
        step.state = StepState::was_so;
      }
    }
    number.steps.push_back(std::move(step));
  }
  const LivePair shown{.before = live.before, .after = shown_after, .mode = live.mode};
  const Explanation explanation(expectation, true_now, shown);
  for (Change& change : number.changes) {
    if (change.state == ChangeState::respelled) continue;
    change.state = explanation.covers(change) ? ChangeState::planned : ChangeState::unplanned;
  }
}

}  // namespace sipdrift
