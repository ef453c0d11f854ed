// The text of one manifest file, and the faults that are found in it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/redaction.hpp"
#include "sipdrift/diagnostic.hpp"
#include "sipdrift/manifest.hpp"

namespace sipdrift {

/// A stretch of a manifest's text: an offset in bytes, and how many bytes.
struct Span {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;

  [[nodiscard]] std::uint32_t end() const { return offset + length; }
};

/// A file's text, which must outlive this, without the byte-order mark that it may begin with.
class SourceText {
 public:
  explicit SourceText(const ManifestFile& file);

  [[nodiscard]] const std::string& path() const { return file_.path; }
  [[nodiscard]] std::string_view text() const { return text_; }

  /// The line on which a byte stands, from 1.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;

  /// What is wrong at `span`; a span of several lines is marked to the end of its first.
  [[nodiscard]] Diagnostic diagnose(Span span, std::string message) const;

 private:
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

  /// What is known of a line. A manifest may be a single line with a thousand faults, which come
  /// from left to right.
  struct LineNotes {
    std::uint32_t number = 0;
    std::string_view text;
    std::vector<Stretch> passwords;
    std::size_t counted_to = 0;  // in bytes
    std::uint32_t column = 1;    // there
  };

  LineNotes& notes_on(std::uint32_t number) const;
  [[nodiscard]] static std::uint32_t column_of(LineNotes& notes, std::size_t position);

  const ManifestFile& file_;
  std::string_view text_;
  std::vector<std::uint32_t> line_starts_;
  mutable LineNotes notes_;  // of the line that was last asked for
};

/// Text of a manifest in quotes, for a message: shortened, with passwords and control characters
/// made harmless.
[[nodiscard]] std::string quoted(std::string_view text);

/// Everything that the bytes alone show to be wrong: what is not UTF-8, control characters, tabs in
/// an indentation, and line ends that readers of YAML disagree on.
[[nodiscard]] std::vector<Diagnostic> find_faults_in_bytes(const SourceText& source);

}  // namespace sipdrift
