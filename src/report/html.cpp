// The HTML report: one file that needs nothing else, runs nothing and asks for nothing. Without its
// style it still reads from top to bottom: verdict, picture, drift, the rest, the evidence.

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "report/digest.hpp"
#include "report/format_writers.hpp"
#include "report/html_parts.hpp"
#include "report/markup.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

class HtmlReport {
 public:
  HtmlReport(const Report& report, std::ostream& out)
      : report_(report), out_(out), summary_(summarize(report)), digest_(digest(report)) {}

  void write() {
    write_html_head(headline(summary_), out_);
    verdict();
    out_ << "<main>\n";
    write_picture(report_, summary_, out_);
    drift("Drift", digest_.drift,
          fmt::format("{}, by cause: {} critical, {} major", counted(summary_.findings, "finding"),
                      summary_.count(Severity::critical), summary_.count(Severity::major)));
    obstacles();
    discovery();
    drift("Waived", digest_.waived, counted(summary_.waived_findings, "finding") + " waived");
    past();
    in_sync();
    notices();
    run();
    out_ << "</main>\n</body>\n</html>\n";
  }

 private:
  void verdict() {
    const Run& run = report_.run;
    out_ << fmt::format("<header>\n<h1>{}</h1>\n<p>Exit status {}: {}.</p>\n<p class=\"faint\">",
                        headline(summary_), run.exit_code, verdict_in_words(report_));
    for (const ManifestSource& manifest : run.manifests) out_ << text_in_code(manifest.path) << ' ';
    out_ << fmt::format("against {}, {}</p>\n<ul class=\"figures\">\n", text_in_code(run.api_url),
                        rfc3339(run.started_at));
    const auto figure = [&](const char* style, std::size_t count, const char* what) {
      write_figure(style, count, what, out_);
    };
    figure("", summary_.declared, "numbers");
    figure("good", summary_.count(Status::in_sync), "in sync");
    figure("bad", summary_.count(Status::drifted), "drifted");
    figure("unknown", summary_.count(Status::not_compared), "not compared");
    const auto further = [&](Status status, const char* style, const char* what) {
      if (summary_.count(status) > 0) figure(style, summary_.count(status), what);
    };
    further(Status::waived, "waived", "waived");
    further(Status::unmanaged, "other", "unmanaged");
    out_ << "</ul>\n";
    const std::string changes = changes_in_words(report_, summary_);
    if (!changes.empty()) out_ << "<p>" << escaped(changes) << "</p>\n";
    out_ << "</header>\n";
  }

  void drift(const char* title, const std::vector<Cause>& causes, const std::string& caption) {
    if (causes.empty()) return;
    open_table(out_, title, caption, "Field", "Expected and live");
    for (const Cause& cause : causes) {
      out_ << "<tr><th scope=\"row\">" << path_in_code(cause.path);
      const std::string_view meaning = consequence(cause.severity);
      if (!meaning.empty()) {
        out_ << fmt::format(" <span class=\"severity bad\">{}: {}</span>", name(cause.severity),
                            meaning);
      }
      out_ << "</th><td>";
      write_values("expected", cause.expected, "live", cause.live, out_);
      const auto remark = [&](const std::string& text) {
        if (!text.empty()) out_ << "<p class=\"faint\">" << escaped(text) << "</p>";
      };
      remark(cause.remark);
      remark(cause.history);
      if (cause.waiver != nullptr) {
        out_ << "<p class=\"waived\">" << escaped(in_words(*cause.waiver)) << "</p>";
      }
      out_ << "</td><td>";
      numbers(cause.numbers);
    }
    close_table(out_);
  }

  /// What the provider's list says.
  void discovery() {
    if (!report_.discovery) return;
    out_ << "<section>\n<h2>Unmanaged</h2>\n<p>" << escaped(discovery_in_words(report_, summary_))
         << ".</p>\n";
    if (!digest_.unmanaged.empty()) {
      write_ranges(counted(digest_.unmanaged.size(), "number") + " in no manifest",
                   in_ranges(digest_.unmanaged), out_);
    }
    out_ << "</section>\n";
  }

