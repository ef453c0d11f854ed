// The writers behind the table of formats, one a file.

#pragma once

#include <ostream>

#include "sipdrift/formats.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

// Format::write.
void write_github(const Report& report, std::ostream& out, const FormatOptions& options);
void write_html(const Report& report, std::ostream& out, const FormatOptions& options);
void write_json(const Report& report, std::ostream& out, const FormatOptions& options);
void write_junit(const Report& report, std::ostream& out, const FormatOptions& options);
void write_markdown(const Report& report, std::ostream& out, const FormatOptions& options);
void write_prometheus(const Report& report, std::ostream& out, const FormatOptions& options);
void write_sarif(const Report& report, std::ostream& out, const FormatOptions& options);
void write_text(const Report& report, std::ostream& out, const FormatOptions& options);

}  // namespace sipdrift
