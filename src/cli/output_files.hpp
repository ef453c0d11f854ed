// Files that are written: reports.

#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "cli/secret_filter.hpp"

namespace sipdrift {

/// Writes what is to stand in a file.
using Writer = std::function<void(std::ostream&)>;

// What `secrets` knows is written nowhere, whatever the writer writes.

/// Writes a file whole or not at all: into a new file beside it, which takes its place once it is
/// safely on the disk, with the permissions and, where that is allowed, the owner of the old one. A
/// symbolic link is followed. What is not replaceable is written to directly. Returns why it could
/// not be written, or an empty text.
[[nodiscard]] std::string write_file(const std::string& path, const Writer& writer,
                                     const SecretFilter& secrets);

/// Whether a path is that of a regular file, or of none yet, and not below /dev or /proc, where
/// even a regular file can be somebody's open descriptor.
[[nodiscard]] bool is_replaceable(const std::string& path);

/// Writes to a descriptor that is open already, such as stdout, and leaves it open. Returns
/// likewise.
[[nodiscard]] std::string write_descriptor(int descriptor, const Writer& writer,
                                           const SecretFilter& secrets);

}  // namespace sipdrift
