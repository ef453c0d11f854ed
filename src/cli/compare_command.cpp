// sipdrift compare: two reports, perhaps a plan, and what became of it.

#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/manifest_input.hpp"
#include "cli/report_input.hpp"
#include "cli/report_output.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/find_changes.hpp"

namespace sipdrift {

namespace {

void make_milder(Changes& changes) {
  if (changes.exit_code == exit_status::in_sync) return;
  changes.notices.push_back(
      {fmt::format("the exit status would be {} without --exit-zero", changes.exit_code)});
  changes.exit_code = exit_status::in_sync;
}

}  // namespace

int run_compare(const CompareCommand& command, const CommonOptions& common) {
  // All of them are looked at, so that all that is wrong is told at once.
  const auto before = load_report(command.before);
  const auto after = load_report(command.after);
  std::optional<Manifest> plan;
  if (!command.plan.empty()) {
    plan = load_manifest(command.plan, common);
    if (!plan) return exit_status::bad_input;
  }
  if (!before || !after) return exit_status::bad_input;
  auto changes = find_changes(*before, *after, plan ? &*plan : nullptr, command.match);
  if (!changes) {
    say(fmt::format("{} and {}: {}", visible(command.before), visible(command.after),
                    changes.error()));
    return exit_status::bad_input;
  }
  if (command.exit_zero) make_milder(*changes);
  bool is_written = write_all(command.reports, *changes, kept_secrets());
  if (!command.quiet) {
    const std::string fault = write_summary(command.reports, common, *changes, kept_secrets());
    if (!fault.empty()) say("the summary could not be written: " + fault);
    is_written = is_written && fault.empty();
  }
  return is_written ? changes->exit_code : exit_status::no_audit;
}

}  // namespace sipdrift
