// What is wrong with a file that a person wrote, and where.

#pragma once

#include <cstdint>
#include <string>

namespace sipdrift {

/// One fault. All texts are fit to be shown: control characters are visible, passwords redacted.
struct Diagnostic {
  std::string file;          ///< the path as it was given
  std::uint32_t line = 1;    ///< from 1
  std::uint32_t column = 1;  ///< from 1, in characters
  std::string message;       ///< what is wrong; what would be right

  // The line itself in three pieces, the second of which is the one that is wrong. All are empty
  // where there is no such line.
  std::string before;
  std::string marked;
  std::string after;
};

/// "file:line:column: message", as editors and CI annotations read it.
[[nodiscard]] std::string headline(const Diagnostic& diagnostic);

/// The headline, and under it the line with its wrong piece underlined; no newline at the end.
[[nodiscard]] std::string with_excerpt(const Diagnostic& diagnostic);

}  // namespace sipdrift
