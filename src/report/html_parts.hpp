// Parts of HTML pages: their style and head, tables and lists of numbers, and the picture of the
// fleet.

#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "report/digest.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// The style sheet. It may hold no "</style".
[[nodiscard]] std::string_view html_style();

/// Words as code.
[[nodiscard]] std::string code_element(std::string_view words);

/// A text as it came, as code.
[[nodiscard]] std::string text_in_code(std::string_view text);

/// A field's path as code, which breaks behind its dot where it must.
[[nodiscard]] std::string path_in_code(const FieldPath& path);

/// All up to the page's body. The title is markup.
void write_html_head(const std::string& title, std::ostream& out);

/// An entry of a list of figures.
void write_figure(const char* style, std::size_t count, const char* what, std::ostream& out);

/// A section with a table of three columns, the last of which is of numbers; all texts are markup.
void open_table(std::ostream& out, const char* title, const std::string& caption, const char* first,
                const char* second);
void close_table(std::ostream& out);

/// Two values, below each other, each with a word before it.
void write_values(const char* first_word, const std::string& first, const char* second_word,
                  const std::string& second, std::ostream& out);

/// As many numbers as are shown beside the rest.
inline constexpr std::size_t few_in_html = 5;

/// A few as they are, many folded.
void write_ranges(const std::string& summary, const std::vector<std::string>& ranges,
                  std::ostream& out);
void write_folded(const std::string& summary, const std::vector<std::string>& ranges,
                  std::ostream& out);

/// Bars of status by profile, or by tag where there are no profiles, and of findings by field; each
/// with the figures beside it in words.
void write_picture(const Report& report, const Summary& summary, std::ostream& out);

}  // namespace sipdrift
