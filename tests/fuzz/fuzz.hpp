// What the fuzz targets have in common.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace sipdrift {

/// A property does not hold: the fuzzer keeps the input that shows it.
inline void require(bool holds, const char* property) {
  if (holds) return;
  static_cast<void>(std::fprintf(stderr, "does not hold: %s\n", property));
  std::abort();
}

/// An input as the text it is.
inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};  // NOLINT: bytes
}

/// The bytes of an input, taken piece by piece from the front.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(as_text(data, size)) {}

  /// 0 once nothing is left.
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const char first = rest_.front();
    rest_.remove_prefix(1);
    return static_cast<std::uint8_t>(first);
  }

  /// Up to the next line end, which is taken as well.
  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view piece = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return piece;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// Collects what is written, with less ado than a std::ostringstream.
class Collected : private std::streambuf {
 public:
  Collected() : out_(this) {}

  [[nodiscard]] std::ostream& out() { return out_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  int_type overflow(int_type c) override {
    if (c != traits_type::eof()) text_.push_back(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    text_.append(text, static_cast<std::size_t>(count));
    return count;
  }

  std::string text_;
  std::ostream out_;
};

}  // namespace sipdrift
