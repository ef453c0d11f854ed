// What the provider says when it does not answer the question.

#pragma once

#include <string>

#include "sipdrift/fetch.hpp"

namespace sipdrift {

/// Whether the Content-Type names JSON: "application/json" or "application/...+json".
[[nodiscard]] bool is_json(const HttpReply& reply);

/// Whether a reply is the API's own word that the number is not configured: status 404, JSON,
/// `data` null, and every entry of `errors` either the code NOT_FOUND or a plain text. A 404 of a
/// proxy, or of a path that does not exist, is no such word.
[[nodiscard]] bool says_not_configured(const HttpReply& reply);

/// What a reply that is no success says, as one short line fit to be shown; empty if it says
/// nothing. Understands every error shape that the API's documentation shows.
[[nodiscard]] std::string error_text(const HttpReply& reply);

}  // namespace sipdrift
