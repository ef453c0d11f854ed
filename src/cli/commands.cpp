// The small commands, and the program around all of them.

#include "cli/commands.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <variant>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/core_dumps.hpp"
#include "cli/manifest_input.hpp"
#include "cli/output_files.hpp"
#include "cli/terminal.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/change_formats.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

namespace {

int print(const std::string& text) {
  const std::string fault = write_descriptor(
      STDOUT_FILENO, [&](std::ostream& out) { out << text; }, kept_secrets());
  if (fault.empty()) return exit_status::in_sync;
  say("stdout could not be written: " + fault);
  return exit_status::no_audit;
}

/// A descriptor that whoever started the program had closed would be the next that is opened: a
/// connection, into which messages would go. What is written to a closed stdout is lost, and that
/// is an error as anywhere else.
void open_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const int mode = descriptor == STDERR_FILENO ? O_RDWR : O_RDONLY;
    if (fcntl(descriptor, F_GETFD) == -1) static_cast<void>(open("/dev/null", mode));
  }
}

/// Runs the command that the command line has, whichever it is.
struct RunCommand {
  const CommonOptions& common;

  int operator()(const Answered& answered) const {
    if (answered.exit_status == exit_status::in_sync) return print(answered.text);
    if (!answered.text.empty()) write_line(answered.text);
    for (const std::string& fault : answered.faults) say(fault);
    return answered.exit_status;
  }
  int operator()(const AuditCommand& command) const { return run_audit(command, common); }
  int operator()(const CompareCommand& command) const { return run_compare(command, common); }
  int operator()(const ConvertCommand& command) const { return run_convert(command, common); }
  int operator()(const ImportCommand& command) const { return run_import(command, common); }
  int operator()(const MergeCommand& command) const { return run_merge(command, common); }
  int operator()(const ValidateCommand& command) const { return run_validate(command, common); }
  int operator()(const VerifyCommand& command) const { return run_verify(command, common); }
  int operator()(const SchemaCommand& command) const { return run_schema(command); }
  int operator()(const WaiveCommand& command) const { return run_waive(command, common); }
};

/// The last words, in whatever form they can still be said.
void say_internal_error(const char* what) noexcept {
  try {
    say(fmt::format("internal error: {}", what));
  } catch (...) {
    static_cast<void>(std::fputs("sipdrift: internal error\n", stderr));
  }
}

}  // namespace

int run_validate(const ValidateCommand& command, const CommonOptions& common) {
  const auto manifest = load_manifest(command.manifests, common, Needs::numbers_or_waivers);
  if (!manifest) return exit_status::bad_input;
  std::string paths;
  for (const std::string& path : command.manifests) {
    paths.append(paths.empty() ? "" : ", ").append(visible(path));
  }
  const std::size_t numbers = manifest->numbers.size();
  const std::size_t waivers = manifest->waivers.size();
  std::string what = numbers > 0 ? counted(numbers, "number") : std::string();
  if (waivers > 0) what.append(numbers > 0 ? " and " : "").append(counted(waivers, "waiver"));
  return print(fmt::format("{}: {}, no faults\n", paths, what));
}

int run_schema(const SchemaCommand& command) {
  if (command.of == "manifest") return print(std::string(manifest_schema()));
  return print(std::string(command.of == "report" ? report_schema() : changes_schema()));
}

int run_program(int argc, const char* const* argv) noexcept {
  try {
    forbid_core_dumps();
    open_standard_descriptors();
    // Not only audit could show it.
    if (const char* const key = std::getenv("BLAND_API_KEY")) keep_secret(key);
    // A closed pipe and a file that grows too large are errors of write(2), told like any other.
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    const CommandLine line = parse_command_line(argc, argv);
    set_up_log(line.common);
    return std::visit(RunCommand{line.common}, line.command);
  } catch (const std::exception& error) {
    say_internal_error(error.what());
  } catch (...) {
    say_internal_error("of an unknown kind");
  }
  return exit_status::no_audit;
}

}  // namespace sipdrift
