// Strict readers: a scalar is its text, and YAML's own notion of numbers and booleans, by which
// 05060 is 2608 and "no" is false, has no say.

#include "manifest/scalar_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/redaction.hpp"
#include "model/suggestion.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view unset = "unset";

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// The whole of `text` read with `base`.
std::optional<std::uint64_t> number_in(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, base);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

/// What is wrong with a text that should be a whole number, and how it would be right.
std::string integer_fault(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    const auto value = number_in(text.substr(2), 16);
    return value ? fmt::format("is hexadecimal; write {}", *value) : "is not a whole number";
  }
  if (text.starts_with("0o")) {
    const auto value = number_in(text.substr(2), 8);
    return value ? fmt::format("is octal; write {}", *value) : "is not a whole number";
  }
  if (text.size() > 1 && text.starts_with('0') && all_digits(text)) {
    const auto value = number_in(text, 10);
    return fmt::format("begins with 0, which YAML reads as octal; write {}",
                       value ? std::to_string(*value) : std::string("it without"));
  }
  return "is not a whole number; write its digits alone";
}

/// One of a few words, or nothing, with a fault.
template <class T>
std::optional<Declared<T>> read_word(const YamlNode& node, Field field,
                                     std::span<const std::pair<std::string_view, T>> words,
                                     FaultList& faults) {
  const auto text = read_text(node, name(field), faults);
  if (!text) return std::nullopt;
  if (*text == unset) return Declared<T>{};
  std::vector<std::string_view> candidates;
  for (const auto& [word, value] : words) {
    if (*text == word) return Declared<T>{value};
    candidates.push_back(word);
  }
  candidates.push_back(unset);
  faults.add(node.span, fmt::format("{} {} is not known; {}", name(field), quoted(*text),
                                    suggestion(*text, candidates, "it is one of")));
  return std::nullopt;
}

template <class T, std::size_t count>
auto words_for(const std::array<T, count>& values) {
  std::array<std::pair<std::string_view, T>, count> words;
  std::transform(values.begin(), values.end(), words.begin(),
                 [](T value) { return std::pair(name(value), value); });
  return words;
}

std::optional<std::string> read_name(const YamlNode& node, std::string_view what,
                                     std::string_view allowed, FaultList& faults) {
  auto text = read_text(node, what, faults);
  if (!text) return std::nullopt;
  const bool fits =
      (is_letter(text->front()) || is_digit(text->front())) &&
      std::all_of(text->begin(), text->end(), [&](char c) {
        return is_letter(c) || is_digit(c) || allowed.find(c) != std::string_view::npos;
      });
  if (fits) return text;
  faults.add(
      node.span,
      fmt::format("{} {} has a character that cannot stand there; letters, digits and {} can, "
                  "and the first is a letter or a digit",
                  what, quoted(*text), allowed));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                     FaultList& faults) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      faults.add(node.span, fmt::format("{} has no value; write one, or remove the key", what));
      return std::nullopt;
    case YamlNode::Kind::list:
      faults.add(node.span, fmt::format("{} is a list; it is a single value", what));
      return std::nullopt;
    case YamlNode::Kind::map:
      faults.add(node.span, fmt::format("{} is a map; it is a single value", what));
      return std::nullopt;
    case YamlNode::Kind::scalar:
      break;
  }
  if (node.text.empty()) {
    faults.add(node.span, fmt::format("{} is empty; write a value, or remove the key", what));
    return std::nullopt;
  }
  // The file's bytes are clean: this is from an escape inside double quotes.
  if (visible(node.text) != node.text) {
    faults.add(node.span,
               fmt::format("{} {} holds a control character; remove it", what, quoted(node.text)));
    return std::nullopt;
  }
  return node.text;
}

void refuse_key(const YamlNode& key, std::span<const std::string_view> known,
                std::string_view intro, FaultList& faults) {
  faults.add(key.span, fmt::format("unknown key {}; {}", quoted(key.text),
                                   suggestion(key.text, known, intro)));
}

std::optional<E164> read_number(const YamlNode& node, FaultList& faults) {
  const auto text = read_text(node, "the number", faults);
  if (!text) return std::nullopt;
  auto number = E164::parse(*text);
  if (number) return *number;
  faults.add(node.span, quoted(*text) + " " + number.error());
  return std::nullopt;
}

