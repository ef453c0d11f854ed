// The commands: each does what was asked for and returns the exit status.

#pragma once

#include "cli/options.hpp"

namespace sipdrift {

[[nodiscard]] int run_audit(const AuditCommand& command, const CommonOptions& common);
[[nodiscard]] int run_compare(const CompareCommand& command, const CommonOptions& common);
[[nodiscard]] int run_convert(const ConvertCommand& command, const CommonOptions& common);
[[nodiscard]] int run_import(const ImportCommand& command, const CommonOptions& common);
[[nodiscard]] int run_merge(const MergeCommand& command, const CommonOptions& common);
[[nodiscard]] int run_validate(const ValidateCommand& command, const CommonOptions& common);
[[nodiscard]] int run_verify(const VerifyCommand& command, const CommonOptions& common);
[[nodiscard]] int run_schema(const SchemaCommand& command);
[[nodiscard]] int run_waive(const WaiveCommand& command, const CommonOptions& common);

/// The whole program: reads the command line, runs the command. Never throws.
[[nodiscard]] int run_program(int argc, const char* const* argv) noexcept;

}  // namespace sipdrift
