// Bars as SVG: each in a row of a table, so that the words beside it are text of the page, which
// wraps, is read aloud, and stays legible on a phone.

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "report/html_parts.hpp"
#include "report/markup.hpp"
#include "report/wording.hpp"

namespace sipdrift {

namespace {

/// A status in words, and the class that colours it.
struct Look {
  Status status;
  const char* words;
  const char* style;
  const char* colour;  // where the page has lost its style
};
constexpr std::array<Look, 5> looks{{{Status::drifted, "drifted", "bad", "#c0202c"},
                                     {Status::not_compared, "not compared", "unknown", "#8a5d00"},
                                     {Status::waived, "waived", "waived", "#6639ba"},
                                     {Status::unmanaged, "unmanaged", "other", "#57606a"},
                                     {Status::in_sync, "in sync", "good", "#1a7f37"}}};

using Counts = std::map<Status, std::size_t>;

std::size_t count(const Counts& counts, Status status) {
  const auto found = counts.find(status);
  return found == counts.end() ? 0 : found->second;
}

std::size_t total(const Counts& counts) {
  std::size_t sum = 0;
  for (const auto& [status, count] : counts) sum += count;
  return sum;
}

/// A piece of a bar, in thousandths of its length.
std::string piece(std::size_t from, std::size_t length, const char* style, const char* colour) {
  return fmt::format(R"(<rect class="{}" fill="{}" x="{}" width="{}" height="10"/>)", style, colour,
                     from, length);
}

void write_row(const std::string& name, const std::string& pieces, const std::string& words,
               std::ostream& out) {
  out << "<tr><th scope=\"row\">" << name
      << "</th><td><svg viewBox=\"0 0 1000 10\" width=\"100%\" height=\"16\" "
         "preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
      << pieces << "</svg></td><td>" << words << "</td></tr>\n";
}

void write_status_row(const std::string& name, const Counts& counts, std::ostream& out) {
  constexpr std::size_t whole = 1000;
  constexpr std::size_t least = 8;  // one drifted number of ten thousand is to be seen
  std::string pieces;
  std::string words;
  std::size_t from = 0;
  for (const Look& look : looks) {
    const std::size_t numbers = count(counts, look.status);
    if (numbers == 0) continue;
    words += fmt::format("{}<span class=\"{}\">{} {}</span>", words.empty() ? "" : ", ", look.style,
                         numbers, look.words);
    // The last takes the rest, so that the whole is full.
    const std::size_t length = look.status == Status::in_sync
                                   ? whole - from
                                   : std::max(least, numbers * whole / total(counts));
    pieces += piece(from, std::min(length, whole - from), look.style, look.colour);
    from = std::min(from + length, whole);
  }
  write_row(name, pieces, words, out);
}

using Group = std::pair<std::string, Counts>;

/// By profile, if any number has one; else by tag.
std::vector<Group> groups_of(const Report& report, bool by_profile) {
  std::map<std::string, Counts> groups;
  for (const NumberResult& result : report.results) {
    if (by_profile) {
      ++groups[result.profile][result.status()];
    } else {
      for (const std::string& tag : result.tags) ++groups[tag][result.status()];
    }
  }
  std::vector<Group> sorted(groups.begin(), groups.end());
  const auto trouble = [](const Group& group) {
    return total(group.second) - count(group.second, Status::in_sync);
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Group& a, const Group& b) { return trouble(a) > trouble(b); });
  return sorted;
}

void write_opening(const char* caption, const char* first, const char* last, std::ostream& out) {
  out << fmt::format(
      "<table class=\"picture\">\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\">Share</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
      caption, first, last);
}

void write_status(const Report& report, const Summary& summary, std::ostream& out) {
  constexpr std::size_t most = 20;
  const bool by_profile = std::any_of(report.results.begin(), report.results.end(),
                                      [](const NumberResult& one) { return !one.profile.empty(); });
  const std::vector<Group> groups = groups_of(report, by_profile);
  const char* const by = by_profile ? "Profile" : groups.empty() ? "Of" : "Tag";
  write_opening(by_profile       ? "Status by profile"
                : groups.empty() ? "Status"
                                 : "Status by tag",
                by, "Numbers", out);
  write_status_row("all", summary.by_status, out);
  for (std::size_t i = 0; i < std::min(groups.size(), most); ++i) {
    const auto& [name, counts] = groups[i];
    write_status_row(
        name.empty() ? "<i>no profile</i>" : "<code>" + escaped(in_words(Value(name))) + "</code>",
        counts, out);
  }
  out << "</tbody>\n</table>\n";
  if (groups.size() > most) {
    out << fmt::format("<p class=\"faint\">and {} more, of those with least trouble</p>\n",
                       groups.size() - most);
  }
}

void write_findings(const Summary& summary, std::ostream& out) {
  write_opening("Findings by field", "Field", "Findings", out);
  for (const auto& [path, count] : summary.findings_by_field) {
    constexpr std::size_t whole = 1000;
    const std::size_t length = count * whole / summary.findings;
    write_row(path_in_code(path),
              piece(0, length, "bad", "#c0202c") + piece(length, whole - length, "rest", "#d0d7de"),
              std::to_string(count), out);
  }
  out << "</tbody>\n</table>\n";
}

}  // namespace

std::string path_in_code(const FieldPath& path) {
  std::string text = path.text();
  const std::size_t dot = text.find('.');
  if (dot != std::string::npos) text.insert(dot + 1, "<wbr>");
  return "<code>" + text + "</code>";
}

void write_picture(const Report& report, const Summary& summary, std::ostream& out) {
  if (report.results.empty()) return;
  out << "<section>\n<h2>The fleet</h2>\n";
  write_status(report, summary, out);
  if (summary.findings > 0) write_findings(summary, out);
  out << "</section>\n";
}

}  // namespace sipdrift
