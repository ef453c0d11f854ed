// Counting neighbours, and breaking lines.

#include "manifest/number_blocks.hpp"

#include "sipdrift/manifest.hpp"

namespace sipdrift {

std::vector<NumberBlock> blocks_of(const std::vector<E164>& numbers) {
  constexpr std::size_t fewest_in_range = 3;
  std::vector<NumberBlock> blocks;
  for (std::size_t begin = 0; begin < numbers.size();) {
    std::size_t end = begin + 1;
    while (end < numbers.size() && end - begin < max_numbers_in_range &&
           numbers[end - 1].next() == numbers[end]) {
      ++end;
    }
    if (end - begin >= fewest_in_range) {
      blocks.push_back({numbers[begin], numbers[end - 1]});
      begin = end;
    } else {
      for (; begin < end; ++begin) blocks.push_back({numbers[begin], numbers[begin]});
    }
  }
  return blocks;
}

std::string wrapped(const std::vector<std::string>& texts, const ListLayout& layout) {
  constexpr std::size_t columns = 100;
  std::string all(layout.first_indent);
  std::size_t column = all.size();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool is_first = i == 0;
    if (!is_first && column + texts[i].size() + 3 > columns) {
      all.append(",\n").append(layout.indent);
      column = layout.indent.size();
    } else if (!is_first) {
      all.append(", ");
      column += 2;
    }
    all.append(texts[i]);
    column += texts[i].size();
  }
  return all.append(layout.end).append("\n");
}

}  // namespace sipdrift
