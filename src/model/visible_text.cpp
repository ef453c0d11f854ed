// Escaping what acts instead of showing. UTF-8 is utfcpp's business.

#include "model/visible_text.hpp"

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
  const bool is_control = code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F);
  const bool is_separator = code_point == 0x2028 || code_point == 0x2029;
  // Unicode Standard Annex 9, table 4.
  const bool is_bidirectional = code_point == 0x061C || code_point == 0x200E ||
                                code_point == 0x200F ||
                                (code_point >= 0x202A && code_point <= 0x202E) ||
                                (code_point >= 0x2066 && code_point <= 0x2069);
  // U+FEFF and the noncharacters, which XML and some terminals refuse.
  const bool is_no_text = code_point == 0xFEFF || (code_point & 0xFFFEU) == 0xFFFE ||
                          (code_point >= 0xFDD0 && code_point <= 0xFDEF);
  return is_control || is_separator || is_bidirectional || is_no_text;
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
      if (is_unsafe_to_show(code_point) || is_command(start, invalid)) {
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
