// Parts of the HTML report: its style, and the picture of the fleet.

#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "report/digest.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// The style sheet. It may hold no "</style".
[[nodiscard]] std::string_view html_style();

/// A field's path as code, which breaks behind its dot where it must.
[[nodiscard]] std::string path_in_code(const FieldPath& path);

/// Bars of status by profile, or by tag where there are no profiles, and of findings by field; each
/// with the figures beside it in words.
void write_picture(const Report& report, const Summary& summary, std::ostream& out);

}  // namespace sipdrift
