// Text in XML and HTML.

#pragma once

#include <string>
#include <string_view>

namespace sipdrift {

/// One line of text for an element or an attribute, of XML 1.0 or HTML. What XML forbids, and what
/// would act on a line or the reading direction, is made visible.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace sipdrift
