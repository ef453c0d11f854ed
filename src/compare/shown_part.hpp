// Live records out of a report, in which passwords are not shown: made fit to be compared as far as
// they are.

#pragma once

#include <optional>
#include <string>

#include "sipdrift/expectation.hpp"
#include "sipdrift/live_record.hpp"

namespace sipdrift {

/// Whether a part of the text is not shown.
[[nodiscard]] bool is_partly_hidden(const std::optional<std::string>& text);

/// With a word in place of each part of an endpoint that is not shown: "[redacted]" itself is
/// nothing that a user's password may be (RFC 3261 section 25.1), and the rest could not be read as
/// a URI.
[[nodiscard]] LiveRecord as_far_as_shown(LiveRecord live);

/// What is declared, with its endpoints redacted as a report's are, and the same word in the place.
[[nodiscard]] Expectation as_far_as_shown(Expectation declared);

}  // namespace sipdrift
