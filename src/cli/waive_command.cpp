// sipdrift waive: a report's findings into the waivers of a file.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <spdlog/common.h>
#include <unistd.h>

#include "audit/waiver_plan.hpp"
#include "cli/clocks.hpp"
#include "cli/commands.hpp"
#include "cli/input_files.hpp"
#include "cli/manifest_input.hpp"
#include "cli/output_files.hpp"
#include "cli/report_input.hpp"
#include "cli/secret_filter.hpp"
#include "cli/terminal.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/waiver_writer.hpp"

namespace sipdrift {

namespace {

/// The file as it is; one that is not there yet is empty. Nothing, if it cannot be read, which is
/// told.
std::optional<ManifestFile> load_file(const std::string& path) {
  std::error_code ignored;  // what cannot be looked at is told of when it is read
  const auto type = std::filesystem::status(path, ignored).type();
  if (type == std::filesystem::file_type::not_found) return ManifestFile{path, {}};
  if (type != std::filesystem::file_type::regular || !is_replaceable(path)) {
    say(fmt::format("{}: is no file that waivers can be added to", visible(path)));
    return std::nullopt;
  }
  auto text = read_file(path, largest_manifest);
  if (!text) {
    say(fmt::format("{}: cannot be read: {}", visible(path), text.error()));
    return std::nullopt;
  }
  return ManifestFile{path, *std::move(text)};
}

void tell_unpinned(const std::vector<Unpinned>& unpinned) {
  constexpr std::size_t most_shown = 10;
  for (std::size_t i = 0; i < std::min(unpinned.size(), most_shown); ++i) {
    say(fmt::format("{} {} is not waived: a part of its live value is not shown, or cannot be "
                    "written, so that no waiver can be pinned to it; --any-value waives it "
                    "whatever is live",
                    unpinned[i].number.text(), unpinned[i].path.text()),
        spdlog::level::warn);
  }
  if (unpinned.size() > most_shown) {
    say(fmt::format("and {} more", unpinned.size() - most_shown), spdlog::level::warn);
  }
}

/// Why there is nothing to waive, and what there is.
std::string nothing_in(const std::string& report, const WaiverPlan& plan) {
  if (plan.open == 0) {
    return fmt::format("{} has no finding that is not waived; there is nothing to waive", report);
  }
  std::string fields;
  for (const auto& [path, count] : plan.open_by_field) {
    fields += fmt::format("{}{} {}", fields.empty() ? "" : ", ", count, path.text());
  }
  return fmt::format("none of the {} of {} that can be waived was selected: there are {}, on {}",
                     counted(plan.open, "finding"), report, fields,
                     counted(plan.open_numbers, "number"));
}

std::string print(const std::string& text) {
  return write_descriptor(
      STDOUT_FILENO, [&](std::ostream& out) { out << text; }, kept_secrets());
}

std::string lines_about(const AddedWaivers& added, const std::string& file) {
  std::string lines;
  for (const Waiver& waiver : added.waivers) {
    const std::string pin = waiver.observed ? "pinned to " + *waiver.observed : "whatever is live";
    lines += fmt::format("{}:{}: {} {}, {}, until {}\n", file, waiver.source.line,
                         subject_text(waiver), waiver.path.text(), pin, waiver.expires);
  }
  return lines;
}

int write(const WaiveCommand& command, const AddedWaivers& added) {
  const std::string file = visible(command.file);
  if (kept_secrets().is_in(added.text)) {
    say(fmt::format("the API key stands in {}, or in what was to be added; nothing was written",
                    file));
    return exit_status::bad_input;
  }
  if (!command.dry_run) {
    const std::string fault = write_file(
        command.file, [&](std::ostream& out) { out << added.text; }, kept_secrets());
    if (!fault.empty()) {
      say(fmt::format("{} could not be written: {}", file, fault));
      return exit_status::no_audit;
    }
  }
  const std::string fault = print(command.dry_run ? added.inserted : lines_about(added, file));
  if (fault.empty()) return exit_status::in_sync;
  say("stdout could not be written: " + fault);
  return exit_status::no_audit;
}

}  // namespace

int run_waive(const WaiveCommand& command, const CommonOptions& common) {
  const Timestamp now = wall_clock_now();
  const Waiver& terms = command.terms;
  if (terms.ends_at <= now) {
    say(fmt::format("--expires: {} is past", terms.expires));
    return exit_status::usage;
  }
  const auto report = load_report(command.report);
  const auto file = load_file(command.file);
  if (!report || !file) return exit_status::bad_input;

  const WaiverPlan plan = plan_waivers(*report, command.selection, terms,
                                       command.any_value ? Pin::to_none : Pin::to_live_value);
  for (const std::string& fault : plan.faults) say("--finding: " + fault);
  if (!plan.faults.empty()) return exit_status::bad_input;
  tell_unpinned(plan.unpinned);
  if (plan.waivers.empty()) {
    if (plan.unpinned.empty()) say(nothing_in(visible(command.report), plan));
    return exit_status::bad_input;
  }
  const auto added = add_waivers(*file, plan.waivers);
  if (!added) {
    tell_faults(added.error(), common);
    say("nothing was added to " + visible(command.file));
    return exit_status::bad_input;
  }
  const int status = write(command, *added);
  if (status == exit_status::in_sync && terms.ends_at > now + std::chrono::days(366)) {
    say(fmt::format("{} is more than a year away; who will still know of it?", terms.expires),
        spdlog::level::warn);
  }
  return status;
}

}  // namespace sipdrift
