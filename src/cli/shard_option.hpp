// `--shard`: which part of the fleet this machine audits.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sipdrift/report.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// The value of an environment variable; nothing if it is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(const std::string& name)>;

/// Reads "2/4", "auto/4" or "auto". Only where `auto` is said is the environment asked, for what
/// Kubernetes, Slurm, GNU parallel and GitLab tell each job of its part: a job that runs inside one
/// of them must not audit a part unless it was told to.
///
/// The error says what was looked for and what was found, as the end of a sentence: of a text that
/// is no part, of an environment that tells nothing, and of one that can be read in two ways.
[[nodiscard]] Result<Shard, std::string> parse_shard(std::string_view text,
                                                     const EnvironmentLookup& environment);

/// The same by the environment of this process.
[[nodiscard]] Result<Shard, std::string> parse_shard(std::string_view text);

}  // namespace sipdrift
