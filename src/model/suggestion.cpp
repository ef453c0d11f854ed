// The optimal string alignment distance: insertions, deletions, substitutions, and neighbours
// swapped, which is how most keys are mistyped.

#include "model/suggestion.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return table[i * width + j];
  };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return at(a.size(), b.size());
}

bool is_part_of_the_other(std::string_view a, std::string_view b) {
  constexpr std::size_t shortest_part = 3;
  return (a.size() >= shortest_part && b.find(a) != std::string_view::npos) ||
         (b.size() >= shortest_part && a.find(b) != std::string_view::npos);
}

}  // namespace

std::optional<std::string_view> closest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  constexpr std::size_t longest_word = 64;
  constexpr std::size_t most_candidates = 1000;
  if (word.size() > longest_word || candidates.size() > most_candidates) return std::nullopt;
  const std::string lower = to_lower(word);
  std::optional<std::string_view> best;
  // One typo for every three letters, but never all of them.
  std::size_t best_distance = std::min(std::max<std::size_t>(1, word.size() / 3) + 1, word.size());
  for (const std::string_view candidate : candidates) {
    const std::size_t typos = distance(lower, to_lower(candidate));
    if (typos < best_distance) {
      best = candidate;
      best_distance = typos;
    }
  }
  if (best) return best;
  const auto part = std::find_if(
      candidates.begin(), candidates.end(),
      [&](std::string_view candidate) { return is_part_of_the_other(lower, candidate); });
  return part == candidates.end() ? std::nullopt : std::optional(*part);
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates,
                       std::string_view fallback) {
  if (const auto meant = closest(word, candidates))
    return fmt::format("did you mean \"{}\"?", *meant);
  constexpr std::size_t most_listed = 20;
  const auto listed = candidates.first(std::min(candidates.size(), most_listed));
  return fmt::format("{} {}{}", fallback, fmt::join(listed, ", "),
                     listed.size() < candidates.size() ? ", and more" : "");
}

}  // namespace sipdrift