  /// What the earlier run had, and this one has not.
  void past() {
    if (digest_.past.empty()) return;
    open_table(out_, "Gone since the last run", "What that run had found, and this one has not",
               "Field", "Expected, and what it was");
    for (const PastCause& cause : digest_.past) {
      out_ << fmt::format("<tr><th scope=\"row\">{} <span class=\"severity {}\">{}</span></th><td>",
                          path_in_code(cause.path), cause.fate == Fate::resolved ? "good" : "other",
                          fate_in_words(cause.fate));
      write_values("expected", cause.expected, "was", cause.live, out_);
      out_ << "</td><td>";
      write_ranges(counted(cause.numbers.size(), "number"), in_ranges(cause.numbers), out_);
      out_ << "</td></tr>\n";
    }
    close_table(out_);
  }

  void obstacles() {
    if (digest_.obstacles.empty()) return;
    open_table(out_, "Not compared",
               "There is no verdict on " + counted(summary_.count(Status::not_compared), "number"),
               "Reason", "What happened");
    for (const Obstacle& obstacle : digest_.obstacles) {
      out_ << fmt::format(
          "<tr><th scope=\"row\"><span class=\"unknown\">{}</span></th><td>{}</td><td>",
          name(obstacle.kind), escaped(obstacle.message));
      numbers(obstacle.numbers);
    }
    close_table(out_);
  }

  /// Ends the row: with a few numbers and their places in the manifest, or with how many there are,
  /// and a row of their own below, folded.
  void numbers(const Numbers& numbers) {
    if (numbers.size() > few_in_html) {
      const std::string count = counted(numbers.size(), "number");
      out_ << fmt::format(
          "{}<br><span class=\"faint\">{} and on</span></td></tr>\n<tr class=\"folded\"><td "
          "colspan=\"3\">",
          count, escaped(place_of(*numbers.front(), report_.run)));
      write_folded("These " + count, in_ranges(numbers), out_);
    } else {
      out_ << "<ul class=\"numbers\">";
      for (const NumberResult* const result : numbers) {
        out_ << fmt::format("<li><code>{}</code> <span class=\"faint\">{}</span></li>",
                            result->number.text(), escaped(place_of(*result, report_.run)));
      }
      out_ << "</ul>";
    }
    out_ << "</td></tr>\n";
  }

  void in_sync() {
    if (digest_.in_sync.empty()) return;
    out_ << "<section>\n<h2>In sync</h2>\n";
    std::string text = counted(digest_.in_sync.size(), "number") + " in sync";
    if (digest_.equivalent > 0) text += fmt::format(", {} by equivalence", digest_.equivalent);
    write_folded(text, in_ranges(digest_.in_sync), out_);
    out_ << "</section>\n";
  }

  void notices() {
    if (report_.notices.empty()) return;
    out_ << "<section>\n<h2>Notices</h2>\n<ul>\n";
    for (const Notice& notice : report_.notices) {
      out_ << "<li>" << escaped(notice.message) << "</li>\n";
    }
    out_ << "</ul>\n</section>\n";
  }

  void run() {
    const Run& run = report_.run;
    out_ << "<section>\n<h2>The run</h2>\n<dl>\n";
    const auto entry = [&](const char* what, const std::string& text) {
      out_ << fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", what, text);
    };
    entry("Tool", fmt::format("{} {}", tool_name, version()));
    entry("Run", text_in_code(run.id));
    entry("Time", fmt::format("{} to {}{}", rfc3339(run.started_at), rfc3339(run.finished_at),
                              run.complete ? "" : ", not complete"));
    for (const ManifestSource& manifest : run.manifests) {
      entry("Manifest, SHA-256",
            text_in_code(manifest.path) + " " + code_element(manifest.sha256.hex()));
    }
    if (run.fetch.requests > 0) {
      std::string text;
      for (const std::string& part : parts_in_words(run.fetch)) {
        text += (text.empty() ? "" : "; ") + escaped(part);
      }
      entry("Fetch", text);
    }
    out_ << "</dl>\n</section>\n";
  }

  const Report& report_;
  std::ostream& out_;
  Summary summary_;
  Digest digest_;
};

}  // namespace

void write_html(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  HtmlReport(report, out).write();
}

}  // namespace sipdrift
