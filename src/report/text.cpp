// The text report: what an operator reads on the terminal or in a mail from cron.

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/format_writers.hpp"
#include "report/wording.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

enum class Colour { none, red, yellow, green, bold };

class TextReport {
 public:
  TextReport(const Report& report, std::ostream& out, const FormatOptions& options)
      : report_(report), out_(out), options_(options) {}

  void write() {
    const Summary summary = summarize(report_);
    header();
    for (const NumberResult& result : report_.results) number(result);
    if (has_rows_) out_ << '\n';
    for (const Notice& notice : report_.notices) {
      out_ << painted("notice", Colour::yellow) << ": " << visible(notice.message) << '\n';
    }
    figures(summary);
    if (report_.run.fetch.requests > 0) out_ << in_words(report_.run.fetch) << '\n';
    verdict();
  }

 private:
  [[nodiscard]] std::string painted(const std::string& text, Colour colour) const {
    if (!options_.colour) return text;
    switch (colour) {
      case Colour::red:
        return "\x1b[31m" + text + "\x1b[0m";
      case Colour::yellow:
        return "\x1b[33m" + text + "\x1b[0m";
      case Colour::green:
        return "\x1b[32m" + text + "\x1b[0m";
      case Colour::bold:
        return "\x1b[1m" + text + "\x1b[0m";
      default:
        return text;
    }
  }

  void header() {
    out_ << painted(fmt::format("{} {}", tool_name, version()), Colour::bold);
    for (const ManifestSource& manifest : report_.run.manifests) {
      out_ << ' ' << visible(manifest.path);
    }
    out_ << " against " << visible(report_.run.api_url) << ", " << rfc3339(report_.run.started_at)
         << "\n\n";
  }

  void number(const NumberResult& result) {
    if (result.status() == Status::drifted) {
      std::vector<std::string> lines;
      for (const Finding& finding : result.findings()) lines.push_back(in_words(finding));
      rows(result, "drifted", Colour::red, lines);
    } else if (result.status() == Status::not_compared) {
      rows(result, "not compared", Colour::yellow, {in_words(*result.error())});
    }
  }

  void rows(const NumberResult& result, const char* status, Colour colour,
            const std::vector<std::string>& lines) {
    has_rows_ = true;
    const std::string place = place_of(result, report_.run);
    for (const std::string& line : lines) {
      const bool is_first = &line == &lines.front();
      out_ << painted(fmt::format("{:12}", is_first ? status : ""), colour)
           << fmt::format("  {:16}  {}", is_first ? result.number.text() : "", line)
           << (is_first ? "  (" + place + ")" : "") << '\n';
    }
  }

  void figures(const Summary& summary) {
    const auto equivalent = static_cast<std::size_t>(std::count_if(
        report_.results.begin(), report_.results.end(), [](const NumberResult& result) {
          return result.status() == Status::in_sync &&
                 std::any_of(
                     result.matches().begin(), result.matches().end(),
                     [](const Match& match) { return match.agreement == Agreement::equivalent; });
        }));
    out_ << counted(summary.declared, "number") << ": ";
    out_ << painted(fmt::format("{} in sync", summary.count(Status::in_sync)), Colour::green);
    if (equivalent > 0) out_ << fmt::format(" ({} by equivalence)", equivalent);
    part(summary.count(Status::drifted), "drifted", Colour::red);
    part(summary.count(Status::waived), "waived", Colour::none);
    part(summary.count(Status::not_compared), "not compared", Colour::yellow);
    part(summary.count(Status::unmanaged), "unmanaged", Colour::none);
    out_ << '\n';
    if (summary.findings == 0) return;
    out_ << counted(summary.findings, "finding") << ": "
         << fmt::format("{} critical, {} major", summary.count(Severity::critical),
                        summary.count(Severity::major))
         << '\n';
  }

  void part(std::size_t count, const char* what, Colour colour) {
    if (count > 0) out_ << ", " << painted(fmt::format("{} {}", count, what), colour);
  }

  /// As --exit-zero and --fail-on make it; a notice says what it would be.
  [[nodiscard]] bool is_milder_than_earned(int status) const {
    return status == exit_status::in_sync && exit_status_of(report_, {}) != status;
  }

  void verdict() {
    const int status = report_.run.exit_code;
    out_ << painted(fmt::format("Exit status {}", status), Colour::bold) << ": "
         << (is_milder_than_earned(status) ? "nothing of this is to fail the run"
                                           : exit_meaning(status))
         << ".\n";
  }

  const Report& report_;
  std::ostream& out_;
  const FormatOptions& options_;
  bool has_rows_ = false;
};

}  // namespace

void write_text(const Report& report, std::ostream& out, const FormatOptions& options) {
  TextReport(report, out, options).write();
}

}  // namespace sipdrift
