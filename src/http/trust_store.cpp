// A store of OpenSSL's, with lookups that load what is asked for.

#include "http/trust_store.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {

namespace {

/// An empty store that trusts an intermediate CA as it does a root, as libcurl has it.
TrustStore new_store() {
  TrustStore store(X509_STORE_new());
  if (!store || X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN) != 1) {
    throw std::runtime_error("OpenSSL has no memory for a store of CAs");
  }
  return store;
}

bool load_file(X509_STORE* store, const std::string& path) {
  const bool is_loaded = X509_STORE_load_file(store, path.c_str()) == 1;
  ERR_clear_error();  // what libcurl finds there later, it takes for its own
  return is_loaded;
}

void look_into(X509_STORE* store, const char* directory) {
  if (X509_STORE_load_path(store, directory) != 1) {
    throw std::runtime_error("OpenSSL has no memory for a directory of CAs");
  }
}

struct MethodDeleter {
  void operator()(X509_LOOKUP_METHOD* method) const { X509_LOOKUP_meth_free(method); }
};

/// Called by OpenSSL for a CA that stands neither in the store nor in a directory: reads the bundle
/// into the store, once, and finds it there, or not.
int find_in_bundle(X509_LOOKUP* lookup, X509_LOOKUP_TYPE type, const X509_NAME* name,
                   X509_OBJECT* found) {
  auto* const file = static_cast<X509_LOOKUP*>(X509_LOOKUP_get_method_data(lookup));
  if (file == nullptr || type != X509_LU_X509) return 0;
  X509_LOOKUP_set_method_data(lookup, nullptr);
  X509_LOOKUP_load_file(file, curl_version_info(CURLVERSION_NOW)->cainfo, X509_FILETYPE_PEM);
  ERR_clear_error();
  X509_STORE* const store = X509_LOOKUP_get_store(lookup);
  X509_STORE_lock(store);
  const X509_OBJECT* const object =
      X509_OBJECT_retrieve_by_subject(X509_STORE_get0_objects(store), type, name);
  X509_STORE_unlock(store);
  if (object == nullptr) return 0;
  X509* const certificate = X509_OBJECT_get0_X509(object);
  const int is_set = X509_OBJECT_set1_X509(found, certificate);
  // The caller takes a reference of its own, and drops this one without releasing it.
  if (is_set == 1) X509_free(certificate);
  return is_set;
}

void look_into_bundle(X509_STORE* store) {
  static const std::unique_ptr<X509_LOOKUP_METHOD, MethodDeleter> method(
      X509_LOOKUP_meth_new("CA bundle"));
  X509_LOOKUP* lookup = nullptr;
  if (method && X509_LOOKUP_meth_set_get_by_subject(method.get(), &find_in_bundle) == 1) {
    lookup = X509_STORE_add_lookup(store, method.get());
  }
  X509_LOOKUP* const file = X509_STORE_add_lookup(store, X509_LOOKUP_file());
  if (lookup == nullptr || file == nullptr) {
    throw std::runtime_error("OpenSSL has no memory for a bundle of CAs");
  }
  X509_LOOKUP_set_method_data(lookup, file);
}

/// Whether a file's name is a hash of a CA's, as openssl-rehash(1) makes them: "5ed36f99.0".
bool is_hashed_name(const std::string& name) {
  constexpr std::size_t digits = 8;
  return name.size() > digits + 1 && name[digits] == '.' &&
         name.find_first_not_of("0123456789abcdef") == digits &&
         name.find_first_not_of("0123456789", digits + 1) == std::string::npos;
}

}  // namespace

TrustStore make_trust_store(const std::string& ca_file, const std::string& ca_path) {
  TrustStore store = new_store();
  if (!ca_file.empty() && !load_file(store.get(), ca_file)) {
    throw std::runtime_error("the file of CAs holds no certificates any more");
  }
  if (!ca_path.empty()) look_into(store.get(), ca_path.c_str());
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  if (info->capath != nullptr) look_into(store.get(), info->capath);
  if (info->cainfo != nullptr) look_into_bundle(store.get());
  return store;
}

// Called by libcurl for each new connection; nothing may be thrown through it.
CURLcode trust(CURL* /*handle*/, void* context, void* store) {
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(context), static_cast<X509_STORE*>(store));
  return CURLE_OK;
}

std::string check_ca_file(const std::string& path) {
  if (path.empty()) return {};
  if (access(path.c_str(), R_OK) != 0) {
    return "cannot be read: " + std::generic_category().message(errno);
  }
  struct stat status {};  // it is read again for the fetch, which a pipe cannot be
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return "is not a regular file";
  if (load_file(new_store().get(), path)) return {};
  return "holds no certificates; it is a PEM file, with lines that begin with -----BEGIN "
         "CERTIFICATE-----";
}

std::string check_ca_path(const std::string& path) {
  if (path.empty()) return {};
  std::error_code error;
  const std::filesystem::directory_iterator entries(path, error);
  if (error) return "cannot be read: " + error.message();
  const bool holds_any =
      std::any_of(begin(entries), end(entries), [](const std::filesystem::directory_entry& entry) {
        return is_hashed_name(entry.path().filename().string());
      });
  return holds_any ? ""
                   : "holds no certificates by their hashes; `openssl rehash` makes those names";
}

}  // namespace sipdrift
