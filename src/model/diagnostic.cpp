// Diagnostics as text.

#include "sipdrift/diagnostic.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <utf8.h>

#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(utf8::unchecked::distance(text.begin(), text.end()));
}

}  // namespace

std::string headline(const Diagnostic& diagnostic) {
  return fmt::format("{}:{}:{}: {}", visible(diagnostic.file), diagnostic.line, diagnostic.column,
                     diagnostic.message);
}

std::string with_excerpt(const Diagnostic& diagnostic) {
  std::string text = headline(diagnostic);
  const std::string line = diagnostic.before + diagnostic.marked + diagnostic.after;
  if (line.empty()) return text;
  const std::size_t underlined = std::max<std::size_t>(width(diagnostic.marked), 1);
  text += fmt::format("\n{:6} | {}\n{:6} | {:{}}^{:~<{}}", diagnostic.line, line, "", "",
                      width(diagnostic.before), "", underlined - 1);
  return text;
}

}  // namespace sipdrift
