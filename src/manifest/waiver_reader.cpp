// One waiver: whom it is for, what it lets differ, who answers for it, and until when.

#include "manifest/waiver_reader.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "manifest/scalar_value.hpp"
#include "model/characters.hpp"
#include "model/field_path.hpp"
#include "model/names.hpp"
#include "model/suggestion.hpp"
#include "sipdrift/sip_settings.hpp"

namespace sipdrift {

namespace {

constexpr std::array<std::string_view, 9> waiver_keys{
    "number", "range", "tag", "field", "observed", "reason", "owner", "ticket", "expires"};
constexpr auto subject_keys = std::span(waiver_keys).first<3>();
constexpr std::array<std::string_view, 5> required_keys{"field", "reason", "owner", "ticket",
                                                        "expires"};

constexpr std::string_view unset = "unset";
constexpr std::string_view configured = "configured";

bool is_one_of(std::string_view key, std::span<const std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::optional<FieldPath> read_field(const YamlNode& node, FaultList& faults) {
  const auto text = read_text(node, "field", faults);
  if (!text) return std::nullopt;
  std::vector<std::string_view> names;
  for (const auto& [name, path] : all_field_paths()) {
    if (*text == name) return path;
    names.push_back(name);
  }
  const bool lacks_direction = find_by_name(all_fields, *text).has_value();
  faults.add(node.span, lacks_direction
                            ? fmt::format("field {} has no direction; write inbound.{} or "
                                          "outbound.{}",
                                          quoted(*text), *text, *text)
                            : fmt::format("field {} is not known; {}", quoted(*text),
                                          suggestion(*text, names, "the fields are")));
  return std::nullopt;
}

/// The value that a waiver is pinned to. Values are compared as the texts that they have in
/// reports.
std::optional<std::string> read_observed(const YamlNode& node, FaultList& faults) {
  auto text = read_text(node, "observed", faults);
  if (!text || *text == unset || pin_text(*text)) return text;
  faults.add(node.span,
             fmt::format("observed {} has a part that is never shown, as it could be a password, "
                         "and that no pin could tell from another; remove observed, and the waiver "
                         "holds whatever is live",
                         quoted(*text)));
  return std::nullopt;
}

/// Why a text is no moment at which something expires.
std::string expiry_fault(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-dd";
  constexpr std::string_view any_day = "2000-01-01";
  const std::string_view date = text.substr(0, shape.size());
  const bool has_date =
      std::equal(date.begin(), date.end(), shape.begin(), shape.end(),
                 [](char c, char wanted) { return wanted == 'd' ? is_digit(c) : c == wanted; });
  // The same in zeros exists, if it is a time at all.
  std::string likeness(any_day);
  for (const char c : text.substr(date.size())) likeness.push_back(is_digit(c) ? '0' : c);
  if (has_date && parse_expiry(likeness)) {
    return "does not exist; see the calendar and the clock, and that its year has four digits";
  }
  return "is no date; it looks like 2026-12-31 (the end of that day in UTC), or like "
         "2026-12-31T18:00:00+02:00";
}

std::optional<std::string> read_expires(const YamlNode& node, FaultList& faults) {
  auto text = read_text(node, "expires", faults);
  if (!text || parse_expiry(*text)) return text;
  faults.add(node.span, fmt::format("expires {} {}", quoted(*text), expiry_fault(*text)));
  return std::nullopt;
}

std::optional<std::variant<std::string, NumberRange>> read_subject(const YamlEntry& entry,
                                                                   FaultList& faults) {
  if (entry.key.text == "tag") {
    auto tag = read_tag(entry.value, faults);
    if (tag) return *std::move(tag);
  } else if (entry.key.text == "range") {
    const auto range = read_range(entry.value, faults);
    if (range) return *range;
  } else if (const auto number = read_number(entry.value, faults)) {
    return NumberRange{*number, *number};
  }
  return std::nullopt;
}

/// Exactly one of the subject's keys, and all that are required.
void check_keys(const YamlNode& entry, FaultList& faults) {
  std::vector<const YamlNode*> subjects;
  std::vector<std::string_view> missing(required_keys.begin(), required_keys.end());
  for (const YamlEntry& part : entry.entries) {
    std::erase(missing, part.key.text);
    if (is_one_of(part.key.text, subject_keys)) {
      subjects.push_back(&part.key);
    } else if (!is_one_of(part.key.text, waiver_keys)) {
      refuse_key(part.key, waiver_keys, "the keys of a waiver are", faults);
    }
  }
  if (subjects.size() > 1) {
    faults.add(subjects[1]->span,
               fmt::format("{} beside {}; a waiver has one of the two", quoted(subjects[1]->text),
                           quoted(subjects[0]->text)));
  }
  if (entry.is_damaged) return;  // what is missing may have been refused
  if (subjects.empty()) {
    faults.add(entry.span, "this waiver is for nothing; it needs one of number, range, tag");
  }
  if (!missing.empty()) {
    faults.add(entry.span, fmt::format("this waiver has no {}; {} required", listed(missing),
                                       missing.size() == 1 ? "it is" : "they are"));
  }
}

}  // namespace

std::string key_of(const Waiver& waiver) {
  return fmt::format("{} {}{}", subject_text(waiver), waiver.path.text(),
                     waiver.observed ? "=" + *waiver.observed : "");
}

void WaiverReader::read(const YamlNode& entry, std::uint32_t file, FaultList& faults) {
  if (entry.kind != YamlNode::Kind::map) {
    return faults.add(entry.span, "this waiver is not a map; write \"- number: ...\" and its keys");
  }
  const std::size_t faults_before = faults.size();
  check_keys(entry, faults);
  Waiver waiver;
  Span subject;
  Span pin;
  for (const auto& [key, value] : entry.entries) {
    if (is_one_of(key.text, subject_keys)) {
      waiver.subject = read_subject({key, value}, faults).value_or(std::string());
      subject = value.span;
    } else if (key.text == "field") {
      waiver.path = read_field(value, faults).value_or(FieldPath());
    } else if (key.text == "observed") {
      waiver.observed = read_observed(value, faults);
      pin = value.span;
    } else if (key.text == "expires") {
      waiver.expires = read_expires(value, faults).value_or("");
    } else if (key.text == "reason") {
      waiver.reason = read_text(value, key.text, faults).value_or("");
    } else if (key.text == "owner") {
      waiver.owner = read_text(value, key.text, faults).value_or("");
    } else if (key.text == "ticket") {
      waiver.ticket = read_text(value, key.text, faults).value_or("");
    }
  }
  const bool is_sound = faults.size() == faults_before && !entry.is_damaged;
  if (!is_sound) return;
  if (!waiver.path.field && waiver.observed && *waiver.observed != configured) {
    return faults.add(pin, fmt::format("observed {} is never that of a whole direction; write "
                                       "{}, or remove observed",
                                       quoted(*waiver.observed), configured));
  }
  waiver.ends_at = parse_expiry(waiver.expires).value_or(Timestamp());
  waiver.source = {file, faults.line_of(entry.span)};
  if (!is_known(waiver, subject, faults)) waivers_.push_back(std::move(waiver));
}

bool WaiverReader::is_known(const Waiver& waiver, Span span, FaultList& faults) {
  const auto [known, is_new] = known_.try_emplace(key_of(waiver), waiver.source);
  if (is_new) return false;
  const Source& first = known->second;
  const std::string place =
      first.manifest == waiver.source.manifest
          ? fmt::format("on line {}", first.line)
          : fmt::format("in {}:{}", sources_[first.manifest].path(), first.line);
  faults.add(span, fmt::format("{} of {} is waived twice, first {}; keep one of the two",
                               waiver.path.text(), subject_text(waiver), place));
  return true;
}

}  // namespace sipdrift
