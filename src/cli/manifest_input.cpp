// From paths to a manifest, or to its diagnostics.

#include "cli/manifest_input.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/input_files.hpp"
#include "cli/terminal.hpp"
#include "model/counted.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// As many as anyone will read; a wrong file can have millions.
constexpr std::size_t most_shown_faults = 1000;

/// With its excerpt for people, and the headline in bold, as compilers do.
std::string told(const Diagnostic& fault, const CommonOptions& common) {
  if (common.log_format == LogFormat::json) return headline(fault);
  std::string text = with_excerpt(fault);
  if (!wants_colour(STDERR_FILENO, common)) return text;
  const std::size_t end = headline(fault).size();
  return "\x1b[1m" + text.substr(0, end) + "\x1b[0m" + text.substr(end);
}

}  // namespace

void tell_faults(const std::vector<Diagnostic>& faults, const CommonOptions& common) {
  const std::size_t shown = std::min(faults.size(), most_shown_faults);
  for (std::size_t i = 0; i < shown; ++i) write_line(told(faults[i], common));
  if (shown < faults.size()) say(fmt::format("and {} more", faults.size() - shown));
}

std::optional<Manifest> load_manifest(const std::vector<std::string>& paths,
                                      const CommonOptions& common, Needs needs) {
  std::vector<ManifestFile> files;
  bool all_read = true;
  for (const std::string& path : paths) {
    auto text = read_file(path, largest_manifest);
    if (text) {
      files.push_back({path, *std::move(text)});
    } else {
      say(fmt::format("{}: cannot be read: {}", visible(path), text.error()));
      all_read = false;
    }
  }
  auto manifest = read_manifest(files, all_read, needs);
  if (manifest) return *std::move(manifest);
  const std::vector<Diagnostic>& faults = manifest.error();
  tell_faults(faults, common);
  if (!faults.empty())
    say(counted(faults.size(), "fault") + " in the manifest; no request was sent");
  return std::nullopt;
}

}  // namespace sipdrift
