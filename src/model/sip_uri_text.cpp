// Character classes and escapes of RFC 3261 section 25.1.

#include "model/sip_uri_text.hpp"

#include <algorithm>
#include <cstddef>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_unreserved(char c) { return is_alphanumeric(c) || is_one_of(c, "-_.!~*'()"); }

bool is_reserved(char c) { return is_one_of(c, ";/?:@&=+$,"); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The character that "%HH" at `position` stands for, or nothing if no escape stands there.
std::optional<char> unescape(std::string_view text, std::size_t position) {
  if (position + 2 >= text.size()) return std::nullopt;
  const int high = hex_digit(text[position + 1]);
  const int low = hex_digit(text[position + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

}  // namespace

bool is_user_char(char c) { return is_unreserved(c) || is_one_of(c, "&=+$,;?/"); }
bool is_password_char(char c) { return is_unreserved(c) || is_one_of(c, "&=+$,"); }
bool is_parameter_char(char c) { return is_unreserved(c) || is_one_of(c, "[]/:&+$"); }
bool is_header_char(char c) { return is_unreserved(c) || is_one_of(c, "[]/?:+$"); }

std::optional<std::string> normalised(std::string_view component, CharacterClass allowed) {
  std::string text;
  text.reserve(component.size());
  for (std::size_t i = 0; i < component.size(); ++i) {
    if (component[i] != '%') {
      if (!allowed(component[i])) return std::nullopt;
      text.push_back(component[i]);
      continue;
    }
    const std::optional<char> character = unescape(component, i);
    if (!character) return std::nullopt;
    if (is_reserved(*character) || *character == '%') {
      constexpr std::string_view upper = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(*character);
      text.push_back('%');
      text.push_back(upper[byte >> 4U]);
      text.push_back(upper[byte & 0xFU]);
    } else {
      text.push_back(*character);
    }
    i += 2;
  }
  return text;
}

SipUriTail split_tail(std::string_view tail) {
  SipUriTail pieces;
  const std::size_t question = std::min(tail.find('?'), tail.size());
  pieces.headers = tail.substr(question);
  std::string_view rest = tail.substr(0, question);
  while (rest.starts_with(';')) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find(';'), rest.size());
    pieces.parameters.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return pieces;
}

std::string parameter_name(std::string_view parameter) {
  const std::string_view name = parameter.substr(0, parameter.find('='));
  return to_lower(normalised(name, is_parameter_char).value_or(std::string(name)));
}

}  // namespace sipdrift
