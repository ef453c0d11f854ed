// The options, by CLI11. What an option means is said once, in its help text.

#include "cli/options.hpp"

#include <memory>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/option_kinds.hpp"
#include "cli/report_option.hpp"
#include "cli/usage.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/provider.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

/// The target of an option that takes seconds.
struct Seconds {
  double value;

  [[nodiscard]] std::chrono::milliseconds in_ms() const {
    return std::chrono::milliseconds(static_cast<std::int64_t>(value * 1000));
  }
};

/// Everything that CLI11 writes into while it reads the options of `audit`.
struct AuditValues {
  AuditCommand command;
  ReportValues reports;
  std::string api_url{default_api_url};
  Seconds timeout{10};
  Seconds connect_timeout{5};
  Seconds max_wait{60};
  Seconds deadline{0};
  double rate = 0;
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
  add_choice<MatchMode>(
      audit, "--match", values.command.match,
      {{"sip", MatchMode::sip}, {"exact", MatchMode::exact}},
      "What counts as agreement: sip, by meaning (RFC 3261), or exact, to the letter");
}

void add_outcome_options(CLI::App& audit, AuditValues& values) {
  add_report_options(audit, values.reports);
  add_choice<Severity>(audit, "--fail-on", values.command.exit_policy.fail_on,
                       {{"major", Severity::major}, {"critical", Severity::critical}},
                       "The least severity of drift that makes the exit status fail");
  audit.add_flag("--exit-zero", values.command.exit_policy.exit_zero,
                 "Exit 0 whatever the comparison finds");
  audit.add_flag("-q,--quiet", values.command.quiet, "No summary");
  add_choice<ProgressMode>(audit, "--progress", values.command.progress,
                           {{"auto", ProgressMode::automatic},
                            {"always", ProgressMode::always},
                            {"never", ProgressMode::never}},
                           "Show progress on stderr");
}

void add_api_options(CLI::App& audit, AuditValues& values) {
  audit
      .add_option("--api-url", values.api_url,
                  "The provider's API; else the environment's SIPDRIFT_API_URL")
      ->envname("SIPDRIFT_API_URL")
      ->option_text(fmt::format("URL [{}]", default_api_url));
  audit
      .add_option("--api-key-file", values.command.api_key_file,
                  "A file that holds the API key, readable by its owner alone; else the key is the "
                  "environment's BLAND_API_KEY")
      ->option_text("FILE");
  add_choice<AuthScheme>(audit, "--auth-scheme", values.command.http.auth_scheme,
                         {{"bearer", AuthScheme::bearer}, {"raw", AuthScheme::raw}},
                         "How the key stands in the Authorization header");
  audit
      .add_option("--ca-file", values.command.http.ca_file,
                  "A PEM file of CAs to trust beside the system's")
      ->option_text("FILE");
  audit
      .add_option("--ca-path", values.command.http.ca_path,
                  "A directory of CAs to trust beside the system's, as openssl-rehash names them")
      ->option_text("DIR");
  audit
      .add_option("--proxy", values.command.http.proxy,
                  "The proxy for https; else the environment's https_proxy and no_proxy")
      ->option_text("URL");
}

void add_pace_options(CLI::App& audit, AuditValues& values) {
  constexpr double shortest = 0.001;
  constexpr double longest = 86'400;
  add_bounded<std::size_t>(audit, "-j,--concurrency", values.command.http.concurrency, 1, 1024, "N",
                           "16", "Requests under way at once, at most");
  add_bounded(audit, "--rate", values.rate, 0.001, 1e6, "N", "",
              "Requests begun in a second, at most");
  add_bounded(audit, "--retries", values.command.http.retries, 0, 100, "N", "3",
              "Further attempts for a number, after the first");
  add_bounded(audit, "--timeout", values.timeout.value, shortest, longest, "SECONDS", "10",
              "For one attempt");
  add_bounded(audit, "--connect-timeout", values.connect_timeout.value, shortest, longest,
              "SECONDS", "5", "For its connection");
  add_bounded(audit, "--max-wait", values.max_wait.value, 0.0, longest, "SECONDS", "60",
              "The longest wait that the API may ask for");
  add_bounded(audit, "--deadline", values.deadline.value, shortest, longest, "SECONDS", "",
              "For the whole run; what is not done by then is not compared");
}

