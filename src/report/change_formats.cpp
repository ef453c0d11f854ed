// The table of the formats of changes. A new one is a file, and a row here.

#include "sipdrift/change_formats.hpp"

#include <algorithm>
#include <array>

#include "report/change_writers.hpp"

namespace sipdrift {

namespace {

constexpr std::array<ChangeFormat, 4> table{{
    {"html", "one page, for people: it needs no network and runs nothing", write_html_changes},
    {"json", "everything that is known, for programs (its schema: sipdrift schema changes)",
     write_json_changes},
    {"markdown", "for change tickets and merge requests", write_markdown_changes},
    {"text", "the summary, as on the terminal", write_text_changes},
}};

}  // namespace

std::span<const ChangeFormat> change_formats() { return table; }

const ChangeFormat* find_change_format(std::string_view name) {
  const auto* const found = std::find_if(
      table.begin(), table.end(), [&](const ChangeFormat& format) { return format.name == name; });
  return found == table.end() ? nullptr : found;
}

}  // namespace sipdrift
