// RFC 9112 section 6, read by someone who expects to be lied to.

#include "http/framing.hpp"

#include <string>

#include "http/curl_handles.hpp"
#include "model/characters.hpp"

namespace sipdrift {

bool is_framed_plainly(CURL* handle, std::size_t body_size) {
  const ReplyHeader length = find_header(handle, "Content-Length");
  const ReplyHeader coding = find_header(handle, "Transfer-Encoding");
  const bool is_once = length.times <= 1 && coding.times <= 1 &&
                       find_header(handle, "Content-Type").times <= 1 &&
                       find_header(handle, "Content-Range").times == 0;
  if (!is_once) return false;
  if (coding.times == 1) return length.times == 0 && same_but_for_case(coding.value, "chunked");
  return length.times == 0 || length.value == std::to_string(body_size);
}

}  // namespace sipdrift
