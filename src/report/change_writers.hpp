// The writers behind the table of the formats of changes, one a file.

#pragma once

#include <ostream>

#include "sipdrift/change_formats.hpp"
#include "sipdrift/changes.hpp"

namespace sipdrift {

// ChangeFormat::write.
void write_html_changes(const Changes& changes, std::ostream& out, const FormatOptions& options);
void write_json_changes(const Changes& changes, std::ostream& out, const FormatOptions& options);
void write_markdown_changes(const Changes& changes, std::ostream& out,
                            const FormatOptions& options);
void write_text_changes(const Changes& changes, std::ostream& out, const FormatOptions& options);

}  // namespace sipdrift
