// Which HTTP was agreed on with the server, as TLS has it.

#pragma once

#include <curl/curl.h>

namespace sipdrift {

/// Whether the connection of `handle`, which stands, was agreed to speak HTTP/2 (ALPN, RFC 7301).
/// The status line of a reply is no proof of it, and without TLS it never is.
[[nodiscard]] bool has_agreed_on_http2(CURL* handle) noexcept;

}  // namespace sipdrift
