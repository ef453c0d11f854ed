// Libcurl tells the version of HTTP only from the reply; OpenSSL has it from the handshake.

#include "http/alpn.hpp"

#include <string_view>

#include <openssl/ssl.h>

namespace sipdrift {

bool has_agreed_on_http2(CURL* handle) noexcept {
  const curl_tlssessioninfo* session = nullptr;
  curl_easy_getinfo(handle, CURLINFO_TLS_SSL_PTR, &session);
  if (session == nullptr || session->internals == nullptr) return false;
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(static_cast<const SSL*>(session->internals), &name, &size);
  return std::string_view(reinterpret_cast<const char*>(name), size) == "h2";  // NOLINT: as bytes
}

}  // namespace sipdrift
