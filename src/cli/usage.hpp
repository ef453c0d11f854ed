// What the program says of its own use.

#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace sipdrift {

/// The last part of the help text: how a first run looks.
[[nodiscard]] std::string usage_example();

/// Every exit status and its meaning, a line each.
[[nodiscard]] std::string exit_status_list();

/// What is wrong with the command line, without the values of unknown options, which may be secret;
/// and, for an option that does not exist, which one may have been meant.
[[nodiscard]] std::string failure_message(const CLI::App* app, const CLI::Error& error);

}  // namespace sipdrift
