// Line by line.

#include "cli/number_input.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "cli/input_files.hpp"
#include "cli/terminal.hpp"
#include "model/counted.hpp"
#include "model/redaction.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t largest_file = std::size_t{64} * 1024 * 1024;

/// As many as anyone will read; a wrong file can have millions.
constexpr std::size_t most_shown_faults = 1000;

constexpr std::size_t longest_quote = 60;

/// What a line says, without comment and blanks around it.
std::string_view content_of(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  line = line.substr(0, line.find('#'));
  const std::size_t begin = std::min(line.find_first_not_of(blanks), line.size());
  return line.substr(begin, line.find_last_not_of(blanks) + 1 - begin);
}

}  // namespace

std::optional<std::vector<E164>> load_numbers(const std::string& path) {
  const std::string shown_path = visible(path);
  const auto text = read_file(path, largest_file);
  if (!text) {
    say(fmt::format("{}: cannot be read: {}", shown_path, text.error()));
    return std::nullopt;
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string_view rest = *text;
  if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());

  std::vector<E164> numbers;
  std::size_t faults = 0;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view content = content_of(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (content.empty()) continue;
    if (const auto number = E164::parse(content)) {
      numbers.push_back(*number);
    } else if (++faults <= most_shown_faults) {
      write_line(fmt::format("{}:{}: \"{}\" {}", shown_path, line,
                             shown_excerpt(content, longest_quote), number.error()));
    }
  }
  if (faults > most_shown_faults) say(fmt::format("and {} more", faults - most_shown_faults));
  if (faults > 0) {
    say(counted(faults, "fault") + " in the list of numbers; no request was sent");
    return std::nullopt;
  }
  if (numbers.empty()) {
    say(fmt::format("{}: names no number; write one a line, as \"+14150000000\"", shown_path));
    return std::nullopt;
  }
  return numbers;
}

}  // namespace sipdrift
