// GET /v1/sip: the request for one number, and its reply read into a live record.

#include <optional>

#include <fmt/format.h>

#include "model/redaction.hpp"
#include "model/sip_uri_text.hpp"
#include "provider/live_value.hpp"
#include "provider/provider_error.hpp"
#include "provider/strict_json.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

using nlohmann::json;

Unexpected<NotCompared> misunderstood(std::string why) {
  return Unexpected{NotCompared{ErrorKind::bad_reply, std::move(why)}};
}

/// What is wrong with one of the keys by which an object says what it is about.
std::optional<NotCompared> identity_fault(const json& object, const std::string& path,
                                          const char* key, std::string_view wanted,
                                          ErrorKind kind) {
  const auto found = object.find(key);
  const auto fault = [&](ErrorKind of, std::string why) { return NotCompared{of, std::move(why)}; };
  if (found == object.end()) {
    return fault(ErrorKind::bad_reply, fmt::format("{} has no \"{}\"", path, key));
  }
  if (!found->is_string()) {
    return fault(ErrorKind::bad_reply,
                 fmt::format("{}.{} is {}", path, key, describe_type(*found)));
  }
  const auto& text = found->get_ref<const std::string&>();
  if (text == wanted) return std::nullopt;
  return fault(kind, fmt::format("{}.{} is \"{}\", but \"{}\" was asked for", path, key,
                                 shown_excerpt(text, 40), wanted));
}

/// A key by its letters alone: "secureMedia" and "secure_media" are the same.
std::string letters_of(std::string_view key) {
  std::string letters = to_lower(key);
  std::erase_if(letters, [](char c) { return c == '_' || c == '-'; });
  return letters;
}

/// The name of a field that stands elsewhere than documented, or under a key that is spelled
/// otherwise. Where it is read it would seem to have no value.
std::string misplaced_field(const json& direction, const json& options) {
  for (const Field field : all_fields) {
    const std::string_view documented = name(field);
    const bool is_beside_options = field == Field::sip_endpoint;
    for (const json* const object : {&direction, &options}) {
      const bool belongs = (object == &direction) == is_beside_options;
      for (const auto& [key, value] : object->items()) {
        const bool is_misplaced = letters_of(key) == letters_of(documented) &&
                                  !(belongs && key == documented) && !value.is_null();
        if (is_misplaced) return std::string(documented);
      }
    }
  }
  return {};
}

Result<std::optional<LiveDirection>, NotCompared> decode_direction(const json& data,
                                                                   const E164& asked,
                                                                   Direction direction) {
  const std::string path = fmt::format("the reply's data.{}", name(direction));
  const auto found = data.find(std::string(name(direction)));
  if (found == data.end()) return misunderstood(path + " is missing");
  if (found->is_null()) return std::optional<LiveDirection>();
  if (!found->is_object()) {
    return misunderstood(fmt::format("{} is {}", path, describe_type(*found)));
  }
  for (auto fault :
       {identity_fault(*found, path, "number", asked.text(), ErrorKind::wrong_number),
        identity_fault(*found, path, "direction", name(direction), ErrorKind::bad_reply)}) {
    if (fault) return Unexpected{*std::move(fault)};
  }

  // Both stand in every documented reply, null where they hold nothing; an object without them is
  // of another shape, in which the values may stand elsewhere. Inside `options` it is different:
  // the documentation shows it with only the keys that are set.
  for (const char* const key : {"sip_endpoint", "options"}) {
    if (!found->contains(key)) return misunderstood(fmt::format("{}.{} is missing", path, key));
  }
  if (has_errors(*found)) return misunderstood(path + " reports an error");
  static const json no_options = json::object();
  const auto options_at = found->find("options");
  const bool has_options = !options_at->is_null();
  if (has_options && !options_at->is_object()) {
    return misunderstood(fmt::format("{}.options is {}", path, describe_type(*options_at)));
  }
  const json& options = has_options ? *options_at : no_options;
  if (const std::string key = misplaced_field(*found, options); !key.empty()) {
    return misunderstood(fmt::format("{} holds a {} where none belongs", path, key));
  }

  LiveDirection live;
  LiveValueReader reader(path);
  reader.read(*found, "sip_endpoint", live.sip_endpoint);
  reader.enter("options");
  reader.read(options, "auth_mode", live.auth_mode);
  reader.read(options, "port", live.port);
  reader.read(options, "secure_media", live.secure_media);
  reader.read(options, "transport", live.transport);
  if (!reader.fault().empty()) return misunderstood(reader.fault());
  return std::optional(std::move(live));
}

Result<LiveRecord, NotCompared> decode_body(const E164& asked, const HttpReply& reply) {
  if (!is_json(reply)) {
    return misunderstood(reply.content_type.empty()
                             ? std::string("the reply has no Content-Type")
                             : fmt::format("the reply's Content-Type is \"{}\", not JSON",
                                           shown_excerpt(reply.content_type, 80)));
  }
  if (reply.body.size() > max_reply_bytes) return misunderstood("the reply is longer than 1 MiB");
  const auto parsed = parse_strict_json(reply.body);
  if (!parsed) return misunderstood("the reply is not usable JSON: " + parsed.error());

  const json& body = *parsed;
  if (!body.is_object()) return misunderstood("the reply is " + describe_type(body));
  if (reports_failure(body)) {
    const std::string text = error_text(reply);
    return misunderstood(text.empty() ? "the API reports an error"
                                      : "the API reports an error: " + text);
  }
  const auto data = body.find("data");
  if (data == body.end()) return misunderstood("the reply has no \"data\"");
  if (!data->is_object()) return misunderstood("the reply's data is " + describe_type(*data));
  if (reports_failure(*data)) return misunderstood("the API reports an error inside data");
  for (const char* const key : {"number", "phone_number"}) {
    if (!data->contains(key)) continue;
    auto fault =
        identity_fault(*data, "the reply's data", key, asked.text(), ErrorKind::wrong_number);
    if (fault) return Unexpected{*std::move(fault)};
  }

  auto inbound = decode_direction(*data, asked, Direction::inbound);
  if (!inbound) return Unexpected{std::move(inbound).error()};
  auto outbound = decode_direction(*data, asked, Direction::outbound);
  if (!outbound) return Unexpected{std::move(outbound).error()};
  return LiveRecord{asked, *std::move(inbound), *std::move(outbound)};
}

NotCompared status_error(const HttpReply& reply) {
  const std::string text = error_text(reply);
  const std::string suffix = text.empty() ? "" : ": " + text;
  switch (reply.status) {
    case 401:
    case 403:
      return {ErrorKind::unauthorized,
              fmt::format("HTTP {}, the API key is not accepted{}", reply.status, suffix)};
    case 429:
      return {ErrorKind::rate_limited, "HTTP 429, too many requests" + suffix};
    default:
      return {ErrorKind::http_status, fmt::format("HTTP {}{}", reply.status, suffix)};
  }
}

}  // namespace

std::string sip_config_target(const E164& number) {
  return fmt::format("/v1/sip?phone_number=%2B{}", number.text().substr(1));
}

Result<LiveRecord, NotCompared> decode_sip_config(const E164& asked, const HttpReply& reply) {
  if (says_not_configured(reply, asked)) return LiveRecord{asked, std::nullopt, std::nullopt};
  if (reply.status != 200) return Unexpected{status_error(reply)};
  return decode_body(asked, reply);
}

}  // namespace sipdrift
