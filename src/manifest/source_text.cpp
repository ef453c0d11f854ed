// Lines, places and bytes of a manifest file.

#include "manifest/source_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <utf8.h>

#include "model/redaction.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// With more of them a file is no text, and a second look at each would tell nothing.
constexpr std::size_t most_faults_in_bytes = 20;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

bool overlap(Stretch a, Stretch b) { return a.begin < b.end && b.begin < a.end; }

/// A piece of a line, without passwords and fit to be shown. Where a password reaches over the end
/// of the piece into the marked one, only that one tells of it.
std::string shown(std::string_view line, Stretch piece, Stretch marked, bool is_marked,
                  const std::vector<Stretch>& passwords) {
  std::string text;
  std::size_t position = piece.begin;
  const auto first =
      std::partition_point(passwords.begin(), passwords.end(),
                           [&](const Stretch& password) { return password.end <= piece.begin; });
  for (auto password = first; password != passwords.end() && password->begin < piece.end;
       ++password) {
    const std::size_t begin = std::max(password->begin, position);
    text += visible(line.substr(position, begin - position));
    if (is_marked || !overlap(*password, marked)) text += redacted_mark;
    position = std::min(password->end, piece.end);
  }
  return text + visible(line.substr(position, piece.end - position));
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

  LineNotes& notes = notes_on(diagnostic.line);
  const std::string_view whole = notes.text;
  const std::size_t start =
      std::min<std::size_t>(span.offset - line_starts_[diagnostic.line - 1], whole.size());
  const Stretch marked{start, std::min(start + span.length, whole.size())};
  diagnostic.column = column_of(notes, start);

  // Passwords are looked for in the whole line: its pieces alone would not show what they are.
  const auto piece = [&](std::size_t begin, std::size_t end, bool is_marked) {
    while (begin < end && is_continuation(whole[begin])) ++begin;
    while (end > begin && end < whole.size() && is_continuation(whole[end])) --end;
    return shown(whole, {begin, end}, marked, is_marked, notes.passwords);
  };
  const auto cut = [&](std::size_t position) { return std::min(position + context, whole.size()); };
  const std::size_t from = start > context ? start - context : 0;
  const std::size_t marked_to = std::min(marked.end, cut(start));
  const std::size_t to = cut(marked.end);
  diagnostic.before = (from > 0 ? "..." : "") + piece(from, start, false);
  diagnostic.marked = piece(start, marked_to, true) + (marked_to < marked.end ? "..." : "");
  diagnostic.after = piece(marked.end, to, false) + (to < whole.size() ? "..." : "");
  return diagnostic;
}

SourceText::LineNotes& SourceText::notes_on(std::uint32_t number) const {
  if (number != notes_.number) {
    const std::string_view text = line(number);
    notes_ = {.number = number, .text = text, .passwords = find_passwords(text)};
  }
  return notes_;
}

std::uint32_t SourceText::column_of(LineNotes& notes, std::size_t position) {
  if (position < notes.counted_to) {
    notes.counted_to = 0;
    notes.column = 1;
  }
  for (; notes.counted_to < position; ++notes.counted_to) {
    if (!is_continuation(notes.text[notes.counted_to])) ++notes.column;
  }
  return notes.column;
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", shown_excerpt(text, 60)); }

std::vector<Diagnostic> find_faults_in_bytes(const SourceText& source) {
  const std::string_view text = source.text();
  std::vector<Diagnostic> faults;
  const auto* const begin = text.data();
  const auto* const end = begin + text.size();
  const auto* position = begin;
  while (position != end) {
    if (faults.size() == most_faults_in_bytes) {
      faults.push_back(source.diagnose(
          span_at(static_cast<std::size_t>(position - begin), 1),
          "and so on; is this a text file, in UTF-8? What follows was not looked at"));
      break;
    }
    const auto offset = static_cast<std::size_t>(position - begin);
    if (utf8::find_invalid(position, position + std::min<std::ptrdiff_t>(4, end - position)) ==
        position) {
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
