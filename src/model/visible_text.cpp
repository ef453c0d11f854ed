// Escaping what acts instead of showing. UTF-8 is utfcpp's business.

#include "model/visible_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include <utf8.h>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

/// "\u{1B}", "\x{FF}": at least `digits` of them. Called for each byte of what is no text, and so
/// without the ado of formatting.
void append_escape(std::string& shown, char kind, std::uint32_t number, std::size_t digits) {
  constexpr int hex = 16;
  std::array<char, 8> text{};
  const auto* const end = std::to_chars(text.begin(), text.end(), number, hex).ptr;
  const auto length = static_cast<std::size_t>(end - text.begin());
  shown.append({'\\', kind, '{'});
  if (length < digits) shown.append(digits - length, '0');
  for (std::size_t i = 0; i < length; ++i) shown.push_back(to_upper(text.at(i)));
  shown.push_back('}');
}

/// Whether a command of a CI's log begins here: "##[group]" of GitHub Actions, "##vso[" of Azure
/// Pipelines, "##teamcity[". They are obeyed wherever in a line they stand.
bool is_command(const char* position, const char* end) {
  constexpr std::string_view opening = "##";
  std::string_view text(position, static_cast<std::size_t>(end - position));
  if (!text.starts_with(opening)) return false;
  text.remove_prefix(opening.size());
  const std::size_t name_end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  return name_end != std::string_view::npos && text[name_end] == '[';
}

}  // namespace

bool is_unsafe_to_show(char32_t code_point) {
  // Unicode's categories Cc, Cf, Zl, Zp and Zs but for the blank, its default-ignorable code points
  // and its noncharacters: what acts on a line, a terminal or the reading direction (Unicode
  // Standard Annex 9, table 4), what cannot be seen, and what XML refuses.
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 26> ranges{{
      {0x00, 0x1F},       {0x7F, 0xA0},       {0xAD, 0xAD},       {0x034F, 0x034F},
      {0x0600, 0x0605},   {0x061C, 0x061C},   {0x06DD, 0x06DD},   {0x115F, 0x1160},
      {0x1680, 0x1680},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x2000, 0x200F},
      {0x2028, 0x202F},   {0x205F, 0x206F},   {0x2800, 0x2800},   {0x3000, 0x3000},
      {0x3164, 0x3164},   {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
      {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0x110BD, 0x110CD}, {0x1BCA0, 0x1BCA3},
      {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
  }};
  const bool is_noncharacter = (code_point & 0xFFFEU) == 0xFFFE;
  return is_noncharacter || std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
           return code_point >= range.first && code_point <= range.last;
         });
}

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  const auto* position = text.data();
  const auto* const end = position + text.size();
  while (position != end) {
    const auto* const invalid = utf8::find_invalid(position, end);
    while (position != invalid) {
      const auto* const start = position;
      const char32_t code_point = utf8::unchecked::next(position);
      const bool is_plain = code_point >= ' ' && code_point < 0x7F && code_point != '#';
      if (!is_plain && (is_unsafe_to_show(code_point) || is_command(start, invalid))) {
        append_escape(shown, 'u', std::uint32_t{code_point}, 1);
      } else {
        shown.append(start, position);
      }
    }
    if (position != end) {
      append_escape(shown, 'x', static_cast<unsigned char>(*position), 2);
      ++position;
    }
  }
  return shown;
}

std::string visible_excerpt(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return visible(text);
  std::size_t cut = limit;
  const auto is_continuation = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
  };
  while (cut > 0 && is_continuation(text[cut])) --cut;
  return visible(text.substr(0, cut)) + "...";
}

}  // namespace sipdrift
