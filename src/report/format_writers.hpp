// The writers behind the table of formats, one a file.

#pragma once

#include <ostream>

#include "sipdrift/report.hpp"

namespace sipdrift {

void write_json(const Report& report, std::ostream& out);
void write_junit(const Report& report, std::ostream& out);
void write_plain_text(const Report& report, std::ostream& out);

}  // namespace sipdrift
