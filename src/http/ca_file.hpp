// The user's own CAs, beside the system's.

#pragma once

#include <curl/curl.h>

namespace sipdrift {

/// A CURLOPT_SSL_CTX_FUNCTION whose context is the path of a PEM file, as `char*`: adds its CAs to
/// those that libcurl has loaded.
CURLcode add_ca_file(CURL* handle, void* context, void* path);

}  // namespace sipdrift
