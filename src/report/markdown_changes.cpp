// Changes as Markdown (CommonMark), for the ticket that they belong to.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "model/columns.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/change_digest.hpp"
#include "report/change_writers.hpp"
#include "report/markdown_parts.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

class MarkdownChanges {
 public:
  explicit MarkdownChanges(const Changes& changes)
      : changes_(changes), summary_(summarize(changes)), digest_(digest(changes)) {}

  [[nodiscard]] std::string head() const {
    std::string text = fmt::format("# {}\n\nExit status {}: {}.\n\n", headline(changes_, summary_),
                                   changes_.exit_code, verdict_in_words(changes_));
    std::string names = "|";
    std::string rule = "|";
    std::string figures = "|";
    for (const ChangeFigure& figure : figures_of(changes_, summary_)) {
      names += fmt::format(" {} |", figure.what);
      rule += " ---: |";
      figures += fmt::format(" {} |", figure.count);
    }
    text += names + "\n" + rule + "\n" + figures + "\n\n";
    // Never much, so that it fits within any limit.
    constexpr std::size_t most_manifests = 3;
    constexpr std::size_t most_columns = 100;
    const auto short_code = [](const std::string& long_text) {
      return in_code_span(cut_to(most_columns, visible(long_text)));
    };
    text += fmt::format("{}, {} to {}", short_code(changes_.after.api_url),
                        rfc3339(changes_.before.started_at), rfc3339(changes_.after.started_at));
    const auto& plan = changes_.plan;
    for (std::size_t i = 0; i < std::min(plan.size(), most_manifests); ++i) {
      text += (i == 0 ? ", planned in " : " ") + short_code(plan[i].path);
    }
    if (plan.size() > most_manifests) {
      text += fmt::format(" and {} more", plan.size() - most_manifests);
    }
    return text + "\n";
  }

  /// What matters most comes first.
  [[nodiscard]] std::vector<Section> sections() const {
    std::vector<Section> sections;
    add(digest_.failing, sections);
    std::string opening = "\n## Not comparable\n";
    for (const GapCause& gap : digest_.gaps) {
      sections.push_back(listed(
          std::exchange(opening, {}) + fmt::format("\n### {}\n\n{}\n\n{}",
                                                   counted(gap.numbers.size(), "number"),
                                                   in_code_span(gap.reason), place(gap.source)),
          gap.numbers));
    }
    add(digest_.others, sections);
    if (!changes_.notices.empty()) {
      std::string notices = "\n## Notices\n\n";
      for (const Notice& notice : changes_.notices) {
        notices += fmt::format("- {}\n", in_code_span(notice.message));
      }
      sections.push_back({std::move(notices), {}});
    }
    sections.push_back({audits(), {}});
    if (!digest_.unchanged.empty()) {
      sections.push_back(listed(fmt::format("\n## Unchanged to the letter: {}\n\n",
                                            counted(digest_.unchanged.size(), "number")),
                                digest_.unchanged));
    }
    return sections;
  }

 private:
  void add(const std::vector<ChangeGroup>& groups, std::vector<Section>& sections) const {
    for (const ChangeGroup& group : groups) {
      const ChangeGroupWords& words = words_for(group.kind);
      std::string opening =
          fmt::format("\n## {}: {} → {}\n", words.title, words.first, words.second);
      for (const ChangeCause& cause : group.causes) {
        std::string title =
            std::exchange(opening, {}) +
            fmt::format("\n### {}: {} {} → {}\n\n", counted(cause.numbers.size(), "number"),
                        cause.path.text(), in_code_span(cause.first), in_code_span(cause.second));
        const std::string_view meaning = consequence(cause.severity);
        if (!meaning.empty()) {
          title += fmt::format("**{}: {}**\n\n", name(cause.severity), meaning);
        }
        if (!cause.remark.empty()) title += fmt::format("({})\n\n", cause.remark);
        sections.push_back(listed(title + place(cause.source), cause.numbers));
      }
    }
  }

  [[nodiscard]] std::string place(const std::optional<Source>& source) const {
    if (!source) return {};
    return fmt::format("In the plan at {}.\n\n", in_code_span(place_in_plan(source, changes_)));
  }

  [[nodiscard]] std::string audits() const {
    std::string text = fmt::format("\n## The two audits\n\n- {} {}, `--match {}`\n", tool_name,
                                   version(), name(changes_.match));
    const auto files = [&](const std::vector<ManifestSource>& manifests) {
      for (const ManifestSource& manifest : manifests) {
        text += fmt::format("{}{} with SHA-256 {}", &manifest == &manifests.front() ? ": " : "; ",
                            in_code_span(manifest.path), in_code_span(manifest.sha256.hex()));
      }
      text += "\n";
    };
    const auto side = [&](const char* which, const Run& run) {
      text += fmt::format("- {}, run {}, {} to {}{}", which, in_code_span(run.id),
                          rfc3339(run.started_at), rfc3339(run.finished_at),
                          run.complete ? "" : ", not complete");
      files(run.manifests);
    };
    side("before", changes_.before);
    side("after", changes_.after);
    if (changes_.has_plan()) {
      text += "- planned";
      files(changes_.plan);
    }
    return text;
  }

  const Changes& changes_;
  ChangeSummary summary_;
  ChangeDigest digest_;
};

}  // namespace

void write_markdown_changes(const Changes& changes, std::ostream& out,
                            const FormatOptions& options) {
  const MarkdownChanges markdown(changes);
  write_sections(markdown.head(), markdown.sections(), options.max_bytes, out);
}

}  // namespace sipdrift
