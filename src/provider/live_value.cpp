// Judging single JSON values, none of which is converted before its type and range are known.

#include "provider/live_value.hpp"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

/// A number or boolean as it stands. A text in quotes if it could be one that was mistyped; any
/// other could be a password that stands in the wrong place.
std::string quoted(const JsonValue& value) {
  if (value.is_object() || value.is_array()) return describe_type(value);
  if (!value.is_string()) return simdjson::minify(value);
  const std::string_view text = *as_text(value);
  constexpr std::size_t longest = 8;
  const bool is_number_like = text.size() <= longest &&
                              text.find_first_not_of("0123456789abcdefx+-. ") == std::string::npos;
  const std::string word = to_lower(text);
  const bool is_boolean_like = word == "true" || word == "yes" || word == "no" || word == "on";
  return is_number_like || is_boolean_like ? fmt::format("\"{}\"", text) : describe_type(value);
}

/// Digits alone, without sign, blanks or leading zeros.
std::optional<std::uint16_t> port_in(std::string_view text) {
  std::uint16_t port = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, port);
  if (text.starts_with('0') || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return port;
}

}  // namespace

std::optional<JsonValue> LiveValueReader::find(const JsonObject& object,
                                               std::string_view key) const {
  if (!fault_.empty()) return std::nullopt;
  const auto found = sipdrift::find(object, key);
  return found && !found->is_null() ? found : std::nullopt;
}

void LiveValueReader::refuse(std::string_view key, const std::string& what,
                             std::string_view wanted) {
  fault_ = fmt::format("{}.{} is {}, not {}", path_, key, what, wanted);
}

void LiveValueReader::read(const JsonObject& object, std::string_view key,
                           std::optional<std::string>& target) {
  const auto value = find(object, key);
  if (!value) return;
  const auto text = as_text(*value);
  if (!text) return refuse(key, describe_type(*value), "a text");
  if (text->size() > longest_live_text) {
    return refuse(key, fmt::format("{} bytes long", text->size()),
                  fmt::format("at most {}", longest_live_text));
  }
  target = *text;
}

void LiveValueReader::read(const JsonObject& object, std::string_view key,
                           std::optional<Observed<std::uint16_t>>& target) {
  const auto value = find(object, key);
  if (!value) return;
  std::int64_t number = 0;
  if (const auto text = as_text(*value)) {
    if (const auto port = port_in(*text)) {
      target = Observed<std::uint16_t>{*port, true};
      return;
    }
  } else if (value->get_int64().get(number) == simdjson::SUCCESS && number >= 1 &&
             number <= 65535) {
    target = Observed<std::uint16_t>{static_cast<std::uint16_t>(number), false};
    return;
  }
  refuse(key, quoted(*value), "an integer from 1 to 65535");
}

void LiveValueReader::read(const JsonObject& object, std::string_view key,
                           std::optional<Observed<bool>>& target) {
  const auto value = find(object, key);
  if (!value) return;
  const auto text = as_text(*value);
  if (value->is_bool()) {
    target = Observed<bool>{value->get_bool().value_unsafe(), false};
  } else if (text == "true" || text == "false") {
    target = Observed<bool>{text == "true", true};
  } else {
    refuse(key, quoted(*value), "a boolean");
  }
}

}  // namespace sipdrift
