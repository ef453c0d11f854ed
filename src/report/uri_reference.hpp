// Where a file is, for formats that have URIs.

#pragma once

#include <string>

namespace sipdrift {

/// A file's path as a URI reference (RFC 3986): of a relative path a relative one, of an absolute
/// path a file URI (RFC 8089). "." and ".." are resolved by the text alone: "./a/../b c.yaml" is
/// "b%20c.yaml".
[[nodiscard]] std::string uri_reference(const std::string& path);

}  // namespace sipdrift
