// JSON (RFC 8259), two spaces a level.

#include "json/json_writer.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <utf8.h>

#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

bool is_plain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

/// Most texts of a report are names, numbers and digests.
bool is_plain(std::string_view text) {
  unsigned int odd = 0;  // without a branch, so that the compiler can look at many at once
  for (const char c : text) odd |= is_plain(c) ? 0U : 1U;
  return odd == 0;
}

void append_unicode_escape(std::string& text, char32_t code_point) {
  const auto unit = [&](std::uint32_t value) {
    fmt::format_to(std::back_inserter(text), "\\u{:04x}", value);
  };
  if (code_point <= 0xFFFF) return unit(code_point);
  const std::uint32_t offset = code_point - 0x10000;  // a surrogate pair
  unit(0xD800 + (offset >> 10U));
  unit(0xDC00 + (offset & 0x3FFU));
}

void append_character(std::string& text, char32_t code_point) {
  switch (code_point) {
    case '"':
      text.append("\\\"");
      return;
    case '\\':
      text.append("\\\\");
      return;
    case '\n':
      text.append("\\n");
      return;
    case '\r':
      text.append("\\r");
      return;
    case '\t':
      text.append("\\t");
      return;
    default:
      if (is_unsafe_to_show(code_point)) return append_unicode_escape(text, code_point);
      utf8::unchecked::append(code_point, std::back_inserter(text));
  }
}

}  // namespace

void JsonWriter::begin(char bracket, Layout layout) {
  begin_value();
  const bool is_inside_line = !levels_.empty() && levels_.back().layout == Layout::line;
  levels_.push_back({is_inside_line ? Layout::line : layout});
  buffer_.push_back(bracket);
}

void JsonWriter::end(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.is_empty) {
    if (level.layout == Layout::lines) {
      begin_line();
    } else if (bracket == '}') {
      buffer_.push_back(' ');
    }
  }
  buffer_.push_back(bracket);
  if (buffer_.size() >= chunk_bytes) flush();
}

void JsonWriter::key(std::string_view name) {
  begin_value();
  write_escaped(name);
  buffer_.append(": ");
  has_key_ = true;
}

void JsonWriter::begin_value() {
  if (has_key_ || levels_.empty()) {
    has_key_ = false;
    return;
  }
  Level& level = levels_.back();
  if (!level.is_empty) buffer_.push_back(',');
  if (level.layout == Layout::lines) {
    begin_line();
  } else if (!level.is_empty || buffer_.back() == '{') {
    buffer_.push_back(' ');
  }
  level.is_empty = false;
}

void JsonWriter::begin_line() {
  buffer_.push_back('\n');
  buffer_.append(levels_.size() * 2, ' ');
}

void JsonWriter::value(std::string_view text) {
  begin_value();
  write_escaped(text);
}

void JsonWriter::value(bool flag) {
  begin_value();
  buffer_.append(flag ? "true" : "false");
}

void JsonWriter::value(double number) {
  begin_value();
  constexpr double decimals = 1000;
  fmt::format_to(std::back_inserter(buffer_), "{}", std::round(number * decimals) / decimals);
}

void JsonWriter::null() {
  begin_value();
  buffer_.append("null");
}

void JsonWriter::write_integer(std::int64_t number) {
  begin_value();
  const fmt::format_int digits(number);
  buffer_.append(digits.data(), digits.size());
}

void JsonWriter::write_escaped(std::string_view text) {
  buffer_.push_back('"');
  if (is_plain(text)) {
    buffer_.append(text).push_back('"');
    return;
  }
  const auto* position = text.data();
  const auto* const end = position + text.size();
  while (position != end) {
    const auto* const plain_end =
        std::find_if_not(position, end, [](char c) { return is_plain(c); });
    buffer_.append(position, plain_end);
    position = plain_end;
    if (position == end) break;
    const auto* const character_end = std::min(position + 4, end);
    if (utf8::find_invalid(position, character_end) == position) {
      buffer_.append(
          "\xEF\xBF\xBD");  // U+FFFD; only a file's name can bring a byte that is not UTF-8
      ++position;
    } else {
      append_character(buffer_, utf8::unchecked::next(position));
    }
  }
  buffer_.push_back('"');
}

void JsonWriter::finish() {
  buffer_.push_back('\n');
  flush();
}

void JsonWriter::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

}  // namespace sipdrift
