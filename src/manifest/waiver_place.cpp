// The reader knows where values stand; from there, the text itself shows where lines can go.

#include "manifest/waiver_place.hpp"

#include <algorithm>
#include <utility>

#include "manifest/node_content.hpp"
#include "model/characters.hpp"

namespace sipdrift {

namespace {

std::size_t line_start(std::string_view text, std::size_t offset) {
  const std::size_t line_break =
      offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  return line_break == std::string_view::npos ? 0 : line_break + 1;
}

/// Behind the line on which `offset` stands.
std::size_t next_line(std::string_view text, std::size_t offset) {
  const std::size_t line_break = text.find('\n', offset);
  return line_break == std::string_view::npos ? text.size() : line_break + 1;
}

/// The first byte from `offset` on that is neither blank nor in a comment.
std::size_t skip_blank(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    if (text[offset] == '#') {
      offset = next_line(text, offset);
    } else if (is_one_of(text[offset], " \t\r\n")) {
      ++offset;
    } else {
      break;
    }
  }
  return offset;
}

/// Where a waiver ends, all of whose values are scalars.
std::size_t end_of(std::string_view text, const YamlNode& waiver) {
  std::size_t end = 0;
  for (const YamlEntry& entry : waiver.entries) {
    end = std::max(end, std::size_t{entry.value.span.end()});
  }
  if (text[waiver.span.offset] != '{') return end;
  end = skip_blank(text, end);
  while (end < text.size() && text[end] == ',') end = skip_blank(text, end + 1);
  return end + 1;  // the bracket
}

/// Behind the comments from `offset` on, the start of a line, that are indented to beyond `column`.
std::size_t skip_own_comments(std::string_view text, std::size_t offset, std::size_t column) {
  for (;;) {
    const std::size_t begin = text.find_first_not_of(' ', offset);
    const bool is_own =
        begin != std::string_view::npos && text[begin] == '#' && begin - offset > column;
    if (!is_own) return offset;
    offset = next_line(text, offset);
  }
}

}  // namespace

void Contents::item(const YamlNode& key, YamlNode item) {
  const bool is_waiver = key.text == "waivers";
  std::string content;
  append_content(key, content);
  append_content(item, content);
  (is_waiver ? waivers_ : others_).push_back(std::move(content));
  if (is_waiver) last_ = std::move(item);
}

void Contents::entry(const YamlNode& key, YamlNode value) {
  if (!std::exchange(has_key_, true)) first_key_ = key.span;
  if (key.text == "waivers") {
    list_key_ = key.span;
    return;
  }
  std::string content;
  append_content(key, content);
  append_content(value, content);
  others_.push_back(std::move(content));
}

Contents::Place Contents::place_in(std::string_view text) const {
  return list_key_.length > 0 ? place_in_list(text) : place_at_end(text);
}

Contents::Place Contents::place_in_list(std::string_view text) const {
  const std::size_t colon = text.find(':', list_key_.end());
  const std::size_t begin = skip_blank(text, colon + 1);
  if (text[begin] == '[') {
    return {.refused = {static_cast<std::uint32_t>(begin), 1},
            .refusal =
                "this list stands in brackets, and so takes no lines; write each waiver on "
                "lines of its own, beginning with \"- \""};
  }
  const std::size_t column = begin - line_start(text, begin);
  const std::size_t behind = next_line(text, end_of(text, last_));
  return {.offset = skip_own_comments(text, behind, column), .column = column, .has_list = true};
}

Contents::Place Contents::place_at_end(std::string_view text) const {
  std::size_t begin = skip_blank(text, 0);
  if (text.substr(begin).starts_with("---")) begin = skip_blank(text, begin + 3);
  if (text.substr(begin).starts_with('{')) {
    return {.refused = {static_cast<std::uint32_t>(begin), 1},
            .refusal =
                "this manifest stands in braces, and so takes no lines; write each of its "
                "keys on a line of its own"};
  }
  // No value has several lines, so that such a line can only be the document's end.
  std::size_t end = 0;
  while (end < text.size() && !text.substr(end).starts_with("...")) end = next_line(text, end);
  return {.offset = end, .column = first_key_.offset - line_start(text, first_key_.offset)};
}

}  // namespace sipdrift
