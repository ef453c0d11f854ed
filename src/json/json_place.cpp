// Typed access with the path of what is wrong, which is made only once something is.

#include "json/json_place.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "model/redaction.hpp"

namespace sipdrift {

JsonPlace JsonPlace::operator[](std::string_view key) const {
  const auto object = object_here();
  if (!object) return {std::nullopt, this, key, 0};
  const auto member = find(*object, key);
  if (!member) refuse(fmt::format("has no \"{}\"", key));
  return {member, this, key, 0};
}

std::string JsonPlace::text() const {
  if (!value_) return {};
  const auto text = as_text(*value_);
  if (!text) refuse_type("a text");
  return std::string(text.value_or(""));
}

bool JsonPlace::flag() const {
  if (!value_) return false;
  bool flag = false;
  if (value_->get_bool().get(flag) != simdjson::SUCCESS) refuse_type("a boolean");
  return flag;
}

std::int64_t JsonPlace::integer() const {
  if (!value_) return 0;
  std::int64_t number = 0;
  // A number beyond 64 bits with a sign is another type to simdjson.
  if (value_->get_int64().get(number) != simdjson::SUCCESS) refuse_type("an integer");
  return number;
}

std::int64_t JsonPlace::count() const {
  const std::int64_t number = integer();
  if (number >= 0 && number <= max_count) return number;
  refuse(fmt::format("is {}, which is no count", number));
  return 0;
}

std::chrono::microseconds JsonPlace::ms() const {
  if (!value_) return {};
  double number = 0;
  if (value_->get_double().get(number) != simdjson::SUCCESS) refuse_type("a number");
  constexpr double longest = 1e12;
  if (number < 0 || number > longest) {
    refuse(fmt::format("is {}, which is no duration in milliseconds", number));
    return {};
  }
  return std::chrono::microseconds(std::llround(number * 1000));
}

Timestamp JsonPlace::time() const {
  if (!value_) return {};
  const auto time = parse_rfc3339(text());
  if (!time) refuse("is no time in UTC such as 2026-11-23T02:00:05.120Z");
  return time.value_or(Timestamp());
}

Sha256 JsonPlace::sha256() const {
  if (!value_) return {};
  const auto digest = Sha256::from_hex(text());
  if (!digest) refuse("is no SHA-256 in 64 hexadecimal digits");
  return digest.value_or(Sha256());
}

void JsonPlace::refuse(std::string message) const {
  if (!fault_) fault_ = JsonFault{path(), std::move(message)};
}

void JsonPlace::refuse_type(const char* wanted) const {
  refuse(fmt::format("is {}, not {}", describe_type(*value_), wanted));
}

void JsonPlace::refuse_word(const std::string& word) const {
  constexpr std::size_t longest = 40;
  refuse(fmt::format("is \"{}\", which means nothing here", shown_excerpt(word, longest)));
}

std::optional<JsonObject> JsonPlace::object_here() const {
  if (!value_) return std::nullopt;
  const auto object = as_object(*value_);
  if (!object) refuse_type("an object");
  return object;
}

std::optional<JsonArray> JsonPlace::array_here() const {
  if (!value_) return std::nullopt;
  const auto array = as_array(*value_);
  if (!array) refuse_type("a list");
  return array;
}

std::string JsonPlace::path() const {
  if (parent_ == nullptr) return {};
  constexpr std::size_t longest_key = 60;
  const std::string before = parent_->path();
  const bool is_entry = parent_->value_ && parent_->value_->is_array();
  if (is_entry) return fmt::format("{}[{}]", before, index_);
  return before + (before.empty() ? "" : ".") + shown_excerpt(key_, longest_key);
}

}  // namespace sipdrift
