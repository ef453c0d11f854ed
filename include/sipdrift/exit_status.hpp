// The exit status of the program: what it says to the shell, cron and CI.

#pragma once

#include <cstdint>
#include <string_view>

#include "sipdrift/finding.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// 2 and 4 are bits, so that 6 says both. 64 and 65 are those of sysexits.h; 129, 130 and 143
/// those by which a shell tells SIGHUP, SIGINT and SIGTERM.
namespace exit_status {
inline constexpr int in_sync = 0;
inline constexpr int no_audit = 1;
inline constexpr int drift = 2;
inline constexpr int not_compared = 4;
inline constexpr int usage = 64;
inline constexpr int bad_input = 65;
inline constexpr int hung_up = 129;
inline constexpr int interrupted = 130;
inline constexpr int terminated = 143;
}  // namespace exit_status

/// What counts as failing.
struct ExitPolicy {
  Severity fail_on = Severity::major;  ///< findings below this do not make a run fail
  bool new_only = false;               ///< nor do those that the earlier report has unchanged
  bool exit_zero = false;              ///< drift and uncompared numbers do not make a run fail
};

/// The exit status that the results and the discovery earn: 0, 2, 4 or 6.
[[nodiscard]] int exit_status_of(const Report& report, const ExitPolicy& policy);

/// What an exit status means, in a few words for the summary's last line; empty for one that this
/// program does not give.
[[nodiscard]] std::string_view exit_meaning(int status);

}  // namespace sipdrift
