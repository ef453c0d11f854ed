// A JSON document that is read by someone who trusts nothing in it, and says where it is wrong.

#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json/strict_json.hpp"

#include "model/names.hpp"
#include "sipdrift/sha256.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

/// The first thing that was found to be wrong.
struct JsonFault {
  std::string path;     ///< "results[3].findings[0].kind"; empty for the document as a whole
  std::string message;  ///< what is wrong there; fit to be shown, without passwords
};

/// A place in a document: a value, and how it was reached.
///
/// What is not as it was asked for is noted as the fault, unless there is one already, and answered
/// with a value that means nothing; so a reader need not stop at each step, but looks at the end.
class JsonPlace {
 public:
  /// The whole document. `fault` must outlive this and all places reached from here.
  JsonPlace(const JsonValue& root, std::optional<JsonFault>& fault) : value_(root), fault_(fault) {}

  /// A member that must be there. Valid, as every place reached from here, as long as this is.
  [[nodiscard]] JsonPlace operator[](std::string_view key) const;

  [[nodiscard]] bool is_null() const { return value_ && value_->is_null(); }
  [[nodiscard]] bool is_text() const { return value_ && value_->is_string(); }
  [[nodiscard]] bool is_flag() const { return value_ && value_->is_bool(); }

  // The value as that type, or a fault.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool flag() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] std::int64_t count() const;            ///< 0 to max_count
  [[nodiscard]] std::chrono::microseconds ms() const;  ///< milliseconds with decimals
  [[nodiscard]] Timestamp time() const;
  [[nodiscard]] Sha256 sha256() const;

  static constexpr std::int64_t max_count = std::int64_t{1} << 53;  ///< as any reader of JSON can

  /// The value of an enumeration that name() calls so.
  template <class Enum, std::size_t size>
  [[nodiscard]] Enum one_of(const std::array<Enum, size>& values) const {
    const std::string word = text();
    const auto value = find_by_name(values, word);
    if (!value || word.empty()) refuse_word(word);
    return value.value_or(values.front());
  }

  // Each calls `read` for all that is inside, in order, until a fault is found.
  template <std::invocable<const JsonPlace&, std::size_t> Read>
  void each_entry(Read read) const {
    const auto array = array_here();
    if (!array) return;
    std::size_t index = 0;
    for (const JsonValue entry : *array) {
      if (fault_.has_value()) return;
      read(JsonPlace(entry, this, {}, index), index);
      ++index;
    }
  }
  template <std::invocable<std::string_view, const JsonPlace&> Read>
  void each_member(Read read) const {
    const auto object = object_here();
    if (!object) return;
    for (const auto& [key, member] : *object) {
      if (fault_.has_value()) return;
      read(key, JsonPlace(member, this, key, 0));
    }
  }

  /// Notes what is wrong here.
  void refuse(std::string message) const;

 private:
  JsonPlace(std::optional<JsonValue> value, const JsonPlace* parent, std::string_view key,
            std::size_t index)
      : value_(value), parent_(parent), key_(key), index_(index), fault_(parent->fault_) {}

  [[nodiscard]] std::optional<JsonObject> object_here() const;
  [[nodiscard]] std::optional<JsonArray> array_here() const;
  [[nodiscard]] std::string path() const;
  void refuse_type(const char* wanted) const;
  void refuse_word(const std::string& word) const;

  std::optional<JsonValue> value_;  // nothing once there was a fault on the way here
  const JsonPlace* parent_ = nullptr;
  std::string_view key_;   // in its parent, if that is an object
  std::size_t index_ = 0;  // in its parent, if that is an array
  std::optional<JsonFault>& fault_;
};

}  // namespace sipdrift
