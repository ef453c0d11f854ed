// From a reply to its data, or to why there is none.

#include "provider/envelope.hpp"

#include <fmt/format.h>

#include "model/redaction.hpp"
#include "provider/provider_error.hpp"

namespace sipdrift {

namespace {

Unexpected<NotCompared> status_error(const HttpReply& reply) {
  const std::string text = error_text(reply);
  const std::string suffix = text.empty() ? "" : ": " + text;
  switch (reply.status) {
    case 401:
    case 403:
      return Unexpected{
          NotCompared{ErrorKind::unauthorized,
                      fmt::format("HTTP {}, the API key is not accepted{}", reply.status, suffix)}};
    case 429:
      return Unexpected{
          NotCompared{ErrorKind::rate_limited, "HTTP 429, too many requests" + suffix}};
    default:
      return Unexpected{
          NotCompared{ErrorKind::http_status, fmt::format("HTTP {}{}", reply.status, suffix)}};
  }
}

}  // namespace

Unexpected<NotCompared> misunderstood(std::string why) {
  return Unexpected{NotCompared{ErrorKind::bad_reply, std::move(why)}};
}

Result<Envelope, NotCompared> Envelope::open(const HttpReply& reply, std::size_t most_bytes) {
  if (reply.status != 200) return status_error(reply);
  if (!is_json(reply)) {
    return misunderstood(reply.content_type.empty()
                             ? std::string("the reply has no Content-Type")
                             : fmt::format("the reply's Content-Type is \"{}\", not JSON",
                                           shown_excerpt(reply.content_type, 80)));
  }
  if (reply.body.size() > most_bytes) return misunderstood(too_long(most_bytes));
  auto parsed = JsonDocument::parse(reply.body);
  if (!parsed) return misunderstood("the reply is not usable JSON: " + parsed.error());

  const JsonValue root = parsed->root();
  const auto body = as_object(root);
  if (!body) return misunderstood("the reply is " + describe_type(root));
  if (reports_failure(*body)) {
    const std::string text = error_text(reply);
    return misunderstood(text.empty() ? "the API reports an error"
                                      : "the API reports an error: " + text);
  }
  const auto data_value = find(*body, "data");
  if (!data_value) return misunderstood("the reply has no \"data\"");
  const auto data = as_object(*data_value);
  if (!data) return misunderstood("the reply's data is " + describe_type(*data_value));
  if (reports_failure(*data)) return misunderstood("the API reports an error inside data");
  return Envelope(*std::move(parsed));
}

JsonObject Envelope::body() const { return as_object(document_.root()).value(); }

JsonObject Envelope::data() const { return as_object(find(body(), "data").value()).value(); }

}  // namespace sipdrift
