// Changes as one HTML page, of the same looks and under the same rules as the report's.

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "report/change_digest.hpp"
#include "report/change_writers.hpp"
#include "report/digest.hpp"
#include "report/html_parts.hpp"
#include "report/markup.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

class HtmlChanges {
 public:
  HtmlChanges(const Changes& changes, std::ostream& out)
      : changes_(changes), out_(out), summary_(summarize(changes)), digest_(digest(changes)) {}

  void write() {
    write_html_head(headline(changes_, summary_), out_);
    verdict();
    out_ << "<main>\n";
    groups(digest_.failing);
    gaps();
    groups(digest_.others);
    unchanged();
    notices();
    audits();
    out_ << "</main>\n</body>\n</html>\n";
  }

 private:
  void verdict() {
    out_ << fmt::format("<header>\n<h1>{}</h1>\n<p>Exit status {}: {}.</p>\n<p class=\"faint\">",
                        headline(changes_, summary_), changes_.exit_code,
                        verdict_in_words(changes_));
    out_ << fmt::format("{}, {} to {}", text_in_code(changes_.after.api_url),
                        rfc3339(changes_.before.started_at), rfc3339(changes_.after.started_at));
    for (const ManifestSource& manifest : changes_.plan) {
      out_ << (&manifest == &changes_.plan.front() ? ", planned in " : " ")
           << text_in_code(manifest.path);
    }
    out_ << "</p>\n<ul class=\"figures\">\n";
    for (const ChangeFigure& figure : figures_of(changes_, summary_)) {
      write_figure(figure.style, figure.count, figure.what, out_);
    }
    out_ << "</ul>\n</header>\n";
  }

  void groups(const std::vector<ChangeGroup>& groups) {
    for (const ChangeGroup& group : groups) {
      const ChangeGroupWords& words = words_for(group.kind);
      const bool is_of_steps = std::string_view(words.first) == "planned";
      open_table(out_, words.title,
                 counted(group.causes.size(), is_of_steps ? "step" : "change") +
                     ", each with the numbers that have it",
                 "Field", is_of_steps ? "Planned, and live" : "Before and after");
      for (const ChangeCause& cause : group.causes) row(cause, words);
      close_table(out_);
    }
  }

  void row(const ChangeCause& cause, const ChangeGroupWords& words) {
    out_ << "<tr><th scope=\"row\">" << path_in_code(cause.path);
    const std::string_view meaning = consequence(cause.severity);
    if (!meaning.empty()) {
      out_ << fmt::format(" <span class=\"severity bad\">{}: {}</span>", name(cause.severity),
                          meaning);
    }
    out_ << "</th><td>";
    write_values(words.first, cause.first, words.second, cause.second, out_);
    if (!cause.remark.empty()) out_ << "<p class=\"faint\">" << escaped(cause.remark) << "</p>";
    out_ << "</td><td>";
    numbers(cause.numbers, cause.source);
  }

  void gaps() {
    if (digest_.gaps.empty()) return;
    open_table(out_, "Not comparable",
               "Nothing is known of " + counted(summary_.not_comparable, "number"), "Which", "Why");
    for (const GapCause& gap : digest_.gaps) {
      out_ << fmt::format(
          "<tr><th scope=\"row\"><span class=\"unknown\">{}</span></th><td>{}</td><td>",
          counted(gap.numbers.size(), "number"), escaped(gap.reason));
      numbers(gap.numbers, gap.source);
    }
    close_table(out_);
  }

  /// Ends the row: with a few numbers, or with how many there are, and a row of their own below.
  void numbers(const std::vector<E164>& numbers, const std::optional<Source>& source) {
    const std::string place = escaped(place_in_plan(source, changes_));
    const std::vector<std::string> ranges = in_ranges(numbers);
    const std::string count = counted(numbers.size(), "number");
    const std::string where =
        place.empty() ? "" : fmt::format("<br><span class=\"faint\">{} and on</span>", place);
    if (ranges.size() > few_in_html) {
      out_ << count << where << "</td></tr>\n<tr class=\"folded\"><td colspan=\"3\">";
      write_folded("These " + count, ranges, out_);
    } else {
      if (numbers.size() > 1) out_ << count;
      write_ranges(count, ranges, out_);
      if (!place.empty()) out_ << fmt::format("<span class=\"faint\">{}</span>", place);
    }
    out_ << "</td></tr>\n";
  }

  void unchanged() {
    if (digest_.unchanged.empty()) return;
    out_ << "<section>\n<h2>Unchanged</h2>\n";
    write_folded(counted(digest_.unchanged.size(), "number") + " unchanged to the letter",
                 in_ranges(digest_.unchanged), out_);
    out_ << "</section>\n";
  }

  void notices() {
    if (changes_.notices.empty()) return;
    out_ << "<section>\n<h2>Notices</h2>\n<ul>\n";
    for (const Notice& notice : changes_.notices) {
      out_ << "<li>" << escaped(notice.message) << "</li>\n";
    }
    out_ << "</ul>\n</section>\n";
  }

  void audits() {
    out_ << "<section>\n<h2>The two audits</h2>\n<dl>\n";
    const auto entry = [&](const char* what, const std::string& text) {
      out_ << fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", what, text);
    };
    const auto files = [&](const char* what, const std::vector<ManifestSource>& manifests) {
      for (const ManifestSource& manifest : manifests) {
        entry(what, text_in_code(manifest.path) + " " + code_element(manifest.sha256.hex()));
      }
    };
    entry("Tool", fmt::format("{} {}, --match {}", tool_name, version(), name(changes_.match)));
    const auto side = [&](const char* which, const char* its_manifest, const Run& run) {
      entry(which, fmt::format("run {}, {} to {}{}", text_in_code(run.id), rfc3339(run.started_at),
                               rfc3339(run.finished_at), run.complete ? "" : ", not complete"));
      files(its_manifest, run.manifests);
    };
    side("Before", "Its manifest, SHA-256", changes_.before);
    side("After", "Its manifest, SHA-256", changes_.after);
    files("Plan, SHA-256", changes_.plan);
    out_ << "</dl>\n</section>\n";
  }

  const Changes& changes_;
  std::ostream& out_;
  ChangeSummary summary_;
  ChangeDigest digest_;
};

}  // namespace

void write_html_changes(const Changes& changes, std::ostream& out,
                        const FormatOptions& /*options*/) {
  HtmlChanges(changes, out).write();
}

}  // namespace sipdrift
