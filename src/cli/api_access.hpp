// What a command needs of the machine to reach the API: the key, and CAs that can be loaded.

#pragma once

#include <optional>
#include <string>

#include "cli/options.hpp"

namespace sipdrift {

/// The key from the file, or without one from the environment, kept from all that is shown. Nothing
/// if there is none that will do: what is wrong has been told.
[[nodiscard]] std::optional<std::string> load_key(const std::string& file);

/// Whether the CAs can be loaded; what is wrong has been told if not. From here on nothing writes
/// down what TLS is encrypted with.
[[nodiscard]] bool prepare_tls(const HttpOptions& http);

/// A random UUID (RFC 4122, version 4).
[[nodiscard]] std::string new_run_id();

}  // namespace sipdrift
