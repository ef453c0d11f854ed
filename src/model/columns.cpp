// Counting by code points: the widths of Unicode Standard Annex 11, made coarse to the safe side.

#include "model/columns.hpp"

#include <iterator>

#include <utf8.h>

namespace sipdrift {

namespace {

std::size_t columns_of(char32_t code_point) {
  constexpr char32_t first_wide = 0x1100;
  return code_point < first_wide ? 1 : 2;
}

/// As many of the first characters as fit.
std::string_view beginning(std::string_view text, std::size_t columns) {
  const auto* end = text.begin();
  for (const auto* next = end; next != text.end(); end = next) {
    const std::size_t width = columns_of(utf8::unchecked::next(next));
    if (width > columns) break;
    columns -= width;
  }
  return text.substr(0, static_cast<std::size_t>(std::distance(text.begin(), end)));
}

/// As many of the last.
std::string_view ending(std::string_view text, std::size_t columns) {
  const auto* begin = text.end();
  for (const auto* previous = begin; previous != text.begin(); begin = previous) {
    const std::size_t width = columns_of(utf8::unchecked::prior(previous));
    if (width > columns) break;
    columns -= width;
  }
  return text.substr(static_cast<std::size_t>(std::distance(text.begin(), begin)));
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const auto* position = text.begin(); position != text.end();) {
    columns += columns_of(utf8::unchecked::next(position));
  }
  return columns;
}

std::string cut_to(std::size_t columns, const std::string& text) {
  constexpr std::string_view gap = "...";
  if (columns == 0 || columns_of(text) <= columns) return text;
  if (columns <= gap.size()) return std::string(beginning(text, columns));
  const std::size_t rest = columns - gap.size();
  std::string cut(beginning(text, rest - rest / 2));
  return cut.append(gap).append(ending(text, rest / 2));
}

std::vector<std::string> in_lines(std::size_t columns, const std::vector<std::string>& entries,
                                  std::string_view separator) {
  std::vector<std::string> lines;
  std::size_t taken = 0;
  for (const std::string& entry : entries) {
    const bool is_last = &entry == &entries.back();
    const std::size_t width = columns_of(entry) + (is_last ? 0 : separator.size());
    if (lines.empty() || taken + 1 + width > columns) {
      lines.push_back(entry);
      taken = width;
    } else {
      lines.back().append(" ").append(entry);
      taken += 1 + width;
    }
    if (!is_last) lines.back().append(separator);
  }
  return lines;
}

}  // namespace sipdrift
