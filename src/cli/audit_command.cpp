// sipdrift audit: inputs, the audit, outputs.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/input_files.hpp"
#include "cli/manifest_input.hpp"
#include "cli/output_files.hpp"
#include "cli/secret_filter.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/audit.hpp"
#include "sipdrift/formats.hpp"

namespace sipdrift {

namespace {

/// The key from the file or the environment; what is wrong has been told if there is none.
std::optional<std::string> load_key(const std::string& file) {
  if (!file.empty()) {
    auto key = read_key_file(file);
    if (key) return *std::move(key);
    say(fmt::format("--api-key-file {}: {}", visible(file), key.error()));
    return std::nullopt;
  }
  const char* const key = std::getenv("BLAND_API_KEY");
  if (key == nullptr) {
    say("no API key: set BLAND_API_KEY in the environment, or give --api-key-file FILE");
    return std::nullopt;
  }
  const std::string fault = key_fault(key);
  if (fault.empty()) return key;
  say("the key in BLAND_API_KEY " + fault);
  return std::nullopt;
}

/// A random UUID (RFC 4122, version 4).
std::string new_run_id() {
  std::random_device random;
  const std::uint32_t a = random();
  const std::uint32_t b = random();
  const std::uint32_t c = random();
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:04x}{:08x}", a, b >> 16U,
                     0x4000U | (b & 0x0FFFU), 0x8000U | (c >> 18U), c & 0xFFFFU, random());
}

Timestamp now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds since_start() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

std::string write_to(const ReportTarget& target, const Report& report) {
  const Writer writer = [&](std::ostream& out) { target.format->write(report, out); };
  return target.is_stdout() ? write_descriptor(STDOUT_FILENO, writer)
                            : write_file(target.path, writer);
}

/// Writes the reports, each whether or not the others could be written. One that could not be makes
/// the exit status another, of which the report is to tell as well: so those that could are written
/// again. Stdout, which cannot be, comes last.
void write_reports(std::vector<ReportTarget> targets, Report& report) {
  std::stable_partition(targets.begin(), targets.end(),
                        [](const ReportTarget& target) { return !target.is_stdout(); });
  std::vector<ReportTarget> written;
  bool is_amended = false;
  for (const ReportTarget& target : targets) {
    const std::string fault = write_to(target, report);
    if (fault.empty()) {
      written.push_back(target);
      continue;
    }
    const std::string notice = fmt::format("report {}={} could not be written: {}",
                                           target.format->name, target.path, fault);
    say(visible(notice));
    report.notices.push_back({notice});
    report.run.exit_code = exit_status::no_audit;
    is_amended = true;
  }
  if (!is_amended) return;
  for (const ReportTarget& target : written) {
    if (!target.is_stdout()) static_cast<void>(write_to(target, report));
  }
}

/// Writes the summary, and gives the run's exit status.
int conclude(const AuditCommand& command, const CommonOptions& common, const Report& report) {
  if (command.quiet) return report.run.exit_code;
  const bool is_stdout_taken =
      std::any_of(command.reports.begin(), command.reports.end(),
                  [](const ReportTarget& target) { return target.is_stdout(); });
  const int descriptor = is_stdout_taken ? STDERR_FILENO : STDOUT_FILENO;
  const TextStyle style{.colour = wants_colour(descriptor, common)};
  const std::string fault =
      write_descriptor(descriptor, [&](std::ostream& out) { write_text(report, out, style); });
  if (fault.empty()) return report.run.exit_code;
  say("the summary could not be written: " + fault);
  return exit_status::no_audit;
}

/// Notices also go to the log, where --quiet leaves nothing else to read.
void log_notices(const Report& report) {
  const auto level = report.run.exit_code == exit_status::no_audit ? spdlog::level::err
                     : report.results.empty()                      ? spdlog::level::warn
                                                                   : spdlog::level::info;
  for (const Notice& notice : report.notices) spdlog::log(level, notice.message);
}

}  // namespace

int run_audit(const AuditCommand& command, const CommonOptions& common) {
  const auto key = load_key(command.api_key_file);
  const SecretFilter secrets(key.value_or(""));
  set_up_log(common, secrets);
  const auto manifest = load_manifest(command.manifests, common);
  const std::string ca_fault = check_ca_file(command.http.ca_file);
  if (!ca_fault.empty())
    say(fmt::format("--ca-file {}: {}", visible(command.http.ca_file), ca_fault));
  if (!key || !manifest || !ca_fault.empty()) return exit_status::bad_input;

  const SignalWatch signals;  // before any other thread
  unsetenv("SSLKEYLOGFILE");  // libcurl would write down what decrypts the key
  HttpOptions http = command.http;
  http.api_key = *key;
  const auto fetcher = make_http_fetcher(std::move(http), signals.stop());

  Report report;
  {
    Progress progress(command.progress);
    const AuditOptions options{
        .selection = command.selection,
        .match = command.match,
        .exit_policy = command.exit_policy,
        .run_id = new_run_id(),
        .api_url = command.http.api_url,
        .now = now,
        .elapsed = since_start,
        .on_start = [&](std::size_t count) { progress.start(count); },
        .on_result = [&](const NumberResult& result) { progress.note(result); },
        .redact = [&](std::string text) { return secrets.filter(std::move(text)); }};
    report = audit(*manifest, options, *fetcher);
  }
  if (report.run.exit_code == exit_status::interrupted && signals.received() == SIGTERM) {
    report.run.exit_code = exit_status::terminated;
  }
  log_notices(report);
  write_reports(command.reports, report);
  return conclude(command, common, report);
}

}  // namespace sipdrift
