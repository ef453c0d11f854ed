// What the program says of its own use.

#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace sipdrift {

/// The last part of the help text: how a first run looks.
[[nodiscard]] std::string usage_example();

/// Every exit status and its meaning, a line each.
[[nodiscard]] std::string exit_status_list();

/// Whether what is wrong is that there is no command, or none that is known.
[[nodiscard]] bool lacks_command(const CLI::App& app, const CLI::Error& error);

/// What is wrong with the command line, a message each, without the values of unknown options,
/// which may be secret; and, for an option that does not exist, which one may have been meant.
[[nodiscard]] std::vector<std::string> faults_of(const CLI::App& app, const CLI::Error& error);

}  // namespace sipdrift
