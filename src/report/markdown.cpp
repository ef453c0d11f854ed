// The Markdown report (CommonMark), for change tickets and merge requests. All that comes from
// outside stands in code spans: there nothing is markup, HTML, a link or a mention.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "model/columns.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/digest.hpp"
#include "report/format_writers.hpp"
#include "report/markdown_parts.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

class MarkdownReport {
 public:
  explicit MarkdownReport(const Report& report)
      : report_(report), summary_(summarize(report)), digest_(digest(report)) {}

  [[nodiscard]] std::string head() const {
    std::string text = fmt::format("# {}\n\nExit status {}: {}.\n\n", headline(summary_),
                                   report_.run.exit_code, verdict_in_words(report_));
    std::string names = "|";
    std::string rule = "|";
    std::string figures = "|";
    const auto column = [&](std::string_view what, std::size_t count) {
      names += fmt::format(" {} |", what);
      rule += " ---: |";
      figures += fmt::format(" {} |", count);
    };
    column("numbers", summary_.declared);
    column("in sync", summary_.count(Status::in_sync));
    column("drifted", summary_.count(Status::drifted));
    column("waived", summary_.count(Status::waived));
    column("not compared", summary_.count(Status::not_compared));
    // Without a list nobody knows how many there are.
    if (report_.discovery && !report_.discovery->error) {
      column("unmanaged", summary_.count(Status::unmanaged));
    }
    text += names + "\n" + rule + "\n" + figures + "\n\n";
    // Never much, so that it fits within any limit.
    constexpr std::size_t most_manifests = 3;
    constexpr std::size_t most_columns = 100;
    const auto& manifests = report_.run.manifests;
    for (std::size_t i = 0; i < std::min(manifests.size(), most_manifests); ++i) {
      text += in_code_span(cut_to(most_columns, visible(manifests[i].path))) + " ";
    }
    if (manifests.size() > most_manifests) {
      text += fmt::format("and {} more ", manifests.size() - most_manifests);
    }
    text += fmt::format("against {}, {}\n",
                        in_code_span(cut_to(most_columns, visible(report_.run.api_url))),
                        rfc3339(report_.run.started_at));
    const std::string changes = changes_in_words(report_, summary_);
    if (!changes.empty()) text += fmt::format("\n{}\n", changes);
    return text;
  }

  /// What matters most comes first.
  [[nodiscard]] std::vector<Section> sections() const {
    std::vector<Section> sections;
    std::string opening = "\n## Drift: expected → live\n";
    for (const Cause& cause : digest_.drift) {
      sections.push_back(with_numbers(std::exchange(opening, {}) + title_of(cause), cause.numbers));
    }
    opening = "\n## Not compared\n";
    for (const Obstacle& obstacle : digest_.obstacles) {
      sections.push_back(with_numbers(
          std::exchange(opening, {}) +
              fmt::format("\n### {}: {}\n\n{}\n\n", counted(obstacle.numbers.size(), "number"),
                          name(obstacle.kind), in_code_span(obstacle.message)),
          obstacle.numbers));
    }
    if (report_.discovery) sections.push_back(discovery());
    opening = "\n## Waived: expected → live\n";
    for (const Cause& cause : digest_.waived) {
      sections.push_back(with_numbers(std::exchange(opening, {}) + title_of(cause), cause.numbers));
    }
    opening = "\n## Gone since the last run: expected → was\n";
    for (const PastCause& cause : digest_.past) {
      const std::string title =
          fmt::format("\n### {}: {}, {} {} → {}\n\n", fate_in_words(cause.fate),
                      counted(cause.numbers.size(), "number"), cause.path.text(),
                      in_code_span(cause.expected), in_code_span(cause.live));
      sections.push_back(listed(std::exchange(opening, {}) + title, cause.numbers));
    }
    std::string notices = "\n## Notices\n\n";
    for (const Notice& notice : report_.notices) {
      notices += fmt::format("- {}\n", in_code_span(notice.message));
    }
    if (!report_.notices.empty()) sections.push_back({std::move(notices), {}});
    sections.push_back({run(), {}});
    if (!digest_.in_sync.empty()) {
      std::string title =
          fmt::format("\n## In sync: {}\n\n", counted(digest_.in_sync.size(), "number"));
      if (digest_.equivalent > 0) {
        title += fmt::format("{} of them by equivalence.\n\n", digest_.equivalent);
      }
      sections.push_back(with_numbers(std::move(title), digest_.in_sync));
    }
    return sections;
  }

