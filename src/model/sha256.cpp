// SHA-256 by OpenSSL's libcrypto.

#include "sipdrift/sha256.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace sipdrift {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

/// Looked up once: EVP_sha256() is looked up anew, under a lock, for each digest.
const EVP_MD* algorithm() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> fetched(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  return fetched.get();
}

}  // namespace

Sha256 Sha256::of(std::string_view data) {
  Sha256 digest;
  unsigned int size = 0;
  const bool is_done =
      algorithm() != nullptr &&
      EVP_Digest(data.data(), data.size(), digest.bytes.data(), &size, algorithm(), nullptr) == 1;
  if (!is_done || size != digest.bytes.size()) {
    throw std::runtime_error("libcrypto gave no SHA-256");
  }
  return digest;
}

std::optional<Sha256> Sha256::from_hex(std::string_view text) {
  Sha256 digest;
  if (text.size() != 2 * digest.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digit = digits.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    std::uint8_t& byte = digest.bytes.at(i / 2);
    byte = static_cast<std::uint8_t>(std::size_t{byte} * 16 + digit);
  }
  return digest;
}

std::string Sha256::hex() const {
  std::string text(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text[2 * i] = digits[bytes.at(i) >> 4U];
    text[2 * i + 1] = digits[bytes.at(i) & 0xFU];
  }
  return text;
}

}  // namespace sipdrift
