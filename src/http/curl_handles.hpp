// Libcurl's handles as C++ has them: owned, with errors that are not overlooked.

#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string_view>

#include <curl/curl.h>

namespace sipdrift {

// CURL and CURLM are both `void` to the compiler: these tell them apart.

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct HeaderListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct UrlDeleter {
  void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};

using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;
using MultiHandle = std::unique_ptr<CURLM, MultiDeleter>;
using HeaderList = std::unique_ptr<curl_slist, HeaderListDeleter>;
using UrlHandle = std::unique_ptr<CURLU, UrlDeleter>;

/// libcurl refused what must not fail: it has no memory, or is not the libcurl that it was built
/// as.
class CurlError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Sets an option, of a type that libcurl documents for it. Throws CurlError if libcurl refuses.
template <class T>
void set_option(CURL* handle, CURLoption option, T value) {
  if (const CURLcode code = curl_easy_setopt(handle, option, value); code != CURLE_OK) {
    throw CurlError(curl_easy_strerror(code));
  }
}

/// A header of the last reply.
struct ReplyHeader {
  std::size_t times = 0;   ///< how often it stands; 0 if it does not
  std::string_view value;  ///< of the one asked for; valid until the handle's next transfer
};

/// Looks a header up by its name, whose case does not matter: the first that is called so, or
/// another. Those of interim replies and of a proxy's are no part of it.
[[nodiscard]] inline ReplyHeader find_header(CURL* handle, const char* name, std::size_t nth = 0) {
  curl_header* found = nullptr;
  if (curl_easy_header(handle, name, nth, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  return {.times = found->amount, .value = found->value};
}

}  // namespace sipdrift
