// Files that are read: manifests, and the API key.

#pragma once

#include <cstddef>
#include <string>

#include "sipdrift/result.hpp"

namespace sipdrift {

/// Reads a whole file, "-" being stdin. The error says why it cannot be read.
[[nodiscard]] Result<std::string, std::string> read_file(const std::string& path,
                                                         std::size_t most_bytes);

/// Reads an API key: from a regular file that neither group nor others may read, with at most one
/// line end behind the key. The error says what is wrong, and never quotes the content.
[[nodiscard]] Result<std::string, std::string> read_key_file(const std::string& path);

/// What is wrong with a key, wherever it comes from: it is printable ASCII without blanks. Empty if
/// it will do.
[[nodiscard]] std::string key_fault(const std::string& key);

}  // namespace sipdrift
