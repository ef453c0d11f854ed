// Lines for a terminal or a file: coloured, cut to the width, with numbers at the left.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/formats.hpp"

namespace sipdrift {

enum class Colour : std::uint8_t { none, red, yellow, green, bold };

/// How lines are made for a FormatOptions, which must outlive this. Texts are visible() already.
class TextLines {
 public:
  using Lines = std::vector<std::string>;

  explicit TextLines(const FormatOptions& options) : options_(options) {}

  static constexpr std::size_t margin = 14;  ///< of what stands beside a status

  [[nodiscard]] std::string painted(const std::string& text, Colour colour) const;

  /// What is left of the line behind so many columns; 0: all there is.
  [[nodiscard]] std::size_t columns_behind(std::size_t taken) const;

  /// The columns of a line, also where none are asked for.
  [[nodiscard]] std::size_t columns() const;

  /// `text` with its middle left out, where it has no room behind so many columns.
  [[nodiscard]] std::string cut(const std::string& text, std::size_t taken) const;

  /// Pieces of a sentence, in as many lines as they need behind so many columns.
  [[nodiscard]] Lines flowing(const Lines& pieces, std::string_view separator,
                              std::size_t taken = 0) const;

  /// Coloured pieces of a sentence, in as many lines as they need.
  struct Piece {
    std::string text;
    Colour colour = Colour::none;
  };
  [[nodiscard]] Lines flowing(const std::vector<Piece>& pieces) const;

  /// The words of a sentence, likewise, behind a margin of so many blanks.
  void append_flowing(const std::string& sentence, Lines& lines, std::size_t left = 0) const;

  /// A status, how many numbers have it, which (`ranges`, as in_ranges() gives them), and where the
  /// first is declared, if it is: on a screen in one line or two.
  [[nodiscard]] Lines numbers_of(const char* status, Colour colour, const Lines& ranges,
                                 std::size_t count, const std::string& place) const;

  /// Blanks as wide as the margin.
  [[nodiscard]] static std::string indent();

 private:
  const FormatOptions& options_;
};

}  // namespace sipdrift
