// What a number's SIP configuration should be: the declared side of the comparison.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "sipdrift/sip_settings.hpp"
#include "sipdrift/sip_uri.hpp"

namespace sipdrift {

/// What is declared of one field: a value that live must have, or (`unset`) that live has none.
template <class T>
struct Declared {
  std::optional<T> value;

  [[nodiscard]] bool is_unset() const { return !value.has_value(); }
};

/// What one direction must look like. A field that holds nothing is not declared, and not checked.
struct DirectionExpectation {
  /// The direction must not be configured at all; then no field is declared.
  bool absent = false;

  std::optional<Declared<AuthMode>> auth_mode;
  std::optional<Declared<std::uint16_t>> port;  ///< 1 to 65535
  std::optional<Declared<bool>> secure_media;
  std::optional<Declared<SipUri>> sip_endpoint;
  std::optional<Declared<Transport>> transport;

  /// How many things are to be checked here: the declared fields, or 1 for `absent`.
  [[nodiscard]] std::size_t check_count() const;

  /// Lays `top` over this one, field by field. `top.absent` replaces the whole direction, and a
  /// field in `top` takes an `absent` here away.
  void overlay(const DirectionExpectation& top);
};

/// What one number's configuration must look like.
struct Expectation {
  DirectionExpectation inbound;
  DirectionExpectation outbound;

  [[nodiscard]] const DirectionExpectation& operator[](Direction direction) const;
  [[nodiscard]] DirectionExpectation& operator[](Direction direction);

  [[nodiscard]] std::size_t check_count() const;
  void overlay(const Expectation& top);
};

}  // namespace sipdrift
