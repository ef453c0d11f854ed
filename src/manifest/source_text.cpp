// Lines, places and bytes of a manifest file.

#include "manifest/source_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <utf8.h>

#include "model/redaction.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string shown(std::string_view text) { return visible(redacted_line(text)); }

/// The end of a long text, or its start, cut between characters.
std::string_view last_part(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  text.remove_prefix(text.size() - limit);
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80) {
    text.remove_prefix(1);
  }
  return text;
}

Span span_at(std::size_t offset, std::size_t length) {
  return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length)};
}

/// Whether the byte at `offset` stands in the blanks with which a line begins, and the line holds
/// more than blanks and a comment.
bool is_indentation(std::string_view text, std::size_t offset) {
  const std::size_t before = text.find_last_not_of(" \t", offset);
  if (before != std::string_view::npos && text[before] != '\n') return false;
  const std::size_t after = std::min(text.find_first_not_of(" \t", offset), text.size());
  return after < text.size() && text[after] != '\n' && text[after] != '\r' && text[after] != '#';
}

}  // namespace

SourceText::SourceText(const ManifestFile& file) : file_(file), text_(file.text) {
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  line_starts_.push_back(0);
  for (std::size_t i = text_.find('\n'); i != std::string_view::npos; i = text_.find('\n', i + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

std::uint32_t SourceText::line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

std::string_view SourceText::line(std::uint32_t number) const {
  const std::string_view rest = text_.substr(line_starts_[number - 1]);
  std::string_view line = rest.substr(0, rest.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Diagnostic SourceText::diagnose(Span span, std::string message) const {
  constexpr std::size_t context = 80;
  Diagnostic diagnostic;
  diagnostic.file = path();
  diagnostic.line = line_of(span.offset);
  diagnostic.message = std::move(message);

  const std::string_view whole = line(diagnostic.line);
  const std::size_t start =
      std::min<std::size_t>(span.offset - line_starts_[diagnostic.line - 1], whole.size());
  const std::string_view before = whole.substr(0, start);
  const std::string_view marked = whole.substr(start, span.length);
  const std::string_view after = whole.substr(start + marked.size());

  const auto valid_end = utf8::find_invalid(before.begin(), before.end());
  diagnostic.column = static_cast<std::uint32_t>(
      1 + utf8::unchecked::distance(before.begin(), valid_end) + (before.end() - valid_end));
  diagnostic.before = (before.size() > context ? "..." : "") + shown(last_part(before, context));
  diagnostic.marked = visible_excerpt(redacted_line(marked), context);
  diagnostic.after = visible_excerpt(redacted_line(after), context);
  return diagnostic;
}

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", visible_excerpt(redacted_line(text), 60));
}

std::vector<Diagnostic> find_faults_in_bytes(const SourceText& source) {
  const std::string_view text = source.text();
  std::vector<Diagnostic> faults;
  const auto* const begin = text.data();
  const auto* const end = begin + text.size();
  const auto* position = begin;
  while (position != end) {
    const auto offset = static_cast<std::size_t>(position - begin);
    if (utf8::find_invalid(position, std::min(position + 4, end)) == position) {
      faults.push_back(source.diagnose(
          span_at(offset, 1), fmt::format("byte 0x{:02X} is not UTF-8; save the file as UTF-8",
                                          static_cast<unsigned char>(*position))));
      ++position;
      continue;
    }
    const char32_t character = utf8::unchecked::next(position);
    const auto length = static_cast<std::size_t>(position - begin) - offset;
    const bool ends_line =
        character == '\n' || (character == '\r' && position != end && *position == '\n');
    if (character == '\t') {
      if (is_indentation(text, offset)) {
        faults.push_back(source.diagnose(span_at(offset, 1),
                                         "a tab in the indentation; YAML is indented with spaces"));
      }
    } else if (!ends_line && is_unsafe_to_show(character)) {
      faults.push_back(source.diagnose(span_at(offset, length),
                                       fmt::format("U+{:04X} is a control character; remove it",
                                                   static_cast<std::uint32_t>(character))));
    }
  }
  return faults;
}

}  // namespace sipdrift
