// One sentence a finding.

#include "report/wording.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// Whether a rule tells a reader something that the two values do not.
bool is_worth_telling(Rule rule) { return rule != Rule::none && rule != Rule::sip_uri_comparison; }

std::string expected_in_words(const Finding& finding) {
  const bool is_direction = !finding.path.field.has_value();
  return is_direction ? "absent" : in_words(finding.expected);
}

}  // namespace

std::string in_words(const Value& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) {
    // A blank at an end would not be seen.
    const bool is_quoted = text->empty() || text->front() == ' ' || text->back() == ' ';
    return is_quoted ? "\"" + visible(*text) + "\"" : visible(*text);
  }
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* const flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  return "none";
}

std::string in_words(const Finding& finding) {
  std::string text = finding.path.text() + ": ";
  if (finding.rule == Rule::redacted_part) {
    text += fmt::format("differs (redacted): {}", in_words(finding.expected));
  } else {
    text +=
        fmt::format("expected {}, live {}", expected_in_words(finding), in_words(finding.actual));
    if (is_worth_telling(finding.rule)) text += fmt::format(" ({})", explanation(finding.rule));
  }
  if (finding.severity == Severity::critical) text += " [critical: encryption is lost]";
  return text;
}

std::string in_words(const NotCompared& error) {
  return fmt::format("{}: {}", name(error.kind), visible(error.message));
}

std::string place_of(const NumberResult& result, const Run& run) {
  return fmt::format("{}:{}", visible(run.manifests.at(result.source.manifest).path),
                     result.source.line);
}

}  // namespace sipdrift
