// sipdrift merge: the reports of all parts as one.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/api_access.hpp"
#include "cli/commands.hpp"
#include "cli/report_input.hpp"
#include "cli/run_output.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/merge.hpp"

namespace sipdrift {

namespace {

/// "b.json: is part 2 of 4 once more (held against a.json)"
std::string told(const MergeFault& fault, const std::vector<std::string>& paths) {
  std::string text = visible(fault.message);
  if (fault.part) text = fmt::format("{}: {}", visible(paths.at(*fault.part)), text);
  if (fault.other) text += fmt::format(" (held against {})", visible(paths.at(*fault.other)));
  return text;
}

}  // namespace

int run_merge(const MergeCommand& command, const CommonOptions& common) {
  std::vector<Report> parts;
  for (const std::string& path : command.parts) {
    if (auto part = load_report(path)) parts.push_back(*std::move(part));
  }
  if (parts.size() < command.parts.size()) return exit_status::bad_input;
  auto merged = merge(std::move(parts), new_run_id());
  if (!merged) {
    say(told(merged.error(), command.parts));
    return exit_status::bad_input;
  }
  write_outputs(command.reports, command.quiet, common, kept_secrets(), *merged);
  return merged->run.exit_code;
}

}  // namespace sipdrift
