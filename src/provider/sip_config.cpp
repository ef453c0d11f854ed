// GET /v1/sip: the request for one number, and its reply read into a live record.

#include <cstddef>
#include <optional>

#include "json/strict_json.hpp"
#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/redaction.hpp"
#include "provider/envelope.hpp"
#include "provider/live_value.hpp"
#include "provider/provider_error.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

/// What is wrong with one of the keys by which an object says what it is about.
std::optional<NotCompared> identity_fault(const JsonObject& object, std::string_view path,
                                          std::string_view key, std::string_view wanted,
                                          ErrorKind kind) {
  const auto found = find(object, key);
  if (!found) return NotCompared{ErrorKind::bad_reply, fmt::format("{} has no \"{}\"", path, key)};
  const auto text = as_text(*found);
  if (!text) {
    return NotCompared{ErrorKind::bad_reply,
                       fmt::format("{}.{} is {}", path, key, describe_type(*found))};
  }
  if (*text == wanted) return std::nullopt;
  return NotCompared{kind, fmt::format("{}.{} is \"{}\", but \"{}\" was asked for", path, key,
                                       shown_excerpt(*text, 40), wanted)};
}

/// Whether two keys have the same letters: "secureMedia" and "secure_media" do.
bool same_letters(std::string_view a, std::string_view b) {
  const auto skip_marks = [](std::string_view text, std::size_t i) {
    while (i < text.size() && (text[i] == '_' || text[i] == '-')) ++i;
    return i;
  };
  for (std::size_t i = 0, j = 0;; ++i, ++j) {
    i = skip_marks(a, i);
    j = skip_marks(b, j);
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (to_lower(a[i]) != to_lower(b[j])) return false;
  }
}

/// The name of a field in `object` that stands elsewhere than documented, or under a key that is
/// spelled otherwise: where it is read it would seem to have no value. `is_options` says whether
/// the object is a direction's `options` or the direction itself.
std::string misplaced_field(const JsonObject& object, bool is_options) {
  for (const auto& [key, value] : object) {
    for (const Field field : all_fields) {
      if (!same_letters(key, name(field)) || value.is_null()) continue;
      const bool belongs = (field != Field::sip_endpoint) == is_options && key == name(field);
      if (!belongs) return std::string(name(field));
    }
  }
  return {};
}

/// What a direction's own keys tell, before any of its values is read.
std::optional<NotCompared> direction_fault(const JsonObject& object, std::string_view path,
                                           const E164& asked, Direction direction) {
  auto fault = identity_fault(object, path, "number", asked.text(), ErrorKind::wrong_number);
  if (fault) return fault;
  fault = identity_fault(object, path, "direction", name(direction), ErrorKind::bad_reply);
  if (fault) return fault;
  // Both stand in every documented reply, null where they hold nothing; an object without them is
  // of another shape, in which the values may stand elsewhere. Inside `options` it is different:
  // the documentation shows it with only the keys that are set.
  for (const char* const key : {"sip_endpoint", "options"}) {
    if (!find(object, key)) {
      return NotCompared{ErrorKind::bad_reply, fmt::format("{}.{} is missing", path, key)};
    }
  }
  if (has_errors(object)) {
    return NotCompared{ErrorKind::bad_reply, fmt::format("{} reports an error", path)};
  }
  return std::nullopt;
}

Result<std::optional<LiveDirection>, NotCompared> decode_direction(const JsonObject& data,
                                                                   const E164& asked,
                                                                   Direction direction) {
  const bool is_inbound = direction == Direction::inbound;
  const std::string_view path =
      is_inbound ? "the reply's data.inbound" : "the reply's data.outbound";
  const auto found = find(data, name(direction));
  if (!found) return misunderstood(fmt::format("{} is missing", path));
  if (found->is_null()) return std::optional<LiveDirection>();
  const auto object = as_object(*found);
  if (!object) return misunderstood(fmt::format("{} is {}", path, describe_type(*found)));
  if (auto fault = direction_fault(*object, path, asked, direction)) {
    return Unexpected{*std::move(fault)};
  }
  const JsonValue options_value = *find(*object, "options");
  const auto options = as_object(options_value);
  if (!options && !options_value.is_null()) {
    return misunderstood(fmt::format("{}.options is {}", path, describe_type(options_value)));
  }
  std::string misplaced = misplaced_field(*object, false);
  if (misplaced.empty() && options) misplaced = misplaced_field(*options, true);
  if (!misplaced.empty()) {
    return misunderstood(fmt::format("{} holds a {} where none belongs", path, misplaced));
  }

  LiveDirection live;
  LiveValueReader reader(path);
  reader.read(*object, "sip_endpoint", live.sip_endpoint);
  if (options) {
    reader.enter(is_inbound ? "the reply's data.inbound.options"
                            : "the reply's data.outbound.options");
    reader.read(*options, "auth_mode", live.auth_mode);
    reader.read(*options, "port", live.port);
    reader.read(*options, "secure_media", live.secure_media);
    reader.read(*options, "transport", live.transport);
  }
  if (!reader.fault().empty()) return misunderstood(reader.fault());
  return std::optional(std::move(live));
}

Result<LiveRecord, NotCompared> decode_data(const E164& asked, const JsonObject& data) {
  for (const char* const key : {"number", "phone_number"}) {
    if (!find(data, key)) continue;
    auto fault =
        identity_fault(data, "the reply's data", key, asked.text(), ErrorKind::wrong_number);
    if (fault) return Unexpected{*std::move(fault)};
  }

  auto inbound = decode_direction(data, asked, Direction::inbound);
  if (!inbound) return Unexpected{std::move(inbound).error()};
  auto outbound = decode_direction(data, asked, Direction::outbound);
  if (!outbound) return Unexpected{std::move(outbound).error()};
  return LiveRecord{asked, *std::move(inbound), *std::move(outbound)};
}

}  // namespace

std::string sip_config_target(const E164& number) {
  return fmt::format("/v1/sip?phone_number=%2B{}", number.text().substr(1));
}

Result<LiveRecord, NotCompared> decode_sip_config(const E164& asked, const HttpReply& reply) {
  if (says_not_configured(reply, asked)) return LiveRecord{asked, std::nullopt, std::nullopt};
  const auto envelope = Envelope::open(reply, max_reply_bytes);
  if (!envelope) return Unexpected{envelope.error()};
  return decode_data(asked, envelope->data());
}

}  // namespace sipdrift
