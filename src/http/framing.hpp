// Where a reply's body ends, and whether its header says so twice.

#pragma once

#include <cstddef>

#include <curl/curl.h>

namespace sipdrift {

/// Whether the header of the last reply of `handle`, whose body came to `body_size` bytes, leaves
/// no doubt that this was all of it and is of one kind (RFC 9112 section 6.3). Libcurl takes the
/// first of several lengths, one beyond 64 bits for none, and a part (Content-Range) for the whole.
[[nodiscard]] bool is_framed_plainly(CURL* handle, std::size_t body_size);

}  // namespace sipdrift
