// One function a command: it declares the command's options, and reads them.

#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace sipdrift {

/// A command on the command line.
struct CommandOptions {
  const CLI::App* app = nullptr;     ///< belongs to the program's
  std::function<Command()> command;  ///< what was asked for, once the command line has been read;
                                     ///< throws CLI::ValidationError for what makes no sense
};

[[nodiscard]] CommandOptions add_audit(CLI::App& program);
[[nodiscard]] CommandOptions add_compare(CLI::App& program);
[[nodiscard]] CommandOptions add_convert(CLI::App& program);
[[nodiscard]] CommandOptions add_import(CLI::App& program);
[[nodiscard]] CommandOptions add_merge(CLI::App& program);
[[nodiscard]] CommandOptions add_verify(CLI::App& program);
[[nodiscard]] CommandOptions add_waive(CLI::App& program);

}  // namespace sipdrift
