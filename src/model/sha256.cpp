// SHA-256 by OpenSSL's libcrypto.

#include "sipdrift/sha256.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace sipdrift {

Sha256 Sha256::of(std::string_view data) {
  Sha256 digest;
  unsigned int size = 0;
  if (EVP_Digest(data.data(), data.size(), digest.bytes.data(), &size, EVP_sha256(), nullptr) !=
          1 ||
      size != digest.bytes.size()) {
    throw std::runtime_error("libcrypto gave no SHA-256");
  }
  return digest;
}

std::string Sha256::hex() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 0xFU]);
  }
  return text;
}

}  // namespace sipdrift
