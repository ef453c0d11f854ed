// Percent-encoding by RFC 3986 section 2.

#include "report/uri_reference.hpp"

#include <filesystem>
#include <iterator>

#include <fmt/format.h>

#include "model/characters.hpp"

namespace sipdrift {

std::string uri_reference(const std::string& path) {
  const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  std::string uri = normal.is_absolute() ? "file://" : "";
  for (const char c : normal.native()) {
    // A colon too: in the first part of a relative path it would end a scheme.
    if (is_letter(c) || is_digit(c) || is_one_of(c, "-._~/")) {
      uri.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

}  // namespace sipdrift
