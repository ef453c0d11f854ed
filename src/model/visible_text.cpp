// Escaping what acts instead of showing. UTF-8 is utfcpp's business.

#include "model/visible_text.hpp"

#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <utf8.h>

namespace sipdrift {

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
      if (is_unsafe_to_show(code_point)) {
        fmt::format_to(std::back_inserter(shown), "\\u{{{:X}}}", std::uint32_t{code_point});
      } else {
        shown.append(start, position);
      }
    }
    if (position != end) {
      fmt::format_to(std::back_inserter(shown), "\\x{{{:02X}}}",
                     static_cast<unsigned char>(*position));
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
