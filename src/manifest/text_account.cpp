// Between two values only punctuation, blanks and comments may stand.

#include "manifest/text_account.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view blanks = " \r\n";  // a tab only at the end of a line
constexpr std::string_view punctuation = "-:,[]{}";

Span span_from(std::uint32_t offset, std::size_t length) {
  return {offset, static_cast<std::uint32_t>(length)};
}

/// The length of the quoted text with which `rest` begins, or npos if it is not closed on its line.
std::size_t quoted_length(std::string_view rest) {
  const char quote = rest.front();
  for (std::size_t i = 1; i < rest.size() && rest[i] != '\n' && rest[i] != '\r'; ++i) {
    if (quote == '"' && rest[i] == '\\') {
      if (i + 1 < rest.size() && is_one_of(rest[i + 1], "\r\n")) break;
      ++i;
    } else if (rest[i] == quote) {
      const bool is_doubled = quote == '\'' && i + 1 < rest.size() && rest[i + 1] == quote;
      if (!is_doubled) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

/// Where the blanks end that begin with a tab, if something stands before it on its line and
/// nothing but a comment behind it; else npos.
std::size_t end_of_trailing_blanks(std::string_view text, std::size_t tab) {
  const std::size_t before = text.find_last_not_of(" \t", tab);
  const std::size_t behind = std::min(text.find_first_not_of(" \t", tab), text.size());
  const bool ends_line = before != std::string_view::npos && text[before] != '\n' &&
                         (behind == text.size() || is_one_of(text[behind], "#\r\n"));
  return ends_line ? behind : std::string_view::npos;
}

/// The first character from `begin` up to `end` that is neither blank, nor part of a comment, nor
/// one of `allowed`; `end` if there is none.
std::uint32_t find_foreign(std::string_view text, std::uint32_t begin, std::uint32_t end,
                           std::string_view allowed) {
  for (std::size_t i = begin; i < end; ++i) {
    const bool begins_comment = text[i] == '#' && (i == 0 || is_one_of(text[i - 1], " \t\r\n"));
    if (begins_comment) {
      i = std::min<std::size_t>(text.find('\n', i), end);
    } else if (const std::size_t behind =
                   text[i] == '\t' ? end_of_trailing_blanks(text, i) : std::string_view::npos;
               behind != std::string_view::npos) {
      i = behind - 1;
    } else if (!is_one_of(text[i], blanks) && !is_one_of(text[i], allowed)) {
      return static_cast<std::uint32_t>(i);
    }
  }
  return end;
}

}  // namespace

ScalarSpan measure_scalar(std::string_view text, std::uint32_t offset, std::string_view value) {
  // The line's end is looked for where something is wrong, and only there: a manifest may be a
  // single line with a hundred thousand values.
  const std::string_view rest = text.substr(offset);
  const auto to_line_end = [&] {
    return span_from(offset, std::min(rest.find_first_of("\r\n"), rest.size()));
  };
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    const std::size_t length = quoted_length(rest);
    if (length != std::string_view::npos) return {span_from(offset, length), {}};
    return {to_line_end(), "this quote is not closed on its line; close it, or remove it"};
  }
  if (rest.starts_with('|') || rest.starts_with('>')) {
    return {span_from(offset, 1), "a block of text; write the value on one line, behind its key"};
  }
  if (rest.starts_with(value) && value.find_first_of("\r\n") == std::string_view::npos) {
    return {span_from(offset, value.size()), {}};
  }
  return {to_line_end(),
          "this goes on over more than one line; check the indentation of the next, or write the "
          "value on one line"};
}

void TextAccount::take(Span span) {
  if (span.offset < reached_) return;
  if (is_certain_) check_gap(span.offset);
  reached_ = span.end();
  is_certain_ = true;
}

void TextAccount::lose_track(std::uint32_t offset) {
  if (is_certain_ && offset > reached_) check_gap(offset);
  reached_ = std::max(reached_, offset);
  is_certain_ = false;
}

void TextAccount::check_gap(std::uint32_t end) {
  const std::uint32_t foreign = find_foreign(text_, reached_, end, punctuation);
  if (foreign == end) return;
  const Span span = rest_of_line(foreign);
  switch (text_[foreign]) {
    case '%':
      return faults_.add(span,
                         "a line that begins with \"%\" is a YAML directive, and would be skipped; "
                         "remove it, or quote it");
    case '\t':
      return faults_.add({span.offset, 1}, "a tab; YAML is spaced and indented with spaces");
    case '&':
    case '!':
      return faults_.add(span, std::string(no_properties));
    default:
      return faults_.add(
          span, "this belongs to no value and would be skipped; check quotes and indentation");
  }
}

void TextAccount::finish() {
  if (!is_certain_) return;  // what it ends with has been refused
  std::uint32_t foreign = find_foreign(text_, reached_, end(), ",]}");
  const bool is_end_marker = text_.substr(foreign).starts_with("...");
  if (is_end_marker) foreign = find_foreign(text_, foreign + 3, end(), "");
  if (foreign == end()) return;
  const std::string_view rest = text_.substr(foreign);
  if (rest.starts_with('%')) return check_gap(end());
  faults_.add(rest_of_line(foreign),
              rest.starts_with("---")
                  ? "a second YAML document; a manifest is one document, so remove this line"
                  : "this stands behind the end of the document, as a second one; check its "
                    "indentation against the first line's");
}

std::uint32_t TextAccount::first_untaken() const {
  return find_foreign(text_, reached_, end(), punctuation);
}

Span TextAccount::rest_of_line(std::uint32_t offset) const {
  const std::string_view rest = text_.substr(offset);
  return span_from(offset, std::min(rest.find_first_of("\r\n"), rest.size()));
}

}  // namespace sipdrift
