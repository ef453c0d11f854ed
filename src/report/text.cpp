// The text report: what an operator reads on the terminal or in a mail from cron. Causes and not
// numbers, so that a fleet's drift is a few lines, and the verdict last, where the eye is.

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
#include "report/text_lines.hpp"
#include "report/wording.hpp"
#include "sipdrift/exit_status.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t most_notices = 3;  // where not all has room

class TextReport : private TextLines {
 public:
  TextReport(const Report& report, const FormatOptions& options)
      : TextLines(options),
        report_(report),
        options_(options),
        digest_(digest(report)),
        summary_(summarize(report)) {}

  void write(std::ostream& out) const {
    std::vector<std::string> lines = header();
    const std::vector<std::string> last = closing();
    for (std::string& line : middle(lines.size() + last.size())) lines.push_back(std::move(line));
    for (const std::string& line : lines) out << line << '\n';
    for (const std::string& line : last) out << line << '\n';
  }

 private:
  [[nodiscard]] Lines header() const {
    const std::string tool = fmt::format("{} {}", tool_name, version());
    Lines pieces{tool};
    for (const ManifestSource& manifest : report_.run.manifests) {
      pieces.push_back(cut(visible(manifest.path), 0));
    }
    pieces.push_back(cut(fmt::format("against {},", visible(report_.run.api_url)), 0));
    pieces.push_back(rfc3339(report_.run.started_at));
    Lines lines = flowing(pieces, "");
    lines.front().replace(0, tool.size(), painted(tool, Colour::bold));
    lines.emplace_back();
    return lines;
  }

  /// How many numbers, which, and where the first is declared: on a screen in one line or two.
  [[nodiscard]] Lines numbers_of(const char* status, Colour colour, const Numbers& numbers) const {
    const std::string place = place_of(*numbers.front(), report_.run);
    return TextLines::numbers_of(status, colour, in_ranges(numbers), numbers.size(), place);
  }

  /// Numbers, and all that they differ in.
  [[nodiscard]] Lines block(const std::vector<const Cause*>& causes) const {
    Lines lines = numbers_of("drifted", Colour::red, causes.front()->numbers);
    for (const Cause* const cause : causes) append(*cause, lines);
    return lines;
  }

  [[nodiscard]] Lines waived(const Cause& cause) const {
    Lines lines = numbers_of("waived", Colour::none, cause.numbers);
    append(cause, lines);
    const std::string below = indent() + "  ";
    lines.push_back(below + cut(in_words(*cause.waiver), below.size()));
    return lines;
  }

  [[nodiscard]] Lines block(const PastCause& cause) const {
    const bool is_resolved = cause.fate == Fate::resolved;
    Lines lines = TextLines::numbers_of(is_resolved ? "resolved" : "not declared",
                                        is_resolved ? Colour::green : Colour::none,
                                        in_ranges(cause.numbers), cause.numbers.size(), {});
    lines.push_back(indent() + cut(fmt::format("{:23}expected {}, was {}", cause.path.text(),
                                               cause.expected, cause.live),
                                   margin()));
    return lines;
  }

  [[nodiscard]] Lines unmanaged() const {
    Lines lines = numbers_of("unmanaged", Colour::yellow, digest_.unmanaged);
    lines.push_back(indent() + cut("live at the provider, and in no manifest", margin()));
    return lines;
  }

  /// What stands behind the values: "(options override ...) [critical: ...] (new)".
  [[nodiscard]] static std::string remark_below(const Cause& cause) {
    std::string remark;
    const auto add = [&](const std::string& text) { remark += (remark.empty() ? "" : " ") + text; };
    if (!cause.remark.empty()) add(fmt::format("({})", cause.remark));
    const std::string_view meaning = consequence(cause.severity);
    if (!meaning.empty()) add(fmt::format("[{}: {}]", name(cause.severity), meaning));
    if (!cause.history.empty()) add(fmt::format("({})", cause.history));
    return remark;
  }

  /// In one line where it has room, else in one for each value.
  void append(const Cause& cause, Lines& lines) const {
    const std::string_view meaning = consequence(cause.severity);
    append_values(cause.path.text(), {"expected  ", "expected ", cause.expected, Colour::green},
                  {"live      ", ", live ", cause.live, Colour::red}, remark_below(cause),
                  meaning.empty() ? Colour::none : Colour::red, lines);
  }

