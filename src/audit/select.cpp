// Globs over numbers and tags, by fnmatch(3).

#include "audit/select.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include <fnmatch.h>

namespace sipdrift {

namespace {

constexpr std::string_view tag_prefix = "tag:";

bool matches_glob(const std::string& pattern, const std::string& text) {
  return fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

bool matches(const std::string& pattern, const E164& number, std::span<const std::string> tags) {
  if (!pattern.starts_with(tag_prefix)) return matches_glob(pattern, std::string(number.text()));
  const std::string tag_pattern = pattern.substr(tag_prefix.size());
  return std::any_of(tags.begin(), tags.end(),
                     [&](const std::string& tag) { return matches_glob(tag_pattern, tag); });
}

/// Whether the patterns that `is_matched` finds to fit select something.
template <class IsMatched>
bool selects(const Selection& selection, const IsMatched& is_matched) {
  const bool is_wanted = selection.only.empty() ||
                         std::any_of(selection.only.begin(), selection.only.end(), is_matched);
  return is_wanted && std::none_of(selection.exclude.begin(), selection.exclude.end(), is_matched);
}

}  // namespace

std::vector<const DeclaredNumber*> select(const Manifest& manifest, const Selection& selection) {
  std::vector<const DeclaredNumber*> selected;
  for (const DeclaredNumber& number : manifest.numbers) {
    const Declaration& declaration = manifest.declaration_of(number);
    if (is_selected(number.number, declaration.tags, selection)) selected.push_back(&number);
  }
  return selected;
}

bool is_selected(const E164& number, std::span<const std::string> tags,
                 const Selection& selection) {
  return selects(selection,
                 [&](const std::string& pattern) { return matches(pattern, number, tags); });
}

bool is_selected(const std::string& name, const Selection& selection) {
  return selects(selection,
                 [&](const std::string& pattern) { return matches_glob(pattern, name); });
}

std::vector<const DeclaredNumber*> part_of(const std::vector<const DeclaredNumber*>& selected,
                                           const std::optional<Shard>& shard) {
  if (!shard) return selected;
  std::vector<const DeclaredNumber*> part;
  std::copy_if(selected.begin(), selected.end(), std::back_inserter(part),
               [&](const DeclaredNumber* one) { return shard->holds(one->number); });
  return part;
}

}  // namespace sipdrift
