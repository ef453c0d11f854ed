// The HTML report: one file that needs nothing else, runs nothing and asks for nothing. Without its
// style it still reads from top to bottom: verdict, picture, drift, the rest, the evidence.

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/base64.hpp"
#include "model/counted.hpp"
#include "report/digest.hpp"
#include "report/format_writers.hpp"
#include "report/html_parts.hpp"
#include "report/markup.hpp"
#include "report/wording.hpp"
#include "sipdrift/sha256.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

std::string code(std::string_view words) { return fmt::format("<code>{}</code>", escaped(words)); }

/// A text as it came.
std::string text_in_code(std::string_view text) { return code(in_words(Value(std::string(text)))); }

constexpr std::size_t few = 5;  // numbers that are shown beside the rest

class HtmlReport {
 public:
  HtmlReport(const Report& report, std::ostream& out)
      : report_(report), out_(out), summary_(summarize(report)), digest_(digest(report)) {}

  void write() {
    head();
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
  void head() {
    // Scripts, pictures, fonts, frames, forms: nothing but this very style (CSP level 3).
    const Sha256 style = Sha256::of(html_style());
    out_ << fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>{} - sipdrift</title>\n<style>{}</style>\n</head>\n<body>\n",
        base64(style.bytes), headline(summary_), html_style());
  }

  void verdict() {
    const Run& run = report_.run;
    out_ << fmt::format("<header>\n<h1>{}</h1>\n<p>Exit status {}: {}.</p>\n<p class=\"faint\">",
                        headline(summary_), run.exit_code, verdict_in_words(report_));
    for (const ManifestSource& manifest : run.manifests) out_ << text_in_code(manifest.path) << ' ';
    out_ << fmt::format("against {}, {}</p>\n<ul class=\"figures\">\n", text_in_code(run.api_url),
                        rfc3339(run.started_at));
    const auto figure = [&](const char* style, std::size_t count, const char* what) {
      out_ << fmt::format("<li><strong class=\"{}\">{}</strong> {}</li>\n", style, count, what);
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

  void open_table(const char* title, const std::string& caption, const char* first,
                  const char* second) {
    out_ << fmt::format(
        "<section>\n<h2>{}</h2>\n<table class=\"causes\">\n<caption>{}</caption>\n<thead><tr>"
        "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">Numbers</th></tr>"
        "</thead>\n<tbody>\n",
        title, caption, first, second);
  }
  void close_table() { out_ << "</tbody>\n</table>\n</section>\n"; }

  void drift(const char* title, const std::vector<Cause>& causes, const std::string& caption) {
    if (causes.empty()) return;
    open_table(title, caption, "Field", "Expected and live");
    for (const Cause& cause : causes) {
      out_ << "<tr><th scope=\"row\">" << path_in_code(cause.path);
      const std::string_view meaning = consequence(cause.severity);
      if (!meaning.empty()) {
        out_ << fmt::format(" <span class=\"severity bad\">{}: {}</span>", name(cause.severity),
                            meaning);
      }
      out_ << "</th><td>";
      values("live", cause.expected, cause.live);
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
    close_table();
  }

  void values(const char* what, const std::string& expected, const std::string& live) {
    out_ << fmt::format(
        "<span class=\"word\">expected</span> {}<br><span class=\"word\">{}</span> "
        "<strong>{}</strong>",
        code(expected), what, code(live));
  }

  /// What the provider's list says.
  void discovery() {
    if (!report_.discovery) return;
    out_ << "<section>\n<h2>Unmanaged</h2>\n<p>" << escaped(discovery_in_words(report_, summary_))
         << ".</p>\n";
    if (!digest_.unmanaged.empty()) {
      ranges(counted(digest_.unmanaged.size(), "number") + " in no manifest",
             in_ranges(digest_.unmanaged));
    }
    out_ << "</section>\n";
  }

  /// What the earlier run had, and this one has not.
  void past() {
    if (digest_.past.empty()) return;
    open_table("Gone since the last run", "What that run had found, and this one has not", "Field",
               "Expected, and what it was");
    for (const PastCause& cause : digest_.past) {
      out_ << fmt::format("<tr><th scope=\"row\">{} <span class=\"severity {}\">{}</span></th><td>",
                          path_in_code(cause.path), cause.fate == Fate::resolved ? "good" : "other",
                          fate_in_words(cause.fate));
      values("was", cause.expected, cause.live);
      out_ << "</td><td>";
      ranges(counted(cause.numbers.size(), "number"), in_ranges(cause.numbers));
      out_ << "</td></tr>\n";
    }
    close_table();
  }

  void obstacles() {
    if (digest_.obstacles.empty()) return;
    open_table("Not compared",
               "There is no verdict on " + counted(summary_.count(Status::not_compared), "number"),
               "Reason", "What happened");
    for (const Obstacle& obstacle : digest_.obstacles) {
      out_ << fmt::format(
          "<tr><th scope=\"row\"><span class=\"unknown\">{}</span></th><td>{}</td><td>",
          name(obstacle.kind), escaped(obstacle.message));
      numbers(obstacle.numbers);
    }
    close_table();
  }

  /// Ends the row: with a few numbers and their places in the manifest, or with how many there are,
  /// and a row of their own below, folded.
  void numbers(const Numbers& numbers) {
    if (numbers.size() > few) {
      const std::string count = counted(numbers.size(), "number");
      out_ << fmt::format(
          "{}<br><span class=\"faint\">{} and on</span></td></tr>\n<tr class=\"folded\"><td "
          "colspan=\"3\">",
          count, escaped(place_of(*numbers.front(), report_.run)));
      folded("These " + count, in_ranges(numbers));
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

  /// A few as they are, many folded.
  void ranges(const std::string& summary, const std::vector<std::string>& ranges) {
    if (ranges.size() > few) return folded(summary, ranges);
    out_ << "<ul class=\"numbers\">";
    for (const std::string& range : ranges) out_ << "<li><code>" << range << "</code></li>";
    out_ << "</ul>\n";
  }

  void folded(const std::string& summary, const std::vector<std::string>& ranges) {
    out_ << fmt::format("<details><summary>{}</summary>\n<p>", summary);
    for (const std::string& range : ranges) {
      out_ << (&range == &ranges.front() ? "" : ",\n") << "<code>" << range << "</code>";
    }
    out_ << "</p></details>\n";
  }

  void in_sync() {
    if (digest_.in_sync.empty()) return;
    out_ << "<section>\n<h2>In sync</h2>\n";
    std::string text = counted(digest_.in_sync.size(), "number") + " in sync";
    if (digest_.equivalent > 0) text += fmt::format(", {} by equivalence", digest_.equivalent);
    folded(text, in_ranges(digest_.in_sync));
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
      entry("Manifest, SHA-256", text_in_code(manifest.path) + " " + code(manifest.sha256.hex()));
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
