// The options of `audit`.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/api_options.hpp"
#include "cli/command_options.hpp"
#include "cli/option_kinds.hpp"
#include "cli/report_option.hpp"
#include "cli/shard_option.hpp"
#include "cli/usage.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view examples = R"(
Examples:
  export BLAND_API_KEY=...
  sipdrift audit numbers.yaml --report json=drift.json --report junit=drift.xml
  sipdrift audit numbers.yaml --previous last.json --report json=last.json --fail-on new
  sipdrift audit numbers.yaml waivers.yaml --discover fail --only 'tag:site:ams'
  sipdrift audit numbers.yaml --shard 2/4 --report json=part2.json
  sipdrift audit numbers.yaml --resume drift.json --report json=drift.json

)";

/// Everything that CLI11 writes into while it reads the options.
struct AuditValues {
  AuditCommand command;
  ReportValues reports;
  ApiValues api;
  bool exit_zero = false;
};

void add_selection_options(CLI::App& audit, AuditValues& values) {
  audit
      .add_option("--only", values.command.selection.only,
                  "Audit only numbers that match: a glob, or tag:GLOB (repeatable)")
      ->allow_extra_args(false)
      ->option_text("GLOB");
  audit
      .add_option("--exclude", values.command.selection.exclude,
                  "Leave out numbers that match (repeatable)")
      ->allow_extra_args(false)
      ->option_text("GLOB");
  audit
      .add_option_function<std::string>(
          "--shard",
          [&values](const std::string& text) {
            const auto shard = parse_shard(text);
            if (!shard) throw CLI::ValidationError("--shard", shard.error());
            values.command.shard = *shard;
          },
          "Audit only the I-th of N parts; auto takes I, or both, from the environment of "
          "Kubernetes, "
          "Slurm, GNU parallel or GitLab")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->option_text("I/N|auto/N|auto");
  add_choice<MatchMode>(
      audit, "--match", values.command.match,
      {{"sip", MatchMode::sip}, {"exact", MatchMode::exact}},
      "What counts as agreement: sip, by meaning (RFC 3261), or exact, to the letter");
  add_choice<DiscoveryMode>(audit, "--discover", values.command.discovery,
                            {{"off", DiscoveryMode::off},
                             {"report", DiscoveryMode::report},
                             {"fail", DiscoveryMode::fail}},
                            "Ask for the provider's list, too, and report numbers that no manifest "
                            "has, whatever is selected; or count them as drift");
}

void add_outcome_options(CLI::App& audit, AuditValues& values) {
  add_report_options(audit, values.reports);
  add_choice<ExitPolicy>(
      audit, "--fail-on", values.command.exit_policy,
      {{"major", {}}, {"critical", {.fail_on = Severity::critical}}, {"new", {.new_only = true}}},
      "What makes the exit status fail: any drift; lost encryption alone; or, with --previous, "
      "what "
      "is new or has changed again");
  audit
      .add_option("--previous", values.command.previous,
                  "The JSON report of an earlier run: tells what is new, unchanged, and resolved. "
                  "One that is not there yet is no error")
      ->option_text("REPORT.json");
  audit
      .add_option("--resume", values.command.resume,
                  "The JSON report of a run that was cut short: fetch only what it did not compare")
      ->option_text("REPORT.json");
  audit.add_flag("--exit-zero", values.exit_zero, "Exit 0 whatever the comparison finds");
  audit.add_flag("-q,--quiet", values.command.quiet, "No summary");
  add_choice<ProgressMode>(audit, "--progress", values.command.progress,
                           {{"auto", ProgressMode::automatic},
                            {"always", ProgressMode::always},
                            {"never", ProgressMode::never}},
                           "Show progress on stderr");
}

AuditCommand finished(AuditValues values, const CLI::App& audit) {
  AuditCommand& command = values.command;
  command.exit_policy.exit_zero = values.exit_zero;
  refuse_empty(audit, {"--only", "--exclude", "--previous", "--resume"});
  if (command.exit_policy.new_only && command.previous.empty()) {
    throw CLI::ValidationError("--fail-on", "new needs --previous, to know what is new");
  }
  std::vector<std::string> inputs = command.manifests;
  inputs.insert(inputs.end(), {values.api.api.key_file, values.api.api.http.ca_file});
  command.reports = parse_reports(values.reports, inputs);
  command.api = parse_api(std::move(values.api), audit);
  return std::move(command);
}

}  // namespace

CommandOptions add_audit(CLI::App& program) {
  const auto values = std::make_shared<AuditValues>();
  CLI::App& audit = *program.add_subcommand(
      "audit",
      "Compare the live configuration of every number in the manifests with what they say");
  audit.add_option("MANIFEST", values->command.manifests, "YAML files; together one manifest")
      ->required()
      ->option_text("...");
  add_selection_options(audit, *values);
  add_outcome_options(audit, *values);
  add_api_options(audit, values->api);
  audit.footer(
      "The options of sipdrift itself, --log-level, --log-format and --no-color, may stand here "
      "too.\n" +
      std::string(examples) + exit_status_list());
  return {&audit, [values, &audit] { return finished(std::move(*values), audit); }};
}

}  // namespace sipdrift