std::optional<NumberRange> read_range(const YamlNode& node, FaultList& faults) {
  constexpr std::string_view dots = "..";
  const auto text = read_text(node, "range", faults);
  if (!text) return std::nullopt;
  const auto refuse = [&](const std::string& what) {
    faults.add(node.span, fmt::format("range {} {}", quoted(*text), what));
    return std::nullopt;
  };
  const std::size_t middle = text->find(dots);
  if (middle == std::string::npos) {
    return refuse("is not of the form \"+14150000100..+14150000199\"");
  }
  const std::string_view view = *text;
  const auto first = E164::parse(view.substr(0, middle));
  const auto last = E164::parse(view.substr(middle + dots.size()));
  if (!first) return refuse("begins with what " + first.error());
  if (!last) return refuse("ends with what " + last.error());
  if (first->text().size() != last->text().size()) {
    return refuse("joins numbers of different lengths; write a range for each length");
  }
  if (*last < *first) return refuse("runs backwards; the lower number comes first");
  return NumberRange{*first, *last};
}

std::optional<std::uint32_t> read_integer(const YamlNode& node, std::string_view what,
                                          std::uint32_t least, std::uint32_t most,
                                          FaultList& faults) {
  const auto text = read_text(node, what, faults);
  if (!text) return std::nullopt;
  const bool is_plain = all_digits(*text) && (text->size() == 1 || text->front() != '0');
  if (!is_plain) {
    faults.add(node.span, fmt::format("{} {} {}", what, quoted(*text), integer_fault(*text)));
    return std::nullopt;
  }
  const auto value = number_in(*text, 10);
  if (!value || *value < least || *value > most) {
    faults.add(node.span, fmt::format("{} {} is out of range; it goes from {} to {}", what,
                                      quoted(*text), least, most));
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*value);
}

std::optional<std::string> read_profile_name(const YamlNode& node, FaultList& faults) {
  return read_name(node, "profile", "._-", faults);
}

std::optional<std::string> read_tag(const YamlNode& node, FaultList& faults) {
  return read_name(node, "tag", ":._/@+=-", faults);
}

std::optional<Declared<AuthMode>> read_auth_mode(const YamlNode& node, FaultList& faults) {
  static const auto words = words_for(all_auth_modes);
  return read_word<AuthMode>(node, Field::auth_mode, words, faults);
}

std::optional<Declared<std::uint16_t>> read_port(const YamlNode& node, FaultList& faults) {
  if (node.text == unset) return Declared<std::uint16_t>{};
  const auto port = read_integer(node, name(Field::port), 1, 65535, faults);
  if (!port) return std::nullopt;
  return Declared<std::uint16_t>{static_cast<std::uint16_t>(*port)};
}

std::optional<Declared<bool>> read_secure_media(const YamlNode& node, FaultList& faults) {
  static constexpr std::array<std::pair<std::string_view, bool>, 2> words{
      {{"true", true}, {"false", false}}};
  return read_word<bool>(node, Field::secure_media, words, faults);
}

std::optional<Declared<SipUri>> read_sip_endpoint(const YamlNode& node, FaultList& faults) {
  const auto text = read_text(node, name(Field::sip_endpoint), faults);
  if (!text) return std::nullopt;
  if (*text == unset) return Declared<SipUri>{};
  if (*text == "absent") {
    faults.add(node.span,
               "sip_endpoint \"absent\"; a field that live must not have is \"unset\", "
               "and only a direction is \"absent\"");
    return std::nullopt;
  }
  auto uri = SipUri::parse(*text);
  if (uri) return Declared<SipUri>{*std::move(uri)};
  faults.add(node.span,
             fmt::format("sip_endpoint {} {}", quoted(redacted_endpoint(*text)), uri.error()));
  return std::nullopt;
}

std::optional<Declared<Transport>> read_transport(const YamlNode& node, FaultList& faults) {
  static const auto words = words_for(all_transports);
  return read_word<Transport>(node, Field::transport, words, faults);
}

}  // namespace sipdrift
