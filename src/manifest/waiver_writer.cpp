// Read, inserted, and read back.

#include "sipdrift/waiver_writer.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "manifest/declared_terms.hpp"
#include "manifest/file_reader.hpp"
#include "manifest/source_text.hpp"
#include "manifest/waiver_place.hpp"
#include "manifest/waiver_reader.hpp"
#include "manifest/waiver_text.hpp"
#include "manifest/yaml_document.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// What there is to know of a file without the others of its manifest.
struct FileContents {
  explicit FileContents(const std::vector<SourceText>& source)
      : faults(find_faults_in_bytes(source[0])) {
    if (!faults.empty()) return;
    DeclaredTerms declared;
    if (!FileReader(source, declared).read(0, faults) || !faults.empty()) return;
    waivers = std::move(declared.waivers);
    FaultList none(source[0], faults);
    read_yaml(source[0], contents, none);
  }

  Contents contents;
  std::vector<Waiver> waivers;
  std::vector<Diagnostic> faults;
};

/// Waivers of what the file has a waiver of already.
std::vector<Diagnostic> find_known(const ManifestFile& file, const std::vector<Waiver>& old,
                                   const std::vector<Waiver>& wanted) {
  std::map<std::string, const Waiver*> known;
  for (const Waiver& waiver : old) known.emplace(key_of(waiver), &waiver);
  std::vector<Diagnostic> faults;
  for (const Waiver& waiver : wanted) {
    const auto found = known.find(key_of(waiver));
    if (found == known.end()) continue;
    const Waiver& first = *found->second;
    Diagnostic fault;
    fault.file = visible(file.path);
    fault.line = first.source.line;
    fault.message =
        fmt::format("{} of {} has this waiver already, until {}; change that one, or leave it out",
                    waiver.path.text(), subject_text(waiver), first.expires);
    faults.push_back(std::move(fault));
  }
  return faults;
}

std::string_view line_end_of(std::string_view text) {
  const std::size_t line_break = text.find('\n');
  const bool is_crlf =
      line_break != std::string_view::npos && line_break > 0 && text[line_break - 1] == '\r';
  return is_crlf ? "\r\n" : "\n";
}

/// The lines to be inserted at `place`, with the end of the line before it if that has none.
std::string lines_for(const std::vector<Waiver>& waivers, const Contents::Place& place,
                      std::string_view text) {
  constexpr std::size_t indentation = 2;
  const std::string_view line_end = line_end_of(text);
  const std::string_view before = text.substr(0, place.offset);
  std::string lines;
  if (!before.empty() && !before.ends_with('\n')) lines += line_end;
  std::size_t column = place.column;
  if (!place.has_list) {
    lines.append(line_end).append(column, ' ').append("waivers:").append(line_end);
    column += indentation;
  }
  for (const Waiver& waiver : waivers) lines += yaml_item(waiver, column, line_end);
  return lines;
}

bool says_the_same(const Waiver& a, const Waiver& b) {
  return key_of(a) == key_of(b) && a.reason == b.reason && a.owner == b.owner &&
         a.ticket == b.ticket && a.expires == b.expires;
}

bool has_exactly(const FileContents& now, const FileContents& before,
                 const std::vector<Waiver>& added) {
  const auto& old_waivers = before.contents.waivers();
  const auto& new_waivers = now.contents.waivers();
  if (now.contents.others() != before.contents.others() ||
      new_waivers.size() != old_waivers.size() + added.size() ||
      now.waivers.size() != new_waivers.size()) {
    return false;
  }
  return std::equal(old_waivers.begin(), old_waivers.end(), new_waivers.begin()) &&
         std::equal(added.begin(), added.end(),
                    now.waivers.end() - static_cast<std::ptrdiff_t>(added.size()), says_the_same);
}

}  // namespace

Result<AddedWaivers, std::vector<Diagnostic>> add_waivers(const ManifestFile& file,
                                                          const std::vector<Waiver>& waivers) {
  AddedWaivers added;
  const bool is_new = file.text.empty();
  const ManifestFile old{file.path, is_new ? "version: 1\n" : file.text};
  const std::vector<SourceText> sources{SourceText(old)};
  FileContents before(sources);
  if (!before.faults.empty()) return Unexpected{std::move(before.faults)};
  std::vector<Diagnostic> known = find_known(old, before.waivers, waivers);
  if (!known.empty()) return Unexpected{std::move(known)};

  const std::string_view text = sources[0].text();
  const Contents::Place place = before.contents.place_in(text);
  if (!place.refusal.empty()) {
    return Unexpected{std::vector{sources[0].diagnose(place.refused, std::string(place.refusal))}};
  }
  added.inserted = lines_for(waivers, place, text);
  added.text = old.text;
  added.text.insert(old.text.size() - text.size() + place.offset, added.inserted);
  if (is_new) added.inserted = added.text;

  const ManifestFile changed{file.path, added.text};
  const FileContents now({SourceText(changed)});
  if (!now.faults.empty() || !has_exactly(now, before, waivers)) {
    throw std::logic_error("a manifest with waivers added does not say what it should");
  }
  const auto first_new = now.waivers.end() - static_cast<std::ptrdiff_t>(waivers.size());
  added.waivers.assign(first_new, now.waivers.end());
  return added;
}

}  // namespace sipdrift
