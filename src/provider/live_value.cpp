// Judging single JSON values: nlohmann/json would narrow 70597 to 5061, and turn 5061.7, true and
// -1 into ports, so the type and the range are looked at first.

#include "provider/live_value.hpp"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "model/sip_uri_text.hpp"

namespace sipdrift {

namespace {

using nlohmann::json;

/// A number or boolean as it stands. A text in quotes if it could be one that was mistyped; any
/// other could be a password that stands in the wrong place.
std::string quoted(const json& value) {
  if (value.is_structured()) return describe_type(value);
  if (!value.is_string()) return value.dump();
  const auto& text = value.get_ref<const std::string&>();
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

std::string describe_type(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return "null";
    case json::value_t::object:
      return "an object";
    case json::value_t::array:
      return "a list";
    case json::value_t::string:
      return "a text";
    case json::value_t::boolean:
      return "a boolean";
    default:
      return "a number";
  }
}

const json* LiveValueReader::find(const json& object, const char* key) const {
  if (!fault_.empty()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

void LiveValueReader::refuse(const char* key, const std::string& what, const char* wanted) {
  fault_ = fmt::format("{}.{} is {}, not {}", path_, key, what, wanted);
}

void LiveValueReader::read(const json& object, const char* key,
                           std::optional<std::string>& target) {
  const json* const value = find(object, key);
  if (value == nullptr) return;
  if (!value->is_string()) return refuse(key, describe_type(*value), "a text");
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > longest_live_text) {
    return refuse(key, fmt::format("{} bytes long", text.size()),
                  fmt::format("at most {}", longest_live_text).c_str());
  }
  target = text;
}

void LiveValueReader::read(const json& object, const char* key,
                           std::optional<Observed<std::uint16_t>>& target) {
  const json* const value = find(object, key);
  if (value == nullptr) return;
  if (value->is_string()) {
    if (const auto port = port_in(value->get_ref<const std::string&>())) {
      target = Observed<std::uint16_t>{*port, true};
      return;
    }
  } else if (value->is_number_unsigned()) {
    const auto port = value->get<std::uint64_t>();
    if (port >= 1 && port <= 65535) {
      target = Observed<std::uint16_t>{static_cast<std::uint16_t>(port), false};
      return;
    }
  }
  refuse(key, quoted(*value), "an integer from 1 to 65535");
}

void LiveValueReader::read(const json& object, const char* key,
                           std::optional<Observed<bool>>& target) {
  const json* const value = find(object, key);
  if (value == nullptr) return;
  if (value->is_boolean()) {
    target = Observed<bool>{value->get<bool>(), false};
  } else if (*value == "true" || *value == "false") {
    target = Observed<bool>{*value == "true", true};
  } else {
    refuse(key, quoted(*value), "a boolean");
  }
}

}  // namespace sipdrift
