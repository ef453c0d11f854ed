// sipdrift audit: inputs, the audit, outputs.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/api_access.hpp"
#include "cli/clocks.hpp"
#include "cli/commands.hpp"
#include "cli/manifest_input.hpp"
#include "cli/progress.hpp"
#include "cli/report_input.hpp"
#include "cli/run_output.hpp"
#include "cli/secret_filter.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/audit.hpp"

namespace sipdrift {

namespace {

/// An earlier run's report, as far as there is one.
struct EarlierReport {
  bool is_usable = true;  ///< what is wrong has been told if not
  std::optional<Report> report;
  std::string notice;  ///< why there is none, where one was asked for
};

EarlierReport load_previous(const AuditCommand& command) {
  const std::string& path = command.previous;
  std::error_code ignored;  // what cannot be looked at cannot be read either
  const auto place = std::filesystem::status(path, ignored);
  if (path.empty()) return {};
  if (path != "-" && place.type() == std::filesystem::file_type::not_found) {
    // The first of many nights.
    return {.is_usable = true,
            .report = {},
            .notice = fmt::format("there is no earlier report at {}: all drift is new", path)};
  }
  auto report = load_report(path);
  if (!report) return {.is_usable = false, .report = {}, .notice = {}};
  // Another fleet's findings would pass for known.
  if (report->run.api_url != command.api.http.api_url) {
    say(fmt::format("--previous {}: is a report on {}, and this audit is of {}", visible(path),
                    visible(report->run.api_url), visible(command.api.http.api_url)));
    return {.is_usable = false, .report = {}, .notice = {}};
  }
  return {.is_usable = true, .report = std::move(report), .notice = {}};
}

/// The report that is to be completed, once it is certain that it can be.
EarlierReport load_resumed(const AuditCommand& command, const Manifest& manifest,
                           const SecretFilter& secrets) {
  const std::string& path = command.resume;
  if (path.empty()) return {};
  auto report = load_report(path);
  if (!report) return {.is_usable = false, .report = {}, .notice = {}};
  AuditOptions options;
  options.selection = command.selection;
  options.match = command.match;
  options.api_url = command.api.http.api_url;
  options.shard = command.shard;
  options.resumed = &*report;
  options.redact = [&](std::string text) { return secrets.filter(std::move(text)); };
  const std::string fault = resume_fault(manifest, options);
  if (fault.empty()) return {.is_usable = true, .report = std::move(report), .notice = {}};
  say(fmt::format("--resume {}: {}", visible(path), visible(fault)));
  return {.is_usable = false, .report = {}, .notice = {}};
}

/// The audit itself, with its progress on stderr, of which nothing is left on a terminal.
Report audit_with_progress(const AuditCommand& command, const CommonOptions& common,
                           const std::string& key, const Manifest& manifest,
                           const EarlierReport& previous, const EarlierReport& resumed,
                           const SecretFilter& secrets, std::stop_token stop) {
  Progress progress(command.progress, common.log_format);
  HttpOptions http = command.api.http;
  http.api_key = key;
  http.on_pause = [&](const ApiPause& pause) { progress.note(pause); };
  const auto fetcher = make_http_fetcher(std::move(http), std::move(stop));
  const AuditOptions options{
      .selection = command.selection,
      .match = command.match,
      .discovery = command.discovery,
      .exit_policy = command.exit_policy,
      .run_id = new_run_id(),
      .api_url = command.api.http.api_url,
      .shard = command.shard,
      .previous = previous.report ? &*previous.report : nullptr,
      .resumed = resumed.report ? &*resumed.report : nullptr,
      .now = wall_clock_now,
      .elapsed = steady_now,
      .on_start = [&](std::size_t count) { progress.start(count); },
      .on_result = [&](const NumberResult& result) { progress.note(result); },
      .redact = [&](std::string text) { return secrets.filter(std::move(text)); }};
  Report report = audit(manifest, options, *fetcher);
  if (!previous.notice.empty()) report.notices.push_back({previous.notice});
  return report;
}

/// Notices also go to the log, where --quiet leaves nothing else to read.
void log_notices(const Report& report) {
  const auto level = report.run.exit_code == exit_status::no_audit ? spdlog::level::err
                     : report.declared == 0                        ? spdlog::level::warn
                                                                   : spdlog::level::info;
  for (const Notice& notice : report.notices) spdlog::log(level, notice.message);
}

}  // namespace

int run_audit(const AuditCommand& command, const CommonOptions& common) {
  const auto key = load_key(command.api.key_file);
  const SecretFilter& secrets = kept_secrets();
  const auto manifest = load_manifest(command.manifests, common);
  const EarlierReport previous = load_previous(command);
  const bool has_cas = prepare_tls(command.api.http);
  if (!key || !manifest || !previous.is_usable || !has_cas) return exit_status::bad_input;
  const EarlierReport resumed = load_resumed(command, *manifest, secrets);
  if (!resumed.is_usable) return exit_status::bad_input;

  auto signals = std::make_unique<SignalWatch>();  // before any other thread
  Report report = audit_with_progress(command, common, *key, *manifest, previous, resumed, secrets,
                                      signals->stop());
  if (report.run.exit_code == exit_status::interrupted && signals->received() != 0) {
    report.run.exit_code = signals->exit_status();
  }
  log_notices(report);
  // From here on a signal ends the program, unless one has ended the run: its reports are written.
  if (signals->received() == 0) signals.reset();
  write_outputs(command.reports, command.quiet, common, secrets, report);
  return report.run.exit_code;
}

}  // namespace sipdrift
