// Parsed by simdjson, then walked once for what it does not look at.

#include "json/strict_json.hpp"

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace sipdrift {

namespace {

namespace dom = simdjson::dom;

constexpr const char* nul_fault = "a text or key holds a NUL";

/// Of the many texts of a reply most are short, for which a call of memchr is dear.
bool holds_nul(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == '\0'; });
}

bool has_double(std::vector<std::string_view>& keys) {
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// What simdjson let through and we do not; empty if there is nothing. Recurses as deep as the
/// document is nested, of which simdjson has already seen to the bound.
std::string fault_in(const JsonValue& value) {
  switch (value.type()) {
    case dom::element_type::STRING:
      return holds_nul(*as_text(value)) ? nul_fault : "";
    case dom::element_type::ARRAY: {
      const JsonArray array = *as_array(value);
      for (const JsonValue entry : array) {
        if (std::string fault = fault_in(entry); !fault.empty()) return fault;
      }
      return {};
    }
    case dom::element_type::OBJECT: {
      const JsonObject object = *as_object(value);
      std::vector<std::string_view> keys;
      for (const auto& [key, member] : object) {
        if (holds_nul(key)) return nul_fault;
        if (std::string fault = fault_in(member); !fault.empty()) return fault;
        keys.push_back(key);
      }
      return has_double(keys) ? "a key stands twice in one object" : "";
    }
    default:
      return {};
  }
}

std::string fault_of_parse(simdjson::error_code code) {
  switch (code) {
    case simdjson::MEMALLOC:
      throw std::bad_alloc();
    case simdjson::DEPTH_ERROR:
      return fmt::format("it is nested more than {} levels deep", max_json_depth);
    case simdjson::UTF8_ERROR:
      return "it is not UTF-8";
    case simdjson::NUMBER_ERROR:
      return "a number in it is malformed, or too large for 64 bits";
    case simdjson::EMPTY:
      return "it is empty";
    default:
      return "it breaks off, or is not JSON at all";
  }
}

}  // namespace

Result<JsonDocument, std::string> JsonDocument::parse(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return Unexpected{std::string("it holds a NUL")};
  dom::parser parser;
  JsonDocument parsed;
  auto code = parser.allocate(text.size(), max_json_depth);
  if (code == simdjson::SUCCESS) {
    code = parser.parse_into_document(parsed.document_, text.data(), text.size()).error();
  }
  if (code != simdjson::SUCCESS) return Unexpected{fault_of_parse(code)};
  if (std::string fault = fault_in(parsed.root()); !fault.empty()) {
    return Unexpected{std::move(fault)};
  }
  return parsed;
}

std::optional<JsonValue> find(const JsonObject& object, std::string_view key) {
  JsonValue value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::optional<JsonObject> as_object(const JsonValue& value) {
  if (!value.is_object()) return std::nullopt;
  return value.get_object().value_unsafe();
}

std::optional<JsonArray> as_array(const JsonValue& value) {
  if (!value.is_array()) return std::nullopt;
  return value.get_array().value_unsafe();
}

std::optional<std::string_view> as_text(const JsonValue& value) {
  if (!value.is_string()) return std::nullopt;
  return value.get_string().value_unsafe();
}

std::string describe_type(const JsonValue& value) {
  switch (value.type()) {
    case dom::element_type::OBJECT:
      return "an object";
    case dom::element_type::ARRAY:
      return "a list";
    case dom::element_type::STRING:
      return "a text";
    case dom::element_type::BOOL:
      return "a boolean";
    case dom::element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

}  // namespace sipdrift
