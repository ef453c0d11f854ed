// sipdrift audit: inputs, the audit, outputs.

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>

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

/// Writes all reports and the summary, each whether or not the others could be written. Returns
/// whether all could.
bool write_outputs(const Report& report, const AuditCommand& command, const CommonOptions& common) {
  bool all_written = true;
  const auto tell = [&](const std::string& what, const std::string& fault) {
    if (fault.empty()) return;
    say(fmt::format("{} could not be written: {}", what, fault));
    all_written = false;
  };
  bool is_stdout_taken = false;
  for (const ReportTarget& target : command.reports) {
    const Writer writer = [&](std::ostream& out) { target.format->write(report, out); };
    is_stdout_taken = is_stdout_taken || target.is_stdout();
    tell(fmt::format("report {}={}", target.format->name, visible(target.path)),
         target.is_stdout() ? write_descriptor(STDOUT_FILENO, writer)
                            : write_file(target.path, writer));
  }
  if (command.quiet) return all_written;
  const int descriptor = is_stdout_taken ? STDERR_FILENO : STDOUT_FILENO;
  const TextStyle style{.colour = wants_colour(descriptor, common)};
  tell("the summary",
       write_descriptor(descriptor, [&](std::ostream& out) { write_text(report, out, style); }));
  return all_written;
}

}  // namespace

int run_audit(const AuditCommand& command, const CommonOptions& common) {
  const SignalWatch signals;  // before any other thread

  const auto key = load_key(command.api_key_file);
  const SecretFilter secrets(key.value_or(""));
  set_up_log(common, secrets);
  const auto manifest = load_manifest(command.manifests, common);
  if (!key || !manifest) return exit_status::bad_input;

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
        .on_start = [&](std::size_t count) { progress.start(count); },
        .on_result = [&](const NumberResult& result) { progress.note(result); },
        .redact = [&](std::string text) { return secrets.filter(std::move(text)); }};
    report = audit(*manifest, options, *fetcher);
  }
  if (report.run.exit_code == exit_status::interrupted && signals.received() == SIGTERM) {
    report.run.exit_code = exit_status::terminated;
  }
  for (const Notice& notice : report.notices) spdlog::info(notice.message);

  const bool all_written = write_outputs(report, command, common);
  return all_written ? report.run.exit_code : exit_status::no_audit;
}

}  // namespace sipdrift
