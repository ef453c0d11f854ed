// Files that are written: reports.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#include "cli/secret_filter.hpp"

namespace sipdrift {

/// Writes what is to stand in a file.
using Writer = std::function<void(std::ostream&)>;

/// Who may read a file that is written.
enum class Readers : std::uint8_t {
  as_before,  ///< whoever could read the old one; of a new one, whom the umask lets
  everyone,   ///< everyone, and only its owner may write it
};

// What `secrets` knows is written nowhere, whatever the writer writes.

/// Writes a file whole or not at all: into a new file beside it, which takes its place once it is
/// safely on the disk, with the permissions, if these are to be as before, and, where that is
/// allowed, the owner of the old one. A symbolic link is followed. What is not replaceable is
/// written to directly, and keeps its permissions. Returns why it could not be written, or an empty
/// text.
[[nodiscard]] std::string write_file(const std::string& path, const Writer& writer,
                                     const SecretFilter& secrets,
                                     Readers readers = Readers::as_before);

/// Where a path leads, whether or not anything is there. A circle of links is left to open(2).
[[nodiscard]] std::string behind_links(std::filesystem::path path);

/// Whether a path is that of a regular file, or of none yet, and not below /dev or /proc, where
/// even a regular file can be somebody's open descriptor.
[[nodiscard]] bool is_replaceable(const std::string& path);

/// Writes to a descriptor that is open already, such as stdout, and leaves it open. Returns
/// likewise.
[[nodiscard]] std::string write_descriptor(int descriptor, const Writer& writer,
                                           const SecretFilter& secrets);

}  // namespace sipdrift
