// Base64 by OpenSSL's libcrypto.

#include "model/base64.hpp"

#include <openssl/evp.h>

namespace sipdrift {

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string encoded((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP ends it with a NUL
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),  // NOLINT
                                     bytes.data(), static_cast<int>(bytes.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

}  // namespace sipdrift
