// Plain, where every reader takes it for what it is.

#include "manifest/yaml_text.hpp"

#include <algorithm>
#include <array>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

/// What one reader of YAML or another takes for something else than a text, in lower case.
constexpr std::array<std::string_view, 10> words_with_a_meaning{
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan"};

bool is_plain(std::string_view text) {
  const bool has_plain_characters = std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_one_of(c, "-_./@");
  });
  if (text.empty() || !is_letter(text.front()) || !has_plain_characters) return false;
  const std::string word = to_lower(text);
  return std::find(words_with_a_meaning.begin(), words_with_a_meaning.end(), word) ==
         words_with_a_meaning.end();
}

}  // namespace

std::string quoted_in_yaml(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (is_one_of(c, "\"\\")) quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

std::string yaml_text(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted_in_yaml(text);
}

}  // namespace sipdrift
