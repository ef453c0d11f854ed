// RFC 9112 section 6, read by someone who expects to be lied to.

#include "http/framing.hpp"

#include <string>
#include <string_view>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

/// A header that stands at most once.
struct Header {
  std::size_t times = 0;
  std::string_view value;  // of the first
};

Header find(CURL* handle, const char* name) {
  curl_header* found = nullptr;
  if (curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
  return {.times = found->amount, .value = found->value};
}

}  // namespace

bool is_framed_plainly(CURL* handle, std::size_t body_size) {
  const Header length = find(handle, "Content-Length");
  const Header coding = find(handle, "Transfer-Encoding");
  const bool is_once = length.times <= 1 && coding.times <= 1 &&
                       find(handle, "Content-Type").times <= 1 &&
                       find(handle, "Content-Range").times == 0;
  if (!is_once) return false;
  if (coding.times == 1) return length.times == 0 && same_but_for_case(coding.value, "chunked");
  return length.times == 0 || length.value == std::to_string(body_size);
}

}  // namespace sipdrift
