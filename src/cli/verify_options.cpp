// The options of `verify`.

#include <memory>
#include <utility>

#include "cli/command_options.hpp"

namespace sipdrift {

CommandOptions add_verify(CLI::App& program) {
  const auto values = std::make_shared<VerifyCommand>();
  CLI::App& verify = *program.add_subcommand(
      "verify", "Check that a JSON report is complete evidence on manifests, and adds up");
  verify.add_option("REPORT", values->report, "A JSON report, - for stdin")
      ->required()
      ->option_text("REPORT.json");
  verify
      .add_option("MANIFEST", values->manifests,
                  "The YAML files that it is said to be of, in order")
      ->required()
      ->option_text("...");
  verify.footer(
      "Exit status 0 if the report is of these very files, has every number, and each verdict is "
      "what "
      "its observation comes to; else 65, with everything that is wrong.\n\nExample:\n"
      "  sipdrift verify drift.json numbers.yaml");
  return {&verify, [values] { return std::move(*values); }};
}

}  // namespace sipdrift
