// Which base URLs a key may be sent to.

#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "http/curl_handles.hpp"
#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {

namespace {

std::string part(CURLU* url, CURLUPart what) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

/// 127.0.0.0/8, ::1 (in brackets, as URLs have it), or the name that RFC 6761 reserves for them.
bool is_loopback(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) {
    return (ntohl(address.s_addr) >> 24U) == IN_LOOPBACKNET;
  }
  return host == "[::1]" || host == "localhost";
}

}  // namespace

Result<std::string, std::string> check_api_url(const std::string& url_text) {
  const auto refuse = [](std::string why) { return Unexpected{std::move(why)}; };
  const UrlHandle url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, url_text.c_str(), 0) != CURLUE_OK) {
    return refuse("is not a URL; it looks like https://api.bland.ai");
  }
  if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty()) {
    return refuse("holds user info; the key comes from a file or from the environment");
  }
  if (url_text.find('?') != std::string::npos || url_text.find('#') != std::string::npos) {
    return refuse("holds a query or a fragment; it ends with the host or a path");
  }
  const std::string scheme = part(url.get(), CURLUPART_SCHEME);
  const std::string host = part(url.get(), CURLUPART_HOST);
  if (scheme != "https" && scheme != "http") return refuse("is neither https nor http");
  if (scheme == "http" && !is_loopback(host)) {
    return refuse(
        "is not https; the key would cross the network in the clear (http is allowed on a "
        "loopback address)");
  }
  std::string base = part(url.get(), CURLUPART_URL);
  while (base.ends_with('/')) base.pop_back();
  return base;
}

bool is_proxy_url(const std::string& text) {
  const UrlHandle url(curl_url());
  constexpr unsigned lenient = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME;
  return url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), lenient) == CURLUE_OK;
}

}  // namespace sipdrift
