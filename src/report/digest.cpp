// Grouping by equal words: two findings are one cause if a reader could not tell them apart.

#include "report/digest.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/wording.hpp"

namespace sipdrift {

namespace {

/// The values of a map, in order.
template <class Key, class Group>
std::vector<Group> values_of(std::map<Key, Group>&& groups) {
  std::vector<Group> values;
  values.reserve(groups.size());
  for (auto& [key, group] : groups) values.push_back(std::move(group));
  return values;
}

std::vector<E164> plain(const Numbers& numbers) {
  std::vector<E164> list;
  list.reserve(numbers.size());
  for (const NumberResult* const number : numbers) list.push_back(number->number);
  return list;
}

class Grouping {
 public:
  explicit Grouping(const Report& report) : report_(report) {
    for (const NumberResult& result : report.results) take(result);
    if (!report.previous) return;
    for (const PastFinding& past : report.previous->findings) take(past);
  }

  Digest take_digest() && {
    Digest digest{.drift = {},
                  .waived = {},
                  .obstacles = values_of(std::move(obstacles_)),
                  .unmanaged = std::move(unmanaged_),
                  .past = values_of(std::move(past_)),
                  .in_sync = std::move(in_sync_),
                  .equivalent = equivalent_};
    std::vector<Group> groups = values_of(std::move(causes_));
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      const auto badness = [](const Group& group) {
        return std::tuple(group.cause.severity, !is_known(group), group.cause.numbers.size());
      };
      return badness(a) > badness(b);
    });
    for (Group& group : groups) {
      if (group.baseline) group.cause.history = in_words(*group.baseline);
      (group.cause.waiver == nullptr ? digest.drift : digest.waived)
          .push_back(std::move(group.cause));
    }
    std::stable_sort(
        digest.obstacles.begin(), digest.obstacles.end(),
        [](const Obstacle& a, const Obstacle& b) { return a.numbers.size() > b.numbers.size(); });
    return digest;
  }

 private:
  void take(const NumberResult& result) {
    for (const Finding& finding : result.findings()) take(result, finding);
    if (const NotCompared* const error = result.error()) {
      std::string message = without_number(visible(error->message), result.number.text());
      Obstacle& group = obstacles_[{error->kind, message}];
      group.kind = error->kind;
      if (group.numbers.empty()) group.message = std::move(message);
      group.numbers.push_back(&result);
    }
    if (result.status() == Status::unmanaged) unmanaged_.push_back(&result);
    if (result.status() != Status::in_sync) return;
    in_sync_.push_back(&result);
    const auto& matches = result.matches();
    const bool is_equivalent = std::any_of(matches.begin(), matches.end(), [](const Match& match) {
      return match.agreement == Agreement::equivalent;
    });
    if (is_equivalent) ++equivalent_;
  }

  /// What causes are told apart by; the last two are of the waiver and the baseline.
  using CauseKey = std::tuple<FieldPath, FindingKind, Severity, std::string, std::string,
                              std::string, std::int64_t, int>;

  void take(const NumberResult& result, const Finding& finding) {
    const std::string_view number = result.number.text();
    const CauseKey key{finding.path,
                       finding.kind,
                       finding.severity,
                       without_number(expected_in_words(finding), number),
                       without_number(live_in_words(finding), number),
                       remark_on(finding),
                       finding.waiver ? std::int64_t{*finding.waiver} : -1,
                       finding.baseline ? static_cast<int>(finding.baseline->state) : -1};
    Group& group = causes_[key];
    Cause& cause = group.cause;
    if (cause.numbers.empty()) {
      std::tie(cause.path, cause.kind, cause.severity, cause.expected, cause.live, cause.remark,
               std::ignore, std::ignore) = key;
      if (finding.waiver) cause.waiver = &report_.waivers.at(*finding.waiver).waiver;
      group.baseline = finding.baseline;
    } else if (finding.baseline) {
      group.baseline->first_seen =
          std::min(group.baseline->first_seen, finding.baseline->first_seen);
      group.baseline->runs = std::max(group.baseline->runs, finding.baseline->runs);
    }
    cause.numbers.push_back(&result);
  }

  void take(const PastFinding& past) {
    if (past.fate == Fate::not_compared) return;
    const std::string_view number = past.number.text();
    const Finding& finding = past.finding;
    auto key =
        std::tuple(past.fate, finding.path, without_number(expected_in_words(finding), number),
                   without_number(live_in_words(finding), number));
    PastCause& cause = past_[key];
    if (cause.numbers.empty()) {
      std::tie(cause.fate, cause.path, cause.expected, cause.live) = std::move(key);
    }
    cause.numbers.push_back(past.number);
  }

  /// A cause, and its baseline: the earliest and longest of its findings.
  struct Group {
    Cause cause;
    std::optional<Baseline> baseline;
  };

  static bool is_known(const Group& group) {
    return group.baseline && group.baseline->state == BaselineState::unchanged;
  }

  const Report& report_;
  std::map<CauseKey, Group> causes_;
  std::map<std::tuple<Fate, FieldPath, std::string, std::string>, PastCause> past_;
  std::map<std::pair<ErrorKind, std::string>, Obstacle> obstacles_;
  Numbers unmanaged_;
  Numbers in_sync_;
  std::size_t equivalent_ = 0;
};

}  // namespace

Digest digest(const Report& report) { return Grouping(report).take_digest(); }

std::string without_number(std::string text, std::string_view number) {
  constexpr std::string_view placeholder = "{number}";
  for (std::size_t at = text.find(number); at != std::string::npos;
       at = text.find(number, at + placeholder.size())) {
    text.replace(at, number.size(), placeholder);
  }
  return text;
}

std::vector<std::string> in_ranges(const std::vector<E164>& numbers) {
  constexpr std::ptrdiff_t least = 3;
  std::vector<std::string> entries;
  for (auto first = numbers.begin(); first != numbers.end();) {
    const auto end = std::adjacent_find(
        first, numbers.end(),
        [](const E164& number, const E164& following) { return number.next() != following; });
    const auto last = end == numbers.end() ? end - 1 : end;
    if (last - first + 1 >= least) {
      entries.push_back(fmt::format("{}..{}", first->text(), last->text()));
    } else {
      for (auto one = first; one <= last; ++one) entries.emplace_back(one->text());
    }
    first = last + 1;
  }
  return entries;
}

std::vector<std::string> in_ranges(const Numbers& numbers) { return in_ranges(plain(numbers)); }

std::string in_words(const std::vector<E164>& numbers, std::size_t most_entries) {
  std::vector<std::string> entries = in_ranges(numbers);
  if (entries.size() > most_entries) {
    entries.resize(most_entries);
    entries.emplace_back("...");
  }
  return fmt::format("{}: {}", counted(numbers.size(), "number"), fmt::join(entries, ", "));
}

std::string in_words(const Numbers& numbers, std::size_t most_entries) {
  return in_words(plain(numbers), most_entries);
}

}  // namespace sipdrift
