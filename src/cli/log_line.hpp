// A line of the log for programs that collect logs.

#pragma once

#include <string>
#include <string_view>

#include "cli/secret_filter.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

/// One JSON object on one line, with its line end, under the names that collectors look for: `time`
/// (RFC 3339), `level`, `service` and `message`, which is `text` without secrets. Whatever the text
/// holds, the line is valid UTF-8, no character in it acts, and no secret comes about by its being
/// escaped.
[[nodiscard]] std::string json_log_line(Timestamp time, std::string_view level,
                                        const std::string& text, const SecretFilter& secrets);

}  // namespace sipdrift
