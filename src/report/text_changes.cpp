// Changes as text: what an operator reads on the terminal, and pastes. The verdict comes last,
// where the eye is.

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/change_digest.hpp"
#include "report/change_writers.hpp"
#include "report/digest.hpp"
#include "report/text_lines.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t width_of_status = 16;

Colour colour_of(ChangeGroupKind kind) {
  switch (kind) {
    case ChangeGroupKind::unplanned:
    case ChangeGroupKind::missed:
    case ChangeGroupKind::changed:
      return Colour::red;
    case ChangeGroupKind::unseen:
      return Colour::yellow;
    case ChangeGroupKind::planned:
      return Colour::green;
    default:
      return Colour::none;
  }
}

class TextChanges : private TextLines {
 public:
  TextChanges(const Changes& changes, const FormatOptions& options)
      : TextLines(options, width_of_status),
        changes_(changes),
        digest_(digest(changes)),
        summary_(summarize(changes)) {}

  void write(std::ostream& out) const {
    const Lines first = header();
    const Lines last = closing();
    for (const Lines& lines : {first, middle(first.size() + last.size()), last}) {
      for (const std::string& line : lines) out << line << '\n';
    }
  }

 private:
  [[nodiscard]] Lines header() const {
    const std::string tool = fmt::format("{} {}", tool_name, version());
    Lines pieces{tool, cut(visible(changes_.after.api_url) + ",", 0),
                 rfc3339(changes_.before.started_at), "to", rfc3339(changes_.after.started_at)};
    if (changes_.has_plan()) {
      pieces.back() += ",";
      pieces.emplace_back("planned");
      for (const ManifestSource& manifest : changes_.plan) {
        pieces.push_back(cut(visible(manifest.path), 0));
      }
    }
    Lines lines = flowing(pieces, "");
    lines.front().replace(0, tool.size(), painted(tool, Colour::bold));
    lines.emplace_back();
    return lines;
  }

  void append(const ChangeCause& cause, ChangeGroupKind kind, Lines& lines) const {
    const ChangeGroupWords& words = words_for(kind);
    const bool is_change = std::string_view(words.first) == "before";
    const bool is_bad = colour_of(kind) == Colour::red;
    const std::string_view meaning = consequence(cause.severity);
    std::string remark = cause.remark.empty() ? "" : fmt::format("({})", cause.remark);
    if (!meaning.empty()) {
      remark += fmt::format("{}[{}: {}]", remark.empty() ? "" : " ", name(cause.severity), meaning);
    }
    const std::string first_label = fmt::format("{:9}", words.first);
    const std::string second_label = fmt::format("{:9}", words.second);
    const Colour colour = is_bad ? Colour::red : Colour::none;
    append_values(cause.path.text(),
                  {first_label.c_str(), is_change ? "" : "planned ", cause.first,
                   is_change ? Colour::none : Colour::green},
                  {second_label.c_str(), is_change ? " -> " : ", live ", cause.second, colour},
                  remark, meaning.empty() ? Colour::none : Colour::red, lines);
  }

  void add_blocks(const std::vector<ChangeGroup>& groups, std::vector<Lines>& blocks) const {
    for (const ChangeGroup& group : groups) {
      for (const auto& causes : of_the_same_numbers(group.causes)) {
        const ChangeCause& first = *causes.front();
        Lines lines = numbers_of(words_for(group.kind).status, colour_of(group.kind),
                                 in_ranges(first.numbers), first.numbers.size(),
                                 place_in_plan(first.source, changes_));
        for (const ChangeCause* const cause : causes) append(*cause, group.kind, lines);
        blocks.push_back(std::move(lines));
      }
    }
  }

  [[nodiscard]] Lines middle(std::size_t rows_elsewhere) const {
    std::vector<Lines> blocks;
    add_blocks(digest_.failing, blocks);
    const std::size_t failing = blocks.size();
    for (const GapCause& gap : digest_.gaps) {
      Lines lines = numbers_of("not comparable", Colour::yellow, in_ranges(gap.numbers),
                               gap.numbers.size(), place_in_plan(gap.source, changes_));
      append_flowing(gap.reason, lines, margin());
      blocks.push_back(std::move(lines));
    }
    add_blocks(digest_.others, blocks);
    // What could not be compared must not be hidden below what changed, nor the other way round.
    return with_room(blocks, failing, rows_elsewhere);
  }

  [[nodiscard]] Lines closing() const {
    Lines lines;
    for (const Notice& notice : changes_.notices) {
      lines.push_back(painted("notice", Colour::yellow));
      lines.back() += cut(": " + visible(notice.message), std::string_view("notice").size());
    }
    lines.push_back(figures());
    const std::size_t all = summary_.count(ChangeState::changed) +
                            summary_.count(ChangeState::planned) +
                            summary_.count(ChangeState::unplanned);
    if (all > 0) {
      std::string text = counted(all, "change");
      if (changes_.has_plan()) {
        text += fmt::format(": {} planned, {} unplanned", summary_.count(ChangeState::planned),
                            summary_.count(ChangeState::unplanned));
      }
      if (summary_.critical > 0) {
        text += fmt::format("{} {} critical", changes_.has_plan() ? ";" : ":", summary_.critical);
      }
      lines.push_back(text);
    }
    if (changes_.has_plan()) lines.push_back(steps());
    lines.push_back(painted(fmt::format("Exit status {}", changes_.exit_code), Colour::bold) +
                    ": " + verdict_in_words(changes_) + ".");
    return lines;
  }

  [[nodiscard]] std::string figures() const {
    std::string text = counted(summary_.numbers, "number") + ": " +
                       painted(fmt::format("{} unchanged", summary_.unchanged), Colour::green);
    const auto add = [&](std::size_t count, const char* what, Colour colour) {
      if (count > 0) text += ", " + painted(fmt::format("{} {}", count, what), colour);
    };
    add(summary_.changed, "changed", changes_.has_plan() ? Colour::none : Colour::red);
    add(summary_.not_comparable, "not comparable", Colour::yellow);
    if (summary_.respelled > 0) text += fmt::format("; {} respelled", summary_.respelled);
    return text;
  }

  [[nodiscard]] std::string steps() const {
    std::size_t all = 0;
    for (const auto& [state, count] : summary_.steps) all += count;
    std::string text = fmt::format("{} of the plan: {} happened", counted(all, "step"),
                                   summary_.count(StepState::happened));
    const auto add = [&](std::size_t count, const char* what) {
      if (count > 0) text += fmt::format(", {} {}", count, what);
    };
    add(summary_.missed(), "did not happen");
    add(summary_.count(StepState::unseen), "not all shown");
    add(summary_.count(StepState::waived), "waived");
    return text;
  }

  const Changes& changes_;
  ChangeDigest digest_;
  ChangeSummary summary_;
};

}  // namespace

void write_text_changes(const Changes& changes, std::ostream& out, const FormatOptions& options) {
  TextChanges(changes, options).write(out);
}

}  // namespace sipdrift