  [[nodiscard]] Lines block(const Obstacle& obstacle) const {
    Lines lines = numbers_of("not compared", Colour::yellow, obstacle.numbers);
    append_flowing(fmt::format("{}: {}", name(obstacle.kind), obstacle.message), lines, margin());
    return lines;
  }

  /// The blocks, those that matter most where not all have room, and the notices.
  [[nodiscard]] Lines middle(std::size_t rows_elsewhere) const {
    std::vector<Lines> blocks;
    for (const auto& causes : of_the_same_numbers(digest_.drift)) blocks.push_back(block(causes));
    const std::size_t drifted = blocks.size();
    for (const Obstacle& obstacle : digest_.obstacles) blocks.push_back(block(obstacle));
    if (!digest_.unmanaged.empty()) blocks.push_back(unmanaged());
    for (const PastCause& cause : digest_.past) blocks.push_back(block(cause));
    for (const Cause& cause : digest_.waived) blocks.push_back(waived(cause));
    // An outage must not be hidden below what has drifted, nor the other way round.
    return with_room(blocks, drifted, rows_elsewhere);
  }

  [[nodiscard]] Lines closing() const {
    Lines lines;
    const std::size_t all = report_.notices.size();
    const std::size_t shown = options_.rows > 0 ? std::min(all, most_notices) : all;
    for (std::size_t i = 0; i < shown; ++i) {
      lines.push_back(notice(visible(report_.notices[i].message)));
    }
    if (shown < all) lines.push_back(notice(fmt::format("and {} more; {}", all - shown, show_all)));
    for (std::string& line : figures()) lines.push_back(std::move(line));
    if (summary_.findings > 0) {
      lines.push_back(
          fmt::format("{}: {} critical, {} major", counted(summary_.findings, "finding"),
                      summary_.count(Severity::critical), summary_.count(Severity::major)));
    }
    if (summary_.waived_findings > 0) {
      lines.push_back(counted(summary_.waived_findings, "finding") + " waived");
    }
    for (const std::string& text :
         {changes_in_words(report_, summary_), discovery_in_words(report_, summary_)}) {
      if (!text.empty()) append_flowing(text, lines);
    }
    if (report_.run.fetch.requests > 0) {
      for (const std::string& line : flowing(parts_in_words(report_.run.fetch), ";")) {
        append_flowing(line, lines);
      }
    }
    for (std::string& line : verdict()) lines.push_back(std::move(line));
    return lines;
  }

  [[nodiscard]] std::string notice(const std::string& text) const {
    constexpr std::string_view label = "notice";
    return painted(std::string(label), Colour::yellow) + cut(": " + text, label.size());
  }

  [[nodiscard]] Lines figures() const {
    std::vector<Piece> pieces{{counted(summary_.declared, "number") + ":", Colour::none}};
    const auto add = [&](Status status, const char* what, Colour colour) {
      const std::size_t count = summary_.count(status);
      if (count == 0 && status != Status::in_sync) return;
      pieces.push_back({fmt::format("{} {}", count, what), colour});
      const bool is_first = status == Status::in_sync;
      if (is_first && digest_.equivalent > 0) {
        pieces.push_back({fmt::format("({} by equivalence)", digest_.equivalent), Colour::none});
      }
      pieces.back().text += ",";
    };
    add(Status::in_sync, "in sync", Colour::green);
    add(Status::drifted, "drifted", Colour::red);
    add(Status::waived, "waived", Colour::none);
    add(Status::not_compared, "not compared", Colour::yellow);
    add(Status::unmanaged, "unmanaged", Colour::none);
    pieces.back().text.pop_back();
    return flowing(pieces);
  }

  [[nodiscard]] Lines verdict() const {
    const std::string status = fmt::format("Exit status {}", report_.run.exit_code);
    Lines lines;
    append_flowing(fmt::format("{}: {}.", status, verdict_in_words(report_)), lines);
    if (lines.front().starts_with(status)) {
      lines.front().replace(0, status.size(), painted(status, Colour::bold));
    }
    return lines;
  }

  const Report& report_;
  const FormatOptions& options_;
  Digest digest_;
  Summary summary_;
};

}  // namespace

void write_text(const Report& report, std::ostream& out, const FormatOptions& options) {
  TextReport(report, options).write(out);
}

}  // namespace sipdrift
