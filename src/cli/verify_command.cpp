// sipdrift verify: is this report complete evidence on these manifests?

#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/manifest_input.hpp"
#include "cli/output_files.hpp"
#include "cli/report_input.hpp"
#include "cli/terminal.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/verify.hpp"

namespace sipdrift {

namespace {

/// As many as anyone will read; of a wrong manifest, every number is one.
constexpr std::size_t most_shown_faults = 1000;

void tell(const std::string& path, const Verification& verification) {
  const std::size_t count = verification.faults.size();
  const std::size_t shown = std::min(count, most_shown_faults);
  for (std::size_t i = 0; i < shown; ++i) {
    say(fmt::format("{}: {}", visible(path), visible(verification.faults[i])));
  }
  if (shown < count) say(fmt::format("and {} more", count - shown));
  say(fmt::format("{}: no complete evidence on this manifest: {}", visible(path),
                  counted(count, "fault")));
}

/// "drift.json: verified: 14 numbers, 52 fields compared again"
std::string words_on(const std::string& path, const Verification& verification) {
  std::string text = fmt::format(
      "{}: verified: every declared number is in it, {} compared again of {}", visible(path),
      counted(verification.fields, "field"), counted(verification.numbers, "number"));
  if (verification.hidden > 0) {
    text += fmt::format("; {} could not be, as a part is not shown",
                        counted(verification.hidden, "more field"));
  }
  return text + "\n";
}

}  // namespace

int run_verify(const VerifyCommand& command, const CommonOptions& common) {
  const auto report = load_report(command.report);
  const auto manifest = load_manifest(command.manifests, common);
  if (!report || !manifest) return exit_status::bad_input;
  const Verification verification = verify(*report, *manifest);
  if (!verification.faults.empty()) {
    tell(command.report, verification);
    return exit_status::bad_input;
  }
  const std::string fault = write_descriptor(
      STDOUT_FILENO, [&](std::ostream& out) { out << words_on(command.report, verification); },
      kept_secrets());
  if (fault.empty()) return exit_status::in_sync;
  say("stdout could not be written: " + fault);
  return exit_status::no_audit;
}

}  // namespace sipdrift
