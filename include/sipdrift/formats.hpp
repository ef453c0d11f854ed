// The report formats: each a pure function of the report object, all rows of one table.

#pragma once

#include <cstddef>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "sipdrift/report.hpp"

namespace sipdrift {

/// The version of the JSON report. Minor versions only add; a reader refuses a major version that
/// it does not know.
inline constexpr std::string_view report_format_version = "1.0";

/// How a report is to look, for the formats that have a choice. As it stands, it is plain, shows
/// everything and takes nothing over.
struct FormatOptions {
  bool colour = false;        ///< text: in ANSI colours; never the only carrier of a meaning
  std::size_t columns = 0;    ///< text: no line is longer, where it can be helped; 0: no limit
  std::size_t rows = 0;       ///< text: what does not matter most is left out; 0: no limit
  std::size_t max_bytes = 0;  ///< markdown: whole sections are left out; 0: no limit
  std::string earlier{};      ///< what stands where it is to go, for Format::carries_over
};

/// One format of a kind of document.
template <class Document>
struct FormatOf {
  std::string_view name;         ///< as `--report NAME=PATH` has it
  std::string_view description;  ///< a few words for the help text

  /// Writes the whole document. Writes the same bytes for the same document and options; whether
  /// they arrived is for the caller to find out from `out`. Throws std::logic_error for a document
  /// that contradicts itself.
  void (*write)(const Document& document, std::ostream& out, const FormatOptions& options);

  /// It takes over from FormatOptions::earlier what this document does not know.
  bool carries_over = false;

  /// It says nothing that not everyone may know, and other users' programs read it: its file is to
  /// be readable for all.
  bool for_everyone = false;
};

/// One format of report.
using Format = FormatOf<Report>;

/// All formats, in the order in which help lists them.
[[nodiscard]] std::span<const Format> formats();

/// The format of that name, or nullptr.
[[nodiscard]] const Format* find_format(std::string_view name);

/// The JSON Schema (draft 2020-12) of the JSON format.
[[nodiscard]] std::string_view report_schema();

}  // namespace sipdrift
