// Code spans, lists of numbers, and what is left out of a long document.

#include "report/markdown_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/visible_text.hpp"
#include "report/digest.hpp"

namespace sipdrift {

namespace {

std::string left_out(std::size_t count, std::size_t max_bytes) {
  return fmt::format(
      "\n---\n\n{} left out here, to stay within {} bytes: the JSON report has everything.\n",
      count == 1 ? "1 section is" : fmt::format("{} sections are", count), max_bytes);
}

}  // namespace

/// CommonMark 0.31 section 6.1: the fence is longer than any run of backticks inside.
std::string in_code_span(std::string_view text) {
  const std::string shown = visible(text);
  if (shown.empty()) return "`\"\"`";
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : shown) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  // One blank at each end is taken away again, where there are two.
  const bool is_padded = longest > 0 || shown.front() == ' ' || shown.back() == ' ';
  const char* const blank = is_padded ? " " : "";
  return fence + blank + shown + blank + fence;
}

Section listed(std::string title, const std::vector<E164>& numbers) {
  const std::vector<std::string> ranges = in_ranges(numbers);
  std::string list;
  for (const std::string& range : ranges) list += (list.empty() ? "" : ",\n") + in_code_span(range);
  Section section{title + list + "\n", {}};
  if (ranges.size() > 1) {
    section.brief =
        fmt::format("{}{} and {} more.\n", title, in_code_span(ranges.front()), ranges.size() - 1);
  }
  return section;
}

void write_sections(std::string text, const std::vector<Section>& sections, std::size_t max_bytes,
                    std::ostream& out) {
  for (auto section = sections.begin(); section != sections.end(); ++section) {
    const auto rest = static_cast<std::size_t>(sections.end() - section);
    const auto fits = [&](const std::string& piece) {
      const std::string note = rest > 1 ? left_out(rest - 1, max_bytes) : "";
      return max_bytes == 0 || text.size() + piece.size() + note.size() <= max_bytes;
    };
    if (fits(section->text)) {
      text += section->text;
    } else if (!section->brief.empty() && fits(section->brief)) {
      text += section->brief;
    } else {
      text += left_out(rest, max_bytes);
      break;
    }
  }
  out << text;
}

}  // namespace sipdrift