AuditCommand finished(AuditValues& values, const CLI::App& audit) {
  AuditCommand& command = values.command;
  std::vector<std::string> inputs = command.manifests;
  inputs.insert(inputs.end(), {command.api_key_file, command.http.ca_file});
  command.reports = parse_reports(std::move(values.reports), inputs);
  auto api_url = check_api_url(values.api_url);
  if (!api_url) {
    throw CLI::ValidationError("--api-url", api_url.error());  // unquoted: it may hold a secret
  }
  command.http.api_url = *std::move(api_url);
  if (!command.http.proxy.empty() && !is_proxy_url(command.http.proxy)) {
    throw CLI::ValidationError("--proxy",
                               "is not a URL; it looks like http://proxy.example.com:3128");
  }
  command.http.timeout = values.timeout.in_ms();
  command.http.connect_timeout = values.connect_timeout.in_ms();
  command.http.max_wait = values.max_wait.in_ms();
  if (audit.count("--deadline") > 0) command.http.deadline = values.deadline.in_ms();
  if (audit.count("--rate") > 0) command.http.rate = values.rate;
  return std::move(command);
}

/// CLI11 says help and version by exceptions too; only their exit status is 0.
Answered answer(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream text;
  std::ostringstream ignored;  // is put in our words
  if (app.exit(error, text, ignored) == 0) return {exit_status::in_sync, text.str(), {}};
  if (!lacks_command(app, error) || !app.remaining().empty()) {
    return {exit_status::usage, {}, faults_of(app, error)};
  }
  std::string help = app.help();
  help.pop_back();  // the line end
  return {exit_status::usage, std::move(help), {}};
}

/// What --log-format asks for, though the command line may not have been read to its end.
LogFormat asked_log_format(const CLI::App& app) {
  const std::vector<std::string> given = app.get_option("--log-format")->results();
  return !given.empty() && given.back() == "json" ? LogFormat::json : LogFormat::text;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  AuditValues audit_values;
  ValidateCommand validate_command;
  ConvertCommand convert_command;
  ReportValues convert_values;
  SchemaCommand schema_command;

  CLI::App app(
      "Shows when phone numbers' live SIP configuration has drifted from what was agreed.");
  app.name(std::string(tool_name));
  app.set_version_flag("--version", fmt::format("{} {}", tool_name, version()));
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(usage_example());
  app.add_option("--log-level", line.common.log_level, "What is logged on stderr")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}))
      ->option_text("debug|info|warning|error|off [warning]");
  add_choice<LogFormat>(app, "--log-format", line.common.log_format,
                        {{"text", LogFormat::text}, {"json", LogFormat::json}},
                        "The form of what is said on stderr: text, or json, an object a line");
  app.add_flag("--no-color", line.common.no_colour, "No colours, even on a terminal");

  CLI::App& audit = *app.add_subcommand(
      "audit",
      "Compare the live configuration of every number in the manifests with what they say");
  audit.add_option("MANIFEST", audit_values.command.manifests, "YAML files; together one manifest")
      ->required()
      ->option_text("...");
  add_selection_options(audit, audit_values);
  add_outcome_options(audit, audit_values);
  add_api_options(audit, audit_values);
  add_pace_options(audit, audit_values);
  audit.footer(
      "The options of sipdrift itself, --log-level, --log-format and --no-color, may stand here "
      "too.\n" +
      usage_example() + "\n" + exit_status_list());

  CLI::App& validate =
      *app.add_subcommand("validate", "Say what is wrong with manifests, without the network");
  validate.add_option("MANIFEST", validate_command.manifests, "YAML files; together one manifest")
      ->required()
      ->option_text("...");

  CLI::App& convert = *app.add_subcommand(
      "convert", "Make any report from a saved JSON report, without the network");
  convert.add_option("REPORT", convert_command.report, "A JSON report, - for stdin")
      ->required()
      ->option_text("REPORT.json");
  add_report_options(convert, convert_values);
  convert.footer(
      "Without --report, the text summary goes to stdout.\n\nExample:\n"
      "  sipdrift convert drift.json --report junit=drift.xml");

  CLI::App& schema =
      *app.add_subcommand("schema", "Print the JSON Schema of a manifest or a report");
  schema.add_option("OF", schema_command.of, "manifest or report")
      ->required()
      ->check(CLI::IsMember({"manifest", "report"}))
      ->option_text("manifest|report");

  try {
    app.parse(argc, argv);
    if (audit.parsed()) {
      line.command = finished(audit_values, audit);
    } else if (validate.parsed()) {
      line.command = std::move(validate_command);
    } else if (convert.parsed()) {
      convert_command.reports = parse_reports(std::move(convert_values), {convert_command.report});
      line.command = std::move(convert_command);
    } else {
      line.command = std::move(schema_command);
    }
  } catch (const CLI::ParseError& error) {
    line.common.log_format = asked_log_format(app);
    line.command = answer(app, error);
  }
  return line;
}

}  // namespace sipdrift
