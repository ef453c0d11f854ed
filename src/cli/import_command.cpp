// sipdrift import: inputs, the import, the manifest.

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/api_access.hpp"
#include "cli/commands.hpp"
#include "cli/number_input.hpp"
#include "cli/output_files.hpp"
#include "cli/progress.hpp"
#include "cli/secret_filter.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/import.hpp"
#include "sipdrift/manifest_writer.hpp"

namespace sipdrift {

namespace {

std::string without_secrets(std::string text) { return kept_secrets().filter(std::move(text)); }

/// The import itself, with its progress on stderr, of which nothing is left on a terminal.
Result<ImportedFleet, NotCompared> import_with_progress(const ImportCommand& command,
                                                        const CommonOptions& common,
                                                        const std::string& key,
                                                        std::optional<std::vector<E164>> numbers,
                                                        std::stop_token stop) {
  Progress progress(command.progress, common.log_format, ProgressTask::import);
  HttpOptions http = command.api.http;
  http.api_key = key;
  http.on_pause = [&](const ApiPause& pause) { progress.note(pause); };
  const auto fetcher = make_http_fetcher(std::move(http), std::move(stop));
  const ImportOptions options{.selection = command.selection,
                              .numbers = std::move(numbers),
                              .on_start = [&](std::size_t count) { progress.start(count); },
                              .on_number =
                                  [&](bool is_read, int requests) {
                                    progress.note(is_read ? Status::in_sync : Status::not_compared,
                                                  requests);
                                  },
                              .redact = without_secrets};
  return import_fleet(options, *fetcher);
}

void say_nothing_written(const std::string& why) {
  say(visible(fmt::format("{}; nothing was written", why)));
}

void tell_of_no_list(const NotCompared& error) {
  say_nothing_written(fmt::format("the provider's list of numbers could not be had: {}: {}",
                                  name(error.kind), error.message));
  if (error.kind == ErrorKind::unauthorized) return;
  say("if the list cannot be had, list the numbers in a file, one a line, and give --numbers FILE");
}

bool is_nothing_but_unauthorized(const ImportedFleet& fleet) {
  return fleet.records.empty() && !fleet.unread.empty() &&
         std::all_of(fleet.unread.begin(), fleet.unread.end(), [](const UnreadNumber& one) {
           return one.error.kind == ErrorKind::unauthorized;
         });
}

/// Why there is nothing to write of a fleet of which nothing can be declared.
void tell_of_no_manifest(const ImportedFleet& fleet) {
  constexpr std::size_t most_told = 5;
  const std::size_t told = std::min(fleet.unread.size(), most_told);
  for (std::size_t i = 0; i < told; ++i) {
    const UnreadNumber& one = fleet.unread[i];
    say(visible(
        fmt::format("{}: {}: {}", one.number.text(), name(one.error.kind), one.error.message)));
  }
  if (told < fleet.unread.size()) say(fmt::format("and {} more", fleet.unread.size() - told));
  if (fleet.known == 0) return say_nothing_written("the provider lists no numbers");
  if (fleet.records.empty() && fleet.unread.empty()) {
    return say_nothing_written(
        "no number was selected: --only and --exclude leave nothing to import");
  }
  say_nothing_written("of no number there is anything that a manifest can declare");
}

/// Writes the manifest; returns why it could not be, or an empty text.
std::string write_output(const ImportCommand& command, const std::string& text) {
  const Writer writer = [&](std::ostream& out) { out << text; };
  if (command.output == "-") return write_descriptor(STDOUT_FILENO, writer, kept_secrets());
  std::error_code ignored;
  const bool is_taken = std::filesystem::is_regular_file(command.output, ignored);
  if (is_taken && !command.force) return "it exists by now; --force replaces it";
  return write_file(command.output, writer, kept_secrets());
}

/// What the manifest holds and what it does not, for the person at the terminal.
void tell_of(const ImportedFleet& fleet, const WrittenManifest& written) {
  say(counted(written.declared, "number") + " imported", spdlog::level::info);
  const std::size_t left_out = fleet.unread.size() + written.undeclared.size();
  if (left_out > 0) {
    say(counted(left_out, "number") +
        " could not be imported: the manifest's last comments list them, with the reasons");
  }
  if (!fleet.other_identifiers.empty()) {
    say(fmt::format(
            "the provider also lists {} that {}: the manifest's last comments list them",
            counted(fleet.other_identifiers.size(), "identifier"),
            fleet.other_identifiers.size() == 1 ? "is no E.164 number" : "are no E.164 numbers"),
        spdlog::level::warn);
  }
}

/// Whether the fleet can be written as if it were all that there is; what is wrong has been told.
bool is_usable(const ImportedFleet& fleet) {
  if (fleet.end == FetchEnd::interrupted) {
    say_nothing_written(fmt::format("the import was interrupted, with {} of {} read",
                                    fleet.records.size(),
                                    counted(fleet.records.size() + fleet.unread.size(), "number")));
    return false;
  }
  if (fleet.end == FetchEnd::key_rejected || fleet.end == FetchEnd::failed) {
    say_nothing_written(fleet.reason);
    return false;
  }
  if (is_nothing_but_unauthorized(fleet)) {
    say_nothing_written("the API does not accept the key");
    return false;
  }
  if (fleet.end != FetchEnd::complete) {
    say(visible("the import ended early: " + fleet.reason));
  }
  return true;
}

/// From what was read to the exit status.
int write_fleet(const ImportCommand& command, const ImportedFleet& fleet) {
  const WrittenManifest written = write_manifest({.records = fleet.records,
                                                  .unread = fleet.unread,
                                                  .other_identifiers = fleet.other_identifiers,
                                                  .untold = fleet.untold,
                                                  .are_listed = fleet.is_from_list,
                                                  .api_url = command.api.http.api_url,
                                                  .redact = without_secrets});
  if (written.declared == 0) {
    tell_of_no_manifest(fleet);
    return exit_status::no_audit;
  }
  // What would be taken out on its way would leave another manifest than this.
  std::string fault = kept_secrets().is_in(written.text)
                          ? std::string("the API key stands in a number or a name of it")
                          : find_import_fault(written.text, fleet.records);
  if (!fault.empty()) {
    say_nothing_written("internal error: the manifest is not as it should be: " + fault);
    return exit_status::no_audit;
  }
  fault = write_output(command, written.text);
  if (!fault.empty()) {
    say(fmt::format("{} could not be written: {}",
                    command.output == "-" ? "stdout" : visible(command.output), fault));
    return exit_status::no_audit;
  }
  tell_of(fleet, written);
  const bool is_whole = fleet.unread.empty() && written.undeclared.empty();
  return is_whole ? exit_status::in_sync : exit_status::not_compared;
}

}  // namespace

int run_import(const ImportCommand& command, const CommonOptions& common) {
  const auto key = load_key(command.api.key_file);
  std::optional<std::vector<E164>> numbers;
  if (!command.numbers_file.empty()) numbers = load_numbers(command.numbers_file);
  const bool has_numbers = command.numbers_file.empty() || numbers;
  const bool has_cas = prepare_tls(command.api.http);
  if (!key || !has_numbers || !has_cas) return exit_status::bad_input;

  auto signals = std::make_unique<SignalWatch>();  // before any other thread
  const auto fleet =
      import_with_progress(command, common, *key, std::move(numbers), signals->stop());
  if (!fleet) {
    if (fleet.error().kind == ErrorKind::interrupted && signals->received() != 0) {
      say_nothing_written("the import was interrupted before the list of numbers was there");
      return signals->exit_status();
    }
    tell_of_no_list(fleet.error());
    return exit_status::no_audit;
  }
  if (!is_usable(*fleet)) {
    const bool is_stopped = fleet->end == FetchEnd::interrupted && signals->received() != 0;
    return is_stopped ? signals->exit_status() : exit_status::no_audit;
  }
  signals.reset();  // from here on a signal ends the program: the manifest is written whole or not
  return write_fleet(command, *fleet);
}

}  // namespace sipdrift
