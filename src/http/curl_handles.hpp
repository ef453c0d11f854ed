// Owners of libcurl's handles. CURL and CURLM are both `void` to the compiler: these tell them
// apart.

#pragma once

#include <memory>
#include <stdexcept>

#include <curl/curl.h>

namespace sipdrift {

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

}  // namespace sipdrift
