// Texts that somebody outside could send, and what no format may make of them.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <utf8.h>

#include "model/visible_text.hpp"

namespace sipdrift {

inline const std::vector<std::string> nasty_texts = {
    std::string("\0NUL", 4),
    "\x1b[2J\x1b]0;title\a",
    "line\nend\r\n::error::x",
    "##[group]x ##vso[task.complete]y",
    "\x01\x02\b\t\v\f\x0e\x1f\x7f",
    "\xC2\x80\xC2\x9B\xC2\x9F",
    "\u202Eright to left\u2066\u2069\u200F\u061C",
    "\u2028\u2029\uFEFF\uFFFE\uFFFF",
    "\xFF\xFE not UTF-8 \xC3\x28 \xED\xA0\x80 \xF4\x90\x80\x80",
    "]]><!--<x a=\"1\">&amp;&#27;</failure>",
    "\"quoted\" 'quoted' \\ back\\u001b slash {} %s ${x} `x`",
    "sip:a@h | <b>bold</b> | @everyone",
    std::string(100'000, 'x'),
    "",
};

/// Valid UTF-8, in which no character but the line end acts on anything.
inline void expect_harmless(const std::string& text) {
  ASSERT_EQ(utf8::find_invalid(text), std::string::npos);
  for (auto position = text.begin(); position != text.end();) {
    const char32_t character = utf8::unchecked::next(position);
    ASSERT_FALSE(character != '\n' && is_unsafe_to_show(character))
        << "U+" << std::hex << static_cast<std::uint32_t>(character);
  }
}

}  // namespace sipdrift
