// The spellings in which a key may come back from an API or a library.

#include "cli/secret_filter.hpp"

#include <cctype>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "model/redaction.hpp"

namespace sipdrift {

namespace {

std::string base64(std::string_view text) {
  std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');  // EVP ends it with a NUL
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),     // NOLINT
                                     reinterpret_cast<const unsigned char*>(text.data()),  // NOLINT
                                     static_cast<int>(text.size()));
  encoded.resize(static_cast<std::size_t>(length));
  while (encoded.ends_with('=')) encoded.pop_back();
  return encoded;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(encoded), "%{:02X}", byte);
    }
  }
  return encoded;
}

}  // namespace

SecretFilter::SecretFilter(std::string_view secret) {
  if (!secret.empty()) spellings_ = {std::string(secret), base64(secret), percent_encoded(secret)};
}

std::string SecretFilter::filter(std::string text) const {
  for (const std::string& spelling : spellings_) {
    std::size_t found = text.find(spelling);
    while (found != std::string::npos) {
      text.replace(found, spelling.size(), redacted_mark);
      found = text.find(spelling, found + redacted_mark.size());
    }
  }
  return text;
}

}  // namespace sipdrift
