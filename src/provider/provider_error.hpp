// What the provider says when it does not answer the question.

#pragma once

#include <string>

#include "json/strict_json.hpp"

#include "sipdrift/e164.hpp"
#include "sipdrift/fetch.hpp"

namespace sipdrift {

/// Whether the Content-Type names JSON: "application/json" or "application/...+json".
[[nodiscard]] bool is_json(const HttpReply& reply);

/// Whether a reply is the API's own word that the number `asked` for is not configured: status 404,
/// JSON, `data` null, every entry of `errors` with the code NOT_FOUND, and a message, if it has
/// one, that is about a number or its configuration and names no other. A 404 of a proxy, or of a
/// path that does not exist, is no such word; nor is any other code, which tells of the key or the
/// organisation.
[[nodiscard]] bool says_not_configured(const HttpReply& reply, const E164& asked);

/// Whether an object says, by a key that the API or its like use for it, that it is no success:
/// something in `errors` or `error`, a `success` that is not true, a `status` that is not "success"
/// or "ok".
[[nodiscard]] bool reports_failure(const JsonObject& object);

/// The first of these alone, for an object in which a `status` may be something else's.
[[nodiscard]] bool has_errors(const JsonObject& object);

/// What a reply that is no success says, as one short line fit to be shown; empty if it says
/// nothing. Understands every error shape that the API's documentation shows.
[[nodiscard]] std::string error_text(const HttpReply& reply);

}  // namespace sipdrift
