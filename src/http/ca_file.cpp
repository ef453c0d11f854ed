// Loading CAs, by OpenSSL.

#include "http/ca_file.hpp"

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {

namespace {

struct ContextDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

bool load(SSL_CTX* context, const char* path) {
  return SSL_CTX_load_verify_file(context, path) == 1;
}

}  // namespace

// Called by libcurl for each new connection; nothing may be thrown through it.
CURLcode add_ca_file(CURL* /*handle*/, void* context, void* path) {
  const bool is_loaded = load(static_cast<SSL_CTX*>(context), static_cast<const char*>(path));
  return is_loaded ? CURLE_OK : CURLE_SSL_CACERT_BADFILE;
}

std::string check_ca_file(const std::string& path) {
  if (path.empty()) return {};
  if (access(path.c_str(), R_OK) != 0) {
    return "cannot be read: " + std::generic_category().message(errno);
  }
  struct stat status {};  // it is read for each connection, which a pipe cannot be
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return "is not a regular file";
  const std::unique_ptr<SSL_CTX, ContextDeleter> context(SSL_CTX_new(TLS_client_method()));
  if (context != nullptr && load(context.get(), path.c_str())) return {};
  return "holds no certificates; it is a PEM file, with lines that begin with -----BEGIN "
         "CERTIFICATE-----";
}

}  // namespace sipdrift
