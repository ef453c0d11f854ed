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

  /// What is said where something is left out.
  static constexpr std::string_view show_all = "--verbose shows all";

  /// `margin` is the width of the column in which a status stands.
  explicit TextLines(const FormatOptions& options, std::size_t margin = 14)
      : options_(options), margin_(margin) {}

  [[nodiscard]] std::size_t margin() const { return margin_; }

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
  [[nodiscard]] std::string indent() const;

  /// A value, in its colour; and what stands before it, in a line of its own and beside the other.
  struct Labelled {
    const char* label;
    const char* opening;
    const std::string& value;
    Colour colour;
  };

  /// A field and two values of it, in one line where they have room, else in one for each; and a
  /// remark, if there is one, behind or below them.
  void append_values(const std::string& path, const Labelled& first, const Labelled& second,
                     const std::string& remark, Colour remark_colour, Lines& lines) const;

  /// The blocks, of which those that have no room on the screen are left out, the last first, but
  /// that the one at `second` comes next to the first. So many rows are taken elsewhere.
  [[nodiscard]] Lines with_room(const std::vector<Lines>& blocks, std::size_t second,
                                std::size_t rows_elsewhere) const;

 private:
  const FormatOptions& options_;
  std::size_t margin_;
};

}  // namespace sipdrift
