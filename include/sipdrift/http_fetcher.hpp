// The fetcher that goes over HTTP: concurrent, patient, and never anything but GET.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "sipdrift/fetch.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// How the API key stands in the Authorization header: "Bearer KEY", or KEY alone.
enum class AuthScheme : std::uint8_t { bearer, raw };

/// The API has all requests wait.
struct ApiPause {
  std::chrono::steady_clock::time_point until;
  int http_status = 0;  ///< of the refusal: 429 or 503
};

struct HttpOptions {
  std::string api_url;  ///< as check_api_url() gave it
  std::string api_key;  ///< printable ASCII without blanks
  AuthScheme auth_scheme = AuthScheme::bearer;

  std::size_t concurrency = 16;               ///< requests under way at once; at least 1
  std::optional<double> rate;                 ///< requests begun in a second, at most; above 0
  int retries = 3;                            ///< further attempts after the first; at least 0
  std::chrono::milliseconds timeout{10'000};  ///< for one attempt, reply included
  std::chrono::milliseconds connect_timeout{5'000};   ///< for its connection, TLS included
  std::chrono::milliseconds max_wait{60'000};         ///< the longest wait the API may ask for
  std::optional<std::chrono::milliseconds> deadline;  ///< for the whole fetch

  // CAs to trust beside the system's; empty for none.
  std::string ca_file;  ///< a PEM file
  std::string ca_path;  ///< a directory of PEM files named by openssl-rehash(1)
  std::string proxy;    ///< for https; empty for what the environment says (https_proxy, no_proxy)

  /// Told, on the thread that fetches, whenever all requests are to wait, or to wait for longer
  /// than was told before; may be empty.
  std::function<void(const ApiPause&)> on_pause;
};

/// An API's base URL in the form in which paths can be appended to it, or what is wrong with it: it
/// is https, or http on a loopback address, and has no user info, query or fragment.
[[nodiscard]] Result<std::string, std::string> check_api_url(const std::string& url_text);

/// Whether a text can be the URL of a proxy; its scheme may be missing, and is then http.
[[nodiscard]] bool is_proxy_url(const std::string& text);

/// What is wrong with a file of CAs, or an empty text: it must hold certificates in PEM. An empty
/// path names no file.
[[nodiscard]] std::string check_ca_file(const std::string& path);

/// The same for a directory of CAs: it must hold files that are named by openssl-rehash(1).
[[nodiscard]] std::string check_ca_path(const std::string& path);

/// A fetcher for one or several fetches, one after the other. When `stop` is requested, from
/// whatever thread, a fetch drops what is under way and ends as FetchEnd::interrupted.
///
/// TLS certificates are always verified, redirects are not followed, and neither .netrc nor cookies
/// have any effect. Over http no proxy is used, so that the key goes nowhere else.
///
/// A request is tried again after network trouble and after HTTP 408, 425, 429, 500, 502, 503 and
/// 504, with growing pauses; the `Retry-After` of a 429 or 503 makes all requests wait. A few
/// answers 401 or 403 in a row end the fetch as FetchEnd::key_rejected.
///
/// Throws std::runtime_error if libcurl or OpenSSL cannot be set up.
[[nodiscard]] std::unique_ptr<Fetcher> make_http_fetcher(HttpOptions options,
                                                         std::stop_token stop = {});

}  // namespace sipdrift
