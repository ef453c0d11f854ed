// GET /v1/sip: the request for one number, and its reply read into a live record.

#include <optional>

#include <fmt/format.h>

#include "model/visible_text.hpp"
#include "provider/live_value.hpp"
#include "provider/provider_error.hpp"
#include "provider/strict_json.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

using nlohmann::json;

/// The reason why a reply was not understood.
using Misunderstood = Unexpected<std::string>;

/// `errors` and its like: null, or a container with nothing in it.
bool is_empty(const json& value) {
  return value.is_null() || (value.is_structured() && value.empty());
}

/// The keys by which a reply can say, whatever its HTTP status, that it failed.
bool reports_failure(const json& body) {
  for (const char* const key : {"errors", "error"}) {
    if (body.contains(key) && !is_empty(body[key])) return true;
  }
  return body.contains("status") && body["status"] == "error";
}

/// A direction's object must say itself which number and which direction it is about.
std::string identity_fault(const json& object, const E164& asked, Direction direction) {
  const auto wrong = [&](const char* key, std::string_view wanted) -> std::string {
    const auto found = object.find(key);
    if (found == object.end())
      return fmt::format("the reply's data.{} has no \"{}\"", name(direction), key);
    if (!found->is_string()) {
      return fmt::format("the reply's data.{}.{} is {}", name(direction), key,
                         describe_type(*found));
    }
    const auto& text = found->get_ref<const std::string&>();
    if (text == wanted) return {};
    return fmt::format("the reply's data.{}.{} is \"{}\", but \"{}\" was asked for",
                       name(direction), key, visible_excerpt(text, 40), wanted);
  };
  std::string fault = wrong("number", asked.text());
  return fault.empty() ? wrong("direction", name(direction)) : fault;
}

Result<std::optional<LiveDirection>, std::string> decode_direction(const json& data,
                                                                   const E164& asked,
                                                                   Direction direction) {
  const std::string path = fmt::format("the reply's data.{}", name(direction));
  const auto found = data.find(std::string(name(direction)));
  if (found == data.end()) return Misunderstood{path + " is missing"};
  if (found->is_null()) return std::optional<LiveDirection>();
  if (!found->is_object()) {
    return Misunderstood{fmt::format("{} is {}", path, describe_type(*found))};
  }
  if (std::string fault = identity_fault(*found, asked, direction); !fault.empty()) {
    return Misunderstood{std::move(fault)};
  }

  // A key that is left out reads as null: the documentation shows `options` with only those that
  // are set.
  static const json no_options = json::object();
  const auto options_at = found->find("options");
  const bool has_options = options_at != found->end() && !options_at->is_null();
  if (has_options && !options_at->is_object()) {
    return Misunderstood{fmt::format("{}.options is {}", path, describe_type(*options_at))};
  }
  const json& options = has_options ? *options_at : no_options;

  LiveDirection live;
  LiveValueReader reader(path);
  reader.read(*found, "sip_endpoint", live.sip_endpoint);
  reader.enter("options");
  reader.read(options, "auth_mode", live.auth_mode);
  reader.read(options, "port", live.port);
  reader.read(options, "secure_media", live.secure_media);
  reader.read(options, "transport", live.transport);
  if (!reader.fault().empty()) return Misunderstood{reader.fault()};
  return std::optional(std::move(live));
}

Result<LiveRecord, std::string> decode_body(const E164& asked, const HttpReply& reply) {
  if (!is_json(reply)) {
    return Misunderstood{reply.content_type.empty()
                             ? std::string("the reply has no Content-Type")
                             : fmt::format("the reply's Content-Type is \"{}\", not JSON",
                                           visible_excerpt(reply.content_type, 80))};
  }
  if (reply.body.size() > max_reply_bytes) return Misunderstood{"the reply is longer than 1 MiB"};
  const auto parsed = parse_strict_json(reply.body);
  if (!parsed) return Misunderstood{"the reply is not usable JSON: " + parsed.error()};

  const json& body = *parsed;
  if (!body.is_object()) return Misunderstood{"the reply is " + describe_type(body)};
  if (reports_failure(body)) {
    const std::string text = error_text(reply);
    return Misunderstood{text.empty() ? "the API reports an error"
                                      : "the API reports an error: " + text};
  }
  const auto data = body.find("data");
  if (data == body.end()) return Misunderstood{"the reply has no \"data\""};
  if (!data->is_object()) return Misunderstood{"the reply's data is " + describe_type(*data)};

  auto inbound = decode_direction(*data, asked, Direction::inbound);
  if (!inbound) return Misunderstood{std::move(inbound).error()};
  auto outbound = decode_direction(*data, asked, Direction::outbound);
  if (!outbound) return Misunderstood{std::move(outbound).error()};
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
  if (says_not_configured(reply)) return LiveRecord{asked, std::nullopt, std::nullopt};
  if (reply.status != 200) return Unexpected{status_error(reply)};
  auto record = decode_body(asked, reply);
  if (record) return *std::move(record);
  return Unexpected{NotCompared{ErrorKind::bad_reply, std::move(record).error()}};
}

}  // namespace sipdrift
