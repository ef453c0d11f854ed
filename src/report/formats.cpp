// The table of formats. A new format is a file, and a row here.

#include "sipdrift/formats.hpp"

#include <algorithm>
#include <array>

#include "report/format_writers.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Format, 8> table{{
    {"github", "workflow commands for GitHub Actions: annotations on the manifest's lines",
     write_github},
    {"html", "one page, for people: it needs no network and runs nothing", write_html},
    {"json", "everything that is known, for programs (its schema: sipdrift schema report)",
     write_json},
    {"junit", "JUnit XML, one test case a number, for CI", write_junit},
    {"markdown", "for change tickets and merge requests", write_markdown},
    {"prometheus", "gauges for node_exporter's textfile collector", write_prometheus,
     /*carries_over=*/true, /*for_everyone=*/true},
    {"sarif", "SARIF 2.1.0, drift on the manifest's lines, for code scanning", write_sarif},
    {"text", "the summary, as on the terminal", write_text},
}};

}  // namespace

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  const auto* const found = std::find_if(table.begin(), table.end(),
                                         [&](const Format& format) { return format.name == name; });
  return found == table.end() ? nullptr : found;
}

}  // namespace sipdrift
