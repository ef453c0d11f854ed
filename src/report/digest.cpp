// Grouping by equal words: two findings are one cause if a reader could not tell them apart.

#include "report/digest.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/wording.hpp"

namespace sipdrift {

namespace {

/// A trunk's user part is often the number itself: without it, the same change on a thousand
/// numbers would be a thousand causes.
std::string without_number(std::string text, std::string_view number) {
  constexpr std::string_view placeholder = "{number}";
  for (std::size_t at = text.find(number); at != std::string::npos;
       at = text.find(number, at + placeholder.size())) {
    text.replace(at, number.size(), placeholder);
  }
  return text;
}

/// Sorts by how bad, how many, and then as the map had them.
template <class Group, class Badness>
void worst_first(std::vector<Group>& groups, Badness badness) {
  std::stable_sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
    return std::tuple(badness(a), a.numbers.size()) > std::tuple(badness(b), b.numbers.size());
  });
}

/// The values of a map, in order.
template <class Key, class Group>
std::vector<Group> values_of(std::map<Key, Group>&& groups) {
  std::vector<Group> values;
  values.reserve(groups.size());
  for (auto& [key, group] : groups) values.push_back(std::move(group));
  return values;
}

class Grouping {
 public:
  void take(const NumberResult& result) {
    for (const Finding& finding : result.findings()) take(result, finding);
    if (const NotCompared* const error = result.error()) {
      std::string message = without_number(visible(error->message), result.number.text());
      Obstacle& group = obstacles_[{error->kind, message}];
      group.kind = error->kind;
      if (group.numbers.empty()) group.message = std::move(message);
      group.numbers.push_back(&result);
    }
    if (result.status() != Status::in_sync) return;
    in_sync_.push_back(&result);
    const auto& matches = result.matches();
    const bool is_equivalent = std::any_of(matches.begin(), matches.end(), [](const Match& match) {
      return match.agreement == Agreement::equivalent;
    });
    if (is_equivalent) ++equivalent_;
  }

  Digest take_digest() && {
    Digest digest{.drift = values_of(std::move(causes_)),
                  .obstacles = values_of(std::move(obstacles_)),
                  .in_sync = std::move(in_sync_),
                  .equivalent = equivalent_};
    worst_first(digest.drift, [](const Cause& cause) { return cause.severity; });
    worst_first(digest.obstacles, [](const Obstacle&) { return 0; });
    return digest;
  }

 private:
  using CauseKey =
      std::tuple<FieldPath, FindingKind, Severity, std::string, std::string, std::string>;

  void take(const NumberResult& result, const Finding& finding) {
    const std::string_view number = result.number.text();
    CauseKey key{finding.path,
                 finding.kind,
                 finding.severity,
                 without_number(expected_in_words(finding), number),
                 without_number(live_in_words(finding), number),
                 remark_on(finding)};
    Cause& cause = causes_[key];
    if (cause.numbers.empty()) {
      std::tie(cause.path, cause.kind, cause.severity, cause.expected, cause.live, cause.remark) =
          std::move(key);
    }
    cause.numbers.push_back(&result);
  }

  std::map<CauseKey, Cause> causes_;
  std::map<std::pair<ErrorKind, std::string>, Obstacle> obstacles_;
  Numbers in_sync_;
  std::size_t equivalent_ = 0;
};

}  // namespace

Digest digest(const Report& report) {
  Grouping grouping;
  for (const NumberResult& result : report.results) grouping.take(result);
  return std::move(grouping).take_digest();
}

std::vector<std::vector<const Cause*>> of_the_same_numbers(const std::vector<Cause>& causes) {
  std::vector<std::vector<const Cause*>> groups;
  const auto is_before = [](const Numbers* a, const Numbers* b) { return *a < *b; };
  std::map<const Numbers*, std::size_t, decltype(is_before)> places(is_before);
  for (const Cause& cause : causes) {
    const auto [place, is_new] = places.emplace(&cause.numbers, groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&cause);
  }
  return groups;
}

std::vector<std::string> in_ranges(const Numbers& numbers) {
  constexpr std::ptrdiff_t least = 3;
  std::vector<std::string> entries;
  for (auto first = numbers.begin(); first != numbers.end();) {
    const auto end = std::adjacent_find(
        first, numbers.end(), [](const NumberResult* number, const NumberResult* following) {
          return number->number.next() != following->number;
        });
    const auto last = end == numbers.end() ? end - 1 : end;
    if (last - first + 1 >= least) {
      entries.push_back(fmt::format("{}..{}", (*first)->number.text(), (*last)->number.text()));
    } else {
      for (auto one = first; one <= last; ++one) entries.emplace_back((*one)->number.text());
    }
    first = last + 1;
  }
  return entries;
}

std::string in_words(const Numbers& numbers, std::size_t most_entries) {
  std::vector<std::string> entries = in_ranges(numbers);
  if (entries.size() > most_entries) {
    entries.resize(most_entries);
    entries.emplace_back("...");
  }
  return fmt::format("{}: {}", counted(numbers.size(), "number"), fmt::join(entries, ", "));
}

}  // namespace sipdrift
