// SHA-256 digests (FIPS 180-4): of manifests, replies and finding names.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipdrift {

struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};

  [[nodiscard]] static Sha256 of(std::string_view data);

  /// Reads exactly what hex() writes.
  [[nodiscard]] static std::optional<Sha256> from_hex(std::string_view text);

  /// 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;

  friend auto operator<=>(const Sha256&, const Sha256&) = default;
};

}  // namespace sipdrift
