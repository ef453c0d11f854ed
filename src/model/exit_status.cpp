// From a report to the exit status, and what each exit status means.

#include "sipdrift/exit_status.hpp"

#include <algorithm>

namespace sipdrift {

namespace {

bool fails(const Finding& finding, const ExitPolicy& policy) {
  if (finding.waiver || finding.severity < policy.fail_on) return false;
  const bool is_known = finding.baseline && finding.baseline->state == BaselineState::unchanged;
  return !(policy.new_only && is_known);
}

bool fails(const NumberResult& result, const ExitPolicy& policy, const Report& report) {
  if (result.status() == Status::unmanaged) return report.discovery && report.discovery->is_failure;
  return std::any_of(result.findings().begin(), result.findings().end(),
                     [&](const Finding& finding) { return fails(finding, policy); });
}

}  // namespace

int exit_status_of(const Report& report, const ExitPolicy& policy) {
  if (policy.exit_zero) return exit_status::in_sync;
  unsigned bits = 0;
  for (const NumberResult& result : report.results) {
    if (fails(result, policy, report)) bits |= unsigned{exit_status::drift};
    if (result.status() == Status::not_compared) bits |= unsigned{exit_status::not_compared};
  }
  if (report.discovery && report.discovery->error) bits |= unsigned{exit_status::not_compared};
  return static_cast<int>(bits);
}

std::string_view exit_meaning(int status) {
  switch (status) {
    case exit_status::in_sync:
      return "every number compared, nothing failing";
    case exit_status::no_audit:
      return "no audit was possible, or a report could not be written";
    case exit_status::drift:
      return "drift; every number compared";
    case exit_status::not_compared:
      return "some numbers could not be compared; no drift in the others";
    case exit_status::drift | exit_status::not_compared:
      return "drift, and some numbers could not be compared";
    case exit_status::usage:
      return "bad command line";
    case exit_status::bad_input:
      return "bad manifest or other input; no request was sent";
    case exit_status::hung_up:
      return "stopped by SIGHUP: its terminal is gone";
    case exit_status::interrupted:
      return "stopped by SIGINT";
    case exit_status::terminated:
      return "stopped by SIGTERM";
    default:
      return {};
  }
}

}  // namespace sipdrift
