// The CAs that a server's certificate may come from.

#pragma once

#include <memory>
#include <string>

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

namespace sipdrift {

struct TrustStoreDeleter {
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};
using TrustStore = std::unique_ptr<X509_STORE, TrustStoreDeleter>;

/// The system's CAs, by libcurl's own choice of directory and bundle, and beside them those of a
/// PEM file and of a directory in the form of openssl-rehash(1); either may be empty, for none.
///
/// A directory is looked into when a CA of that name is wanted, and the bundle read when it stands
/// nowhere else: to parse the bundle takes longer than to ask an API one question. Throws
/// std::runtime_error if OpenSSL has no memory, or the file holds no certificate.
[[nodiscard]] TrustStore make_trust_store(const std::string& ca_file, const std::string& ca_path);

/// A CURLOPT_SSL_CTX_FUNCTION: lets a connection trust what `store`, an X509_STORE*, holds, and
/// nothing else. All connections share it.
CURLcode trust(CURL* handle, void* context, void* store);

}  // namespace sipdrift
