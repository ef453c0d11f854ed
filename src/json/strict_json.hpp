// JSON without the leniencies of its library.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "sipdrift/result.hpp"

namespace sipdrift {

// A value points into its document, and so do the texts in it: none may outlive it.
using JsonValue = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

/// Deeper than any reply of the API; shallow enough for any stack.
inline constexpr std::size_t max_json_depth = 32;

/// One JSON value (RFC 8259) and the memory that holds it.
class JsonDocument {
 public:
  /// `text` must be exactly one value. Refuses what simdjson lets through: a key that stands twice
  /// in an object, a NUL in a text, and nesting beyond max_json_depth. The error quotes nothing of
  /// `text`. Throws std::bad_alloc.
  [[nodiscard]] static Result<JsonDocument, std::string> parse(std::string_view text);

  [[nodiscard]] JsonValue root() const { return document_.root(); }

 private:
  JsonDocument() = default;

  simdjson::dom::document document_;
};

/// What stands under `key`, nothing if there is no such key.
[[nodiscard]] std::optional<JsonValue> find(const JsonObject& object, std::string_view key);

// The value as that type, nothing if it is of another.
[[nodiscard]] std::optional<JsonObject> as_object(const JsonValue& value);
[[nodiscard]] std::optional<JsonArray> as_array(const JsonValue& value);
[[nodiscard]] std::optional<std::string_view> as_text(const JsonValue& value);

/// "an object", "a boolean": what kind of JSON value it is, without quoting it.
[[nodiscard]] std::string describe_type(const JsonValue& value);

}  // namespace sipdrift