 private:
  [[nodiscard]] static std::string title_of(const Cause& cause) {
    std::string text =
        fmt::format("\n### {}: {} {} → {}\n\n", counted(cause.numbers.size(), "number"),
                    cause.path.text(), in_code_span(cause.expected), in_code_span(cause.live));
    const std::string_view meaning = consequence(cause.severity);
    if (!meaning.empty()) text += fmt::format("**{}: {}**\n\n", name(cause.severity), meaning);
    if (!cause.history.empty()) text += fmt::format("*{}*\n\n", cause.history);
    if (!cause.remark.empty()) text += fmt::format("({})\n\n", cause.remark);
    if (cause.waiver != nullptr) {
      text += fmt::format("Waived until {}: {} ({}, {})\n\n", in_code_span(cause.waiver->expires),
                          in_code_span(cause.waiver->reason), in_code_span(cause.waiver->owner),
                          in_code_span(cause.waiver->ticket));
    }
    return text;
  }

  /// What the provider's list says, and which numbers no manifest has.
  [[nodiscard]] Section discovery() const {
    const Discovery& discovery = *report_.discovery;
    std::string text = "\n## Unmanaged\n\n";
    if (discovery.error) {
      return {
          text + fmt::format("There is no list of the provider's numbers, so that nothing is "
                             "known of unmanaged ones: {}: {}\n",
                             name(discovery.error->kind), in_code_span(discovery.error->message)),
          {}};
    }
    text += discovery_in_words(report_, summary_) + ".\n\n";
    if (digest_.unmanaged.empty()) return {std::move(text), {}};
    std::vector<E164> numbers;
    for (const NumberResult* const result : digest_.unmanaged) numbers.push_back(result->number);
    return listed(std::move(text), numbers);
  }

  [[nodiscard]] std::string place(const NumberResult& result) const {
    return in_code_span(place_of(result, report_.run));
  }

  /// A few numbers with their places in the manifest; of many, the place of the first.
  [[nodiscard]] Section with_numbers(std::string title, const Numbers& numbers) const {
    constexpr std::size_t few = 10;
    std::string list;
    if (numbers.size() <= few) {
      for (const NumberResult* const result : numbers) {
        list += fmt::format("- {} ({})\n", in_code_span(result->number.text()), place(*result));
      }
      return {title + list, {}};
    }
    const std::vector<std::string> ranges = in_ranges(numbers);
    for (const std::string& range : ranges) {
      list += (list.empty() ? "" : ",\n") + in_code_span(range);
    }
    const std::string first =
        fmt::format("The first is declared at {}.\n", place(*numbers.front()));
    std::string brief = fmt::format("{}{} and {} more. {}", title, in_code_span(ranges.front()),
                                    ranges.size() - 1, first);
    return {title + list + "\n\n" + first, std::move(brief)};
  }

  [[nodiscard]] std::string run() const {
    const Run& run = report_.run;
    std::string text = fmt::format("\n## The run\n\n- {} {}, run {}\n- {} to {}{}\n", tool_name,
                                   version(), in_code_span(run.id), rfc3339(run.started_at),
                                   rfc3339(run.finished_at), run.complete ? "" : ", not complete");
    for (const ManifestSource& manifest : run.manifests) {
      text += fmt::format("- {}: SHA-256 {}\n", in_code_span(manifest.path),
                          in_code_span(manifest.sha256.hex()));
    }
    if (run.fetch.requests == 0) return text;
    const std::vector<std::string> parts = parts_in_words(run.fetch);
    for (const std::string& part : parts) text += (&part == &parts.front() ? "- " : "; ") + part;
    return text + "\n";
  }

  const Report& report_;
  Summary summary_;
  Digest digest_;
};

}  // namespace

void write_markdown(const Report& report, std::ostream& out, const FormatOptions& options) {
  const MarkdownReport markdown(report);
  write_sections(markdown.head(), markdown.sections(), options.max_bytes, out);
}

}  // namespace sipdrift
