// Single values of a reply, with their type and range looked at before they are converted.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "json/strict_json.hpp"

#include "sipdrift/live_record.hpp"

namespace sipdrift {

/// A longer text is no SIP URI that anyone uses, and no transport. Reports hold on to live texts,
/// so that the bound is also one on their size.
inline constexpr std::size_t longest_live_text = 2048;

/// Reads values out of one direction's objects. A null or a missing key leaves the target empty. At
/// the first value that is not understood it notes the fault, and reads nothing more.
class LiveValueReader {
 public:
  /// `path` is where in the reply the values stand, for the fault's text; it must outlive this.
  explicit LiveValueReader(std::string_view path) : path_(path) {}

  /// From here on the values stand at `path`.
  void enter(std::string_view path) { path_ = path; }

  void read(const JsonObject& object, std::string_view key, std::optional<std::string>& target);

  /// An integer from 1 to 65535, or a string holding exactly one: nothing is narrowed or rounded.
  void read(const JsonObject& object, std::string_view key,
            std::optional<Observed<std::uint16_t>>& target);

  /// true or false, or one of the strings "true" and "false".
  void read(const JsonObject& object, std::string_view key, std::optional<Observed<bool>>& target);

  /// What was not understood, or an empty text.
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  [[nodiscard]] std::optional<JsonValue> find(const JsonObject& object, std::string_view key) const;
  void refuse(std::string_view key, const std::string& what, std::string_view wanted);

  std::string_view path_;
  std::string fault_;
};

}  // namespace sipdrift
