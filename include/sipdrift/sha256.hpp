// SHA-256 digests (FIPS 180-4): of manifests, replies and finding names.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipdrift {

struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};

  [[nodiscard]] static Sha256 of(std::string_view data);

  /// 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;

  friend auto operator<=>(const Sha256&, const Sha256&) = default;
};

}  // namespace sipdrift
