// ANSI colours, and what is cut where.

#include "report/text_lines.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include <fmt/format.h>

#include "model/columns.hpp"
#include "model/counted.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t columns_in_a_file = 100;

}  // namespace

std::string TextLines::painted(const std::string& text, Colour colour) const {
  if (!options_.colour) return text;
  switch (colour) {
    case Colour::red:
      return "\x1b[31m" + text + "\x1b[0m";
    case Colour::yellow:
      return "\x1b[33m" + text + "\x1b[0m";
    case Colour::green:
      return "\x1b[32m" + text + "\x1b[0m";
    case Colour::bold:
      return "\x1b[1m" + text + "\x1b[0m";
    default:
      return text;
  }
}

std::size_t TextLines::columns_behind(std::size_t taken) const {
  if (options_.columns == 0) return 0;
  return options_.columns > taken ? options_.columns - taken : 1;
}

std::size_t TextLines::columns() const {
  return options_.columns == 0 ? columns_in_a_file : options_.columns;
}

std::string TextLines::cut(const std::string& text, std::size_t taken) const {
  return cut_to(columns_behind(taken), text);
}

TextLines::Lines TextLines::flowing(const Lines& pieces, std::string_view separator,
                                    std::size_t taken) const {
  constexpr auto endless = std::numeric_limits<std::size_t>::max();
  return in_lines(options_.columns == 0 ? endless : columns_behind(taken), pieces, separator);
}

TextLines::Lines TextLines::flowing(const std::vector<Piece>& pieces) const {
  Lines lines;
  std::size_t taken = 0;
  for (const Piece& piece : pieces) {
    const std::size_t width = columns_of(piece.text);
    const bool has_room = options_.columns == 0 || taken + 1 + width <= options_.columns;
    if (lines.empty() || !has_room) {
      lines.emplace_back();
      taken = 0;
    } else {
      lines.back() += ' ';
      ++taken;
    }
    lines.back() += painted(piece.text, piece.colour);
    taken += width;
  }
  return lines;
}

void TextLines::append_flowing(const std::string& sentence, Lines& lines, std::size_t left) const {
  Lines words;
  std::istringstream text(sentence);
  for (std::string word; text >> word;) words.push_back(cut(word, left));
  for (const std::string& line : flowing(words, "", left)) {
    lines.push_back(std::string(left, ' ') + line);
  }
}

std::string TextLines::indent() {
  std::string blanks(margin, ' ');
  return blanks;
}

TextLines::Lines TextLines::numbers_of(const char* status, Colour colour, const Lines& ranges,
                                       std::size_t count, const std::string& place) const {
  const std::string opening = painted(fmt::format("{:{}}", status, margin), colour);
  const auto behind = [&](const char* more) {
    return place.empty() ? std::string() : fmt::format("  ({}{})", place, more);
  };
  if (count == 1) {
    const std::string& number = ranges.front();
    return {opening + number + cut(behind(""), margin + number.size())};
  }
  Lines lines{opening + cut(counted(count, "number") + behind(" and on"), margin)};
  const std::size_t columns =
      options_.columns == 0 ? columns_in_a_file - margin : columns_behind(margin);
  Lines entries = in_lines(columns, ranges);
  if (options_.rows > 0 && entries.size() > 1) {
    constexpr std::string_view more = " ...";
    entries = in_lines(columns - std::min(columns, more.size()), ranges);
    entries.resize(1);
    entries.front().append(more);
  }
  for (const std::string& line : entries) lines.push_back(indent() + line);
  return lines;
}

}  // namespace sipdrift
