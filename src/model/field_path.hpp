// The paths that a finding can have, by their names.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sipdrift/sip_settings.hpp"

namespace sipdrift {

/// Each with its text, in their order: "inbound", "inbound.auth_mode", ... "outbound.transport".
[[nodiscard]] const std::vector<std::pair<std::string, FieldPath>>& all_field_paths();

}  // namespace sipdrift
