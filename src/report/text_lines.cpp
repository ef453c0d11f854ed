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
constexpr std::size_t least_for_three_columns = 60;  // a path, what it says, and some of a value

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

std::string TextLines::indent() const {
  std::string blanks(margin_, ' ');
  return blanks;
}

TextLines::Lines TextLines::numbers_of(const char* status, Colour colour, const Lines& ranges,
                                       std::size_t count, const std::string& place) const {
  const std::string opening = painted(fmt::format("{:{}}", status, margin_), colour);
  const auto behind = [&](const char* more) {
    return place.empty() ? std::string() : fmt::format("  ({}{})", place, more);
  };
  if (count == 1) {
    const std::string& number = ranges.front();
    return {opening + number + cut(behind(""), margin_ + number.size())};
  }
  Lines lines{opening + cut(counted(count, "number") + behind(" and on"), margin_)};
  const std::size_t columns =
      options_.columns == 0 ? columns_in_a_file - margin_ : columns_behind(margin_);
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

void TextLines::append_values(const std::string& path, const Labelled& first,
                              const Labelled& second, const std::string& remark,
                              Colour remark_colour, Lines& lines) const {
  std::string place = fmt::format("{}{:23}", indent(), path);
  const std::size_t width = place.size() + std::string_view(first.opening).size() +
                            std::string_view(second.opening).size() + columns_of(first.value) +
                            columns_of(second.value);
  const bool is_short = width <= columns();
  if (is_short) {
    lines.push_back(fmt::format("{}{}{}{}{}", place, first.opening,
                                painted(first.value, first.colour), second.opening,
                                painted(second.value, second.colour)));
  } else {
    if (columns() < least_for_three_columns) {
      lines.push_back(indent() + path);
      place = indent() + "  ";
    }
    for (const Labelled* const one : {&first, &second}) {
      place += one->label;
      lines.push_back(place + painted(cut(one->value, place.size()), one->colour));
      place.assign(place.size() - std::string_view(one->label).size(), ' ');
    }
  }
  if (remark.empty()) return;
  if (is_short && width + 1 + columns_of(remark) <= columns()) {
    lines.back().append(" ").append(painted(remark, remark_colour));
  } else {
    const std::string below = indent() + "  ";
    lines.push_back(below + painted(cut(remark, below.size()), remark_colour));
  }
}

TextLines::Lines TextLines::with_room(const std::vector<Lines>& blocks, std::size_t second,
                                      std::size_t rows_elsewhere) const {
  if (blocks.empty()) return {};
  std::vector<bool> is_shown(blocks.size(), options_.rows == 0);
  std::size_t left_out = 0;
  if (options_.rows != 0) {
    constexpr std::size_t rows_below = 3;  // what is left out, an empty line, and the prompt
    const std::size_t taken = rows_elsewhere + rows_below;
    std::size_t rows = options_.rows > taken ? options_.rows - taken : 0;
    const auto show = [&](std::size_t i) {
      const std::size_t needed = blocks[i].size();
      is_shown[i] = needed <= rows;
      rows -= is_shown[i] ? needed : rows;  // nothing behind one that has no room
    };
    if (second > 0) show(0);
    if (second < blocks.size()) show(second);
    for (std::size_t i = 1; i < blocks.size(); ++i) {
      if (i != second) show(i);
    }
    left_out = static_cast<std::size_t>(std::count(is_shown.begin(), is_shown.end(), false));
  }
  Lines lines;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (is_shown[i]) lines.insert(lines.end(), blocks[i].begin(), blocks[i].end());
  }
  if (left_out > 0) lines.push_back(fmt::format("... and {} more; {}", left_out, show_all));
  lines.emplace_back();
  return lines;
}

}  // namespace sipdrift
