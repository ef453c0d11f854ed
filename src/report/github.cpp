// The report as workflow commands of GitHub Actions: what is wrong, as annotations on the
// manifest's lines.

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"
#include "report/digest.hpp"
#include "report/format_writers.hpp"
#include "report/wording.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t most_of_a_kind = 10;  // GitHub shows no more of a step
constexpr std::size_t most_entries = 10;    // of numbers, in one message
constexpr std::size_t most_bytes = 500;     // of a text from outside: GitHub cuts a message at 4096

struct Annotation {
  std::string title;
  std::string message;
  const NumberResult* at = nullptr;  ///< whose line it belongs to; nullptr: none
};

/// As GitHub's toolkit does it, and the runner undoes it.
std::string escaped(std::string_view text, std::string_view special) {
  std::string command;
  for (const char c : text) {
    if (is_one_of(c, special)) {
      fmt::format_to(std::back_inserter(command), "%{:02X}", static_cast<unsigned char>(c));
    } else {
      command.push_back(c);
    }
  }
  return command;
}

std::string as_message(std::string_view text) { return escaped(text, "%\r\n"); }
std::string as_property(std::string_view text) { return escaped(text, "%\r\n:,"); }

/// A line is a command of its own, whatever stands in it: the runner looks for another only where
/// there is none at its beginning.
void write(std::ostream& out, std::string_view command, const Annotation& annotation,
           const Run& run) {
  out << "::" << command << ' ';
  const std::string path =
      annotation.at == nullptr ? "-" : run.manifests.at(annotation.at->source->manifest).path;
  if (path != "-") {  // which is no file
    out << fmt::format("file={},line={},", as_property(visible(path)), annotation.at->source->line);
  }
  out << fmt::format("title={}::{}\n", as_property(annotation.title),
                     as_message(annotation.message));
}

/// How many of them to show, so that there is room to tell of the others.
std::size_t shown_of(std::size_t all) { return all > most_of_a_kind ? most_of_a_kind - 1 : all; }

Annotation annotation_of(const Cause& cause) {
  std::string message = fmt::format("{}: expected {}, live {}", cause.path.text(),
                                    visible_excerpt(cause.expected, most_bytes),
                                    visible_excerpt(cause.live, most_bytes));
  if (!cause.remark.empty()) message += fmt::format(" ({})", cause.remark);
  const std::string_view meaning = consequence(cause.severity);
  if (!meaning.empty()) message += fmt::format(" [{}: {}]", name(cause.severity), meaning);
  if (!cause.history.empty()) message += fmt::format(" ({})", cause.history);
  if (cause.waiver != nullptr) {
    message += "\n" + visible_excerpt(in_words(*cause.waiver), most_bytes);
  }
  message += "\n" + in_words(cause.numbers, most_entries);
  return {.title = fmt::format("{}{} {}", cause.waiver == nullptr ? "" : "waived: ",
                               cause.path.text(), name(cause.kind)),
          .message = std::move(message),
          .at = cause.numbers.front()};
}

Annotation annotation_of(const Obstacle& obstacle) {
  return {.title = "not compared",
          .message = fmt::format("{}: {}\n{}", name(obstacle.kind),
                                 visible_excerpt(obstacle.message, most_bytes),
                                 in_words(obstacle.numbers, most_entries)),
          .at = obstacle.numbers.front()};
}

/// That numbers are unmanaged, or that nobody knows; nothing where there is nothing to tell.
std::optional<Annotation> annotation_of_discovery(const Report& report, const Digest& digest) {
  if (!report.discovery) return std::nullopt;
  if (digest.unmanaged.empty() && !report.discovery->error) return std::nullopt;
  std::string message = visible_excerpt(discovery_in_words(report, summarize(report)), most_bytes);
  if (!digest.unmanaged.empty()) message += "\n" + in_words(digest.unmanaged, most_entries);
  return Annotation{.title = "unmanaged numbers", .message = std::move(message)};
}

std::vector<Annotation> errors_of(const Report& report, const Digest& digest) {
  std::vector<Annotation> everything;
  for (const Cause& cause : digest.drift) everything.push_back(annotation_of(cause));
  for (const Obstacle& obstacle : digest.obstacles) everything.push_back(annotation_of(obstacle));
  const bool is_failure =
      report.discovery && (report.discovery->is_failure || report.discovery->error);
  auto discovery = annotation_of_discovery(report, digest);
  if (discovery && is_failure) everything.push_back(*std::move(discovery));
  const std::size_t all = everything.size();
  const std::size_t shown = shown_of(all);
  std::vector<Annotation> errors(everything.begin(),
                                 everything.begin() + static_cast<std::ptrdiff_t>(shown));
  if (shown < all) {
    errors.push_back({.title = std::string(tool_name),
                      .message = fmt::format("{}; the summary and the other reports have them all",
                                             counted(all - shown, "more cause"))});
  }
  return errors;
}

/// "4 numbers: 2 in sync, 1 drifted, 1 not compared"
std::string figures(const Summary& summary) {
  std::string text = counted(summary.declared, "number");
  std::string_view separator = ": ";
  for (const Status status : all_statuses) {
    if (summary.count(status) == 0) continue;
    std::string words(name(status));
    std::replace(words.begin(), words.end(), '_', ' ');
    text += fmt::format("{}{} {}", separator, summary.count(status), words);
    separator = ", ";
  }
  return text;
}

std::vector<Annotation> notices_of(const Report& report, const Digest& digest) {
  const Summary summary = summarize(report);
  const std::string title(tool_name);
  std::vector<Annotation> everything{{.title = title, .message = figures(summary)}};
  const std::string changes = changes_in_words(report, summary);
  if (!changes.empty()) everything.push_back({.title = title, .message = changes});
  auto discovery = annotation_of_discovery(report, digest);
  if (discovery && !report.discovery->is_failure && !report.discovery->error) {
    everything.push_back(*std::move(discovery));
  }
  for (const Cause& cause : digest.waived) everything.push_back(annotation_of(cause));
  for (const PastCause& cause : digest.past) {
    everything.push_back(
        {.title = fmt::format("{}: {}", fate_in_words(cause.fate), cause.path.text()),
         .message = fmt::format(
             "expected {}, was {}\n{}", visible_excerpt(cause.expected, most_bytes),
             visible_excerpt(cause.live, most_bytes), in_words(cause.numbers, most_entries))});
  }
  for (const Notice& notice : report.notices) {
    everything.push_back({.title = title, .message = visible_excerpt(notice.message, most_bytes)});
  }
  const std::size_t all = everything.size();
  const std::size_t shown = shown_of(all);
  everything.resize(shown);
  if (shown < all) {
    everything.push_back({.title = title, .message = counted(all - shown, "more notice")});
  }
  return everything;
}

}  // namespace

void write_github(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  const Digest digest = sipdrift::digest(report);
  for (const Annotation& error : errors_of(report, digest)) {
    write(out, "error", error, report.run);
  }
  for (const Annotation& notice : notices_of(report, digest)) {
    write(out, "notice", notice, report.run);
  }
}

}  // namespace sipdrift
