// A value, or the reason why there is none.
//
// The names are those of C++23's std::expected, so that it can take this file's place one day.

#pragma once

#include <utility>
#include <variant>

namespace sipdrift {

/// Wraps the reason on its way into a Result: `return Unexpected{reason};`
template <class E>
class Unexpected {
 public:
  constexpr explicit Unexpected(E error) : error_(std::move(error)) {}

  [[nodiscard]] constexpr E&& take() && { return std::move(error_); }

 private:
  E error_;
};

/// Holds either a T or an E, never neither. The compiler warns when one is dropped unread.
///
/// `value()`, `*` and `->` need has_value(), `error()` needs its opposite; asking for the wrong one
/// throws std::bad_variant_access, which is a fault in the program.
template <class T, class E>
class [[nodiscard]] Result {
 public:
  // Both conversions are wanted: `return value;` and `return Unexpected{reason};`.
  constexpr Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT
  constexpr Result(Unexpected<E> reason)                                          // NOLINT
      : held_(std::in_place_index<1>, std::move(reason).take()) {}

  [[nodiscard]] constexpr bool has_value() const { return held_.index() == 0; }
  [[nodiscard]] constexpr explicit operator bool() const { return has_value(); }

  [[nodiscard]] constexpr const T& value() const& { return std::get<0>(held_); }
  [[nodiscard]] constexpr T& value() & { return std::get<0>(held_); }
  [[nodiscard]] constexpr T&& value() && { return std::get<0>(std::move(held_)); }

  [[nodiscard]] constexpr const T& operator*() const& { return value(); }
  [[nodiscard]] constexpr T& operator*() & { return value(); }
  [[nodiscard]] constexpr T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] constexpr const T* operator->() const { return &value(); }
  [[nodiscard]] constexpr T* operator->() { return &value(); }

  [[nodiscard]] constexpr const E& error() const& { return std::get<1>(held_); }
  [[nodiscard]] constexpr E&& error() && { return std::get<1>(std::move(held_)); }

 private:
  std::variant<T, E> held_;
};

}  // namespace sipdrift
