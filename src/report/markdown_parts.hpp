// Parts of documents in Markdown (CommonMark): all that comes from outside stands in code spans,
// where nothing is markup, HTML, a link or a mention.

#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/e164.hpp"

namespace sipdrift {

/// A text as a code span, whatever it holds.
[[nodiscard]] std::string in_code_span(std::string_view text);

/// A part of a document that is there as a whole or not at all.
struct Section {
  std::string text;
  std::string brief;  ///< without the list of numbers; empty: there is no such
};

/// Numbers under a title, neighbours in one entry.
[[nodiscard]] Section listed(std::string title, const std::vector<E164>& numbers);

/// Writes `text` and, of the sections, all that fit into so many bytes, the first ones first; 0:
/// all of them. What is left out is told in the end.
void write_sections(std::string text, const std::vector<Section>& sections, std::size_t max_bytes,
                    std::ostream& out);

}  // namespace sipdrift
