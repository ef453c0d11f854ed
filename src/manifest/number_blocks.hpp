// Neighbouring numbers as ranges, and lists of numbers in lines that people can read.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/e164.hpp"

namespace sipdrift {

/// A number, or a range of them.
struct NumberBlock {
  E164 first;
  E164 last;

  [[nodiscard]] std::uint64_t count() const { return last.digits() - first.digits() + 1; }
};

/// `numbers`, sorted and each once, as blocks: three or more neighbours, and not more than a
/// range of a manifest may hold, are one; every other number is a block of its own.
[[nodiscard]] std::vector<NumberBlock> blocks_of(const std::vector<E164>& numbers);

/// How a list goes on from line to line.
struct ListLayout {
  std::string_view first_indent;  ///< before the first of all
  std::string_view indent;        ///< before the first of every other line
  std::string_view end;           ///< behind the last of all
};

/// The texts, with a comma between each two, in lines of at most some 100 columns; a line end in
/// the end.
[[nodiscard]] std::string wrapped(const std::vector<std::string>& texts, const ListLayout& layout);

}  // namespace sipdrift
