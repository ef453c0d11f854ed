// Field by field: what the report has, and what its observation comes to.

#include "audit/judge_again.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "model/redaction.hpp"
#include "sipdrift/compare.hpp"

namespace sipdrift {

namespace {

using Answer = std::variant<const Finding*, const Match*>;

std::map<FieldPath, Answer> answers_of(const std::vector<Finding>& findings,
                                       const std::vector<Match>& matches) {
  std::map<FieldPath, Answer> answers;
  for (const Finding& finding : findings) answers.emplace(finding.path, &finding);
  for (const Match& match : matches) answers.emplace(match.path, &match);
  return answers;
}

bool hides(const std::optional<std::string>& text) { return text && is_partly_hidden(*text); }

/// How much of a field's verdict rests on a text with a part that is not shown.
enum class Hidden : std::uint8_t {
  nothing,
  rule,  ///< what live's options say decides; what its endpoint says beside them is only told of
  verdict,
};

/// By meaning, endpoint, port and transport are compared together.
Hidden hidden_of(const FieldPath& path, const LiveRecord& observed, MatchMode match) {
  const auto& live = observed[path.direction];
  if (!live || !path.field) return Hidden::nothing;
  const bool is_by_meaning = match == MatchMode::sip;
  const bool has_hidden_endpoint = is_by_meaning && hides(live->sip_endpoint);
  const auto either = [](bool is_hidden) { return is_hidden ? Hidden::verdict : Hidden::nothing; };
  switch (*path.field) {
    case Field::auth_mode:
      return either(hides(live->auth_mode));
    case Field::port:
      if (has_hidden_endpoint) return live->port ? Hidden::rule : Hidden::verdict;
      return Hidden::nothing;
    case Field::secure_media:
      return Hidden::nothing;
    case Field::sip_endpoint:
      return either(hides(live->sip_endpoint) || (is_by_meaning && hides(live->transport)));
    case Field::transport:
      if (hides(live->transport)) return Hidden::verdict;
      if (has_hidden_endpoint) return live->transport ? Hidden::rule : Hidden::verdict;
      return Hidden::nothing;
  }
  return Hidden::verdict;
}

bool is_hidden(const Value& value) {
  const auto* const text = std::get_if<std::string>(&value);
  return text != nullptr && is_partly_hidden(*text);
}

std::string text_of(const Value& value) { return pin_text(value).value_or("not shown whole"); }

std::string text_of(const Answer& answer) {
  if (const auto* const match = std::get_if<const Match*>(&answer)) {
    const Match& agreed = **match;
    return fmt::format("{}{}{}", name(agreed.agreement), agreed.rule == Rule::none ? "" : " by ",
                       name(agreed.rule));
  }
  const Finding& finding = *std::get<const Finding*>(answer);
  return fmt::format("{} (expected {}, live {}, {}{}{})", name(finding.kind),
                     text_of(finding.expected), text_of(finding.actual), name(finding.severity),
                     finding.rule == Rule::none ? "" : ", ", name(finding.rule));
}

enum class Likeness : std::uint8_t { same, hidden, other };

/// A value with a hidden part that the second verdict shows whole was taken out by the run's filter
/// for secrets, which is not there any more.
Likeness likeness(const Value& told, const Value& again) {
  if (told == again) return Likeness::same;
  return is_hidden(told) ? Likeness::hidden : Likeness::other;
}

Likeness likeness(const Answer& told, const Answer& again, Hidden hidden) {
  if (hidden == Hidden::verdict) return Likeness::hidden;
  if (told.index() != again.index()) return Likeness::other;
  const bool is_rule_hidden = hidden == Hidden::rule;
  if (const auto* const match = std::get_if<const Match*>(&told)) {
    const Match& other = *std::get<const Match*>(again);
    const bool is_same = (*match)->agreement == other.agreement && (*match)->rule == other.rule;
    return is_same || is_rule_hidden ? Likeness::same : Likeness::other;
  }
  const Finding& a = *std::get<const Finding*>(told);
  const Finding& b = *std::get<const Finding*>(again);
  if (a.kind != b.kind || a.severity != b.severity) return Likeness::other;
  if (a.rule != b.rule && !is_rule_hidden) return Likeness::other;
  return std::max(likeness(a.expected, b.expected), likeness(a.actual, b.actual));
}

}  // namespace

bool is_partly_hidden(std::string_view text) {
  return text.find(redacted_mark) != std::string_view::npos;
}

SecondVerdict judge_again(const Expectation& expectation, const NumberResult& result,
                          MatchMode match) {
  SecondVerdict verdict;
  const Comparison comparison = compare(expectation, *result.observed, match);
  auto told = answers_of(result.findings(), result.matches());
  for (const auto& [path, again] : answers_of(comparison.findings, comparison.matches)) {
    const auto first = told.extract(path);
    if (first.empty()) {
      verdict.faults.push_back(fmt::format("{} is declared, and was not compared", path.text()));
      continue;
    }
    const Likeness how = likeness(first.mapped(), again, hidden_of(path, *result.observed, match));
    if (how == Likeness::same) ++verdict.made_again;
    if (how == Likeness::hidden) ++verdict.hidden;
    if (how == Likeness::other) {
      verdict.faults.push_back(fmt::format("{} is {}, and what was observed comes to {}",
                                           path.text(), text_of(first.mapped()), text_of(again)));
    }
  }
  for (const auto& [path, answer] : told) {
    verdict.faults.push_back(fmt::format("{} is not declared, and was compared", path.text()));
  }
  return verdict;
}

}  // namespace sipdrift
