// The command line: what was asked for.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "audit/waiver_plan.hpp"
#include "sipdrift/audit.hpp"
#include "sipdrift/change_formats.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {

enum class ProgressMode : std::uint8_t {
  automatic,  ///< on a terminal
  always,     ///< plain lines where there is no terminal
  never,
};

/// The form of what is said on stderr.
enum class LogFormat : std::uint8_t {
  text,
  json,  ///< an object a line
};

/// One `--report FORMAT=PATH` of a kind of document; the path "-" is stdout.
template <class Document>
struct TargetOf {
  const FormatOf<Document>* format = nullptr;
  std::string path;

  [[nodiscard]] bool is_stdout() const {
    return path == "-" || path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1";
  }
};

/// What a command is to write of its document, and how that is to look.
template <class Document>
struct ReportsOf {
  std::vector<TargetOf<Document>> targets;
  std::size_t max_bytes = 0;  ///< of Markdown; 0: no limit
  bool verbose = false;       ///< the summary is no shorter than the text format

  [[nodiscard]] FormatOptions options() const { return {.max_bytes = max_bytes}; }
};

using ReportTarget = TargetOf<Report>;
using Reports = ReportsOf<Report>;

/// What every command understands.
struct CommonOptions {
  std::string log_level = "warning";
  LogFormat log_format = LogFormat::text;
  bool no_colour = false;
};

/// How the provider's API is to be reached, by the commands that do.
struct ApiAccess {
  HttpOptions http;      ///< but for the key, and for whom it tells of pauses
  std::string key_file;  ///< empty: the environment's BLAND_API_KEY
};

struct AuditCommand {
  std::vector<std::string> manifests;
  Reports reports;
  Selection selection;
  std::optional<Shard> shard;  ///< all of it without one
  MatchMode match = MatchMode::sip;
  DiscoveryMode discovery = DiscoveryMode::off;
  ExitPolicy exit_policy;
  std::string resume;    ///< a JSON report to complete, "-" for stdin; empty without one
  std::string previous;  ///< a JSON report that need not be there yet; "": none
  ApiAccess api;
  ProgressMode progress = ProgressMode::automatic;
  bool quiet = false;
};

struct ImportCommand {
  ApiAccess api;
  Selection selection;       ///< without tags
  std::string numbers_file;  ///< empty: the numbers that the provider lists
  std::string output = "-";
  bool force = false;  ///< an existing file may be replaced
  ProgressMode progress = ProgressMode::automatic;
};

struct CompareCommand {
  std::string before;             ///< a JSON report; "-" is stdin
  std::string after;              ///< likewise
  std::vector<std::string> plan;  ///< manifests of what was to change; empty: nothing is expected
  MatchMode match = MatchMode::sip;
  ReportsOf<Changes> reports;
  bool exit_zero = false;
  bool quiet = false;
};

struct ConvertCommand {
  std::string report;  ///< a JSON report; "-" is stdin
  Reports reports;
};

struct MergeCommand {
  std::vector<std::string> parts;  ///< JSON reports of all parts; "-" is stdin
  Reports reports;
  bool quiet = false;
};

struct ValidateCommand {
  std::vector<std::string> manifests;
};

struct VerifyCommand {
  std::string report;                  ///< a JSON report; "-" is stdin
  std::vector<std::string> manifests;  ///< that it is said to be of, in order
};

struct WaiveCommand {
  std::string report;  ///< a JSON report; "-" is stdin
  std::string file;    ///< of waivers, to which more are added
  FindingSelection selection;
  Waiver terms;  ///< but for the subject and the field
  bool any_value = false;
  bool dry_run = false;
};

struct SchemaCommand {
  std::string of;  ///< "manifest", "report" or "changes"
};

/// The command line could not be used, or asks for help or the version alone.
struct Answered {
  int exit_status = 0;
  std::string text;                 ///< for stdout, or for stderr if the exit status is not 0
  std::vector<std::string> faults;  ///< messages of what is wrong with the command line
};

using Command =
    std::variant<Answered, AuditCommand, CompareCommand, ConvertCommand, ImportCommand,
                 MergeCommand, ValidateCommand, VerifyCommand, WaiveCommand, SchemaCommand>;

struct CommandLine {
  CommonOptions common;
  Command command;
};

/// Reads the command line, and says nothing.
[[nodiscard]] CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace sipdrift
