// The report formats: each a pure function of the report object, all rows of one table.

#pragma once

#include <ostream>
#include <span>
#include <string_view>

#include "sipdrift/report.hpp"

namespace sipdrift {

/// The version of the JSON report. Minor versions only add; a reader refuses a major version that
/// it does not know.
inline constexpr std::string_view report_format_version = "1.0";

/// One format of report.
struct Format {
  std::string_view name;         ///< as `--report NAME=PATH` has it
  std::string_view description;  ///< a few words for the help text

  /// Writes the whole report. Writes the same bytes for the same report; whether they arrived is
  /// for the caller to find out from `out`. Throws std::logic_error for a report that contradicts
  /// itself.
  void (*write)(const Report& report, std::ostream& out);
};

/// All formats, in the order in which help lists them.
[[nodiscard]] std::span<const Format> formats();

/// The format of that name, or nullptr.
[[nodiscard]] const Format* find_format(std::string_view name);

/// How the text format looks.
struct TextStyle {
  bool colour = false;  ///< ANSI colours; never the only carrier of a meaning
};

/// The text format in a style; the table's row has the plain one.
void write_text(const Report& report, std::ostream& out, const TextStyle& style);

/// The JSON Schema (draft 2020-12) of the JSON format.
[[nodiscard]] std::string_view report_schema();

}  // namespace sipdrift
