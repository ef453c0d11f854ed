// In the order in which a person reads them: for whom, what, why, who, until when.

#include "manifest/waiver_text.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "manifest/yaml_text.hpp"
#include "model/characters.hpp"

namespace sipdrift {

namespace {

/// A port or a boolean stands as it does elsewhere in manifests.
std::string pin(const std::string& text) {
  const bool is_port =
      text.size() <= 5 && text.front() != '0' && std::all_of(text.begin(), text.end(), is_digit);
  return is_port || text == "true" || text == "false" ? text : yaml_text(text);
}

bool is_day(std::string_view expires) {
  return expires.size() == std::string_view("2026-12-31").size();
}

}  // namespace

std::string yaml_item(const Waiver& waiver, std::size_t column, std::string_view line_end) {
  std::string text;
  const auto add = [&](std::string_view key, std::string_view value) {
    text.append(column, ' ').append(text.size() == column ? "- " : "  ");
    text.append(key).append(": ").append(value).append(line_end);
  };
  if (const auto* const tag = std::get_if<std::string>(&waiver.subject)) {
    add("tag", yaml_text(*tag));
  } else {
    const auto& range = std::get<NumberRange>(waiver.subject);
    add(range.first == range.last ? "number" : "range", quoted_in_yaml(subject_text(waiver)));
  }
  add("field", waiver.path.text());
  if (waiver.observed) add("observed", pin(*waiver.observed));
  add("reason", yaml_text(waiver.reason));
  add("owner", yaml_text(waiver.owner));
  add("ticket", yaml_text(waiver.ticket));
  add("expires", is_day(waiver.expires) ? waiver.expires : quoted_in_yaml(waiver.expires));
  return text;
}

}  // namespace sipdrift
