// Finding passwords in the user info of SIP URIs, well-formed or not.

#include "model/redaction.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "model/characters.hpp"
#include "model/sip_uri_text.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/sip_uri.hpp"

namespace sipdrift {

namespace {

constexpr auto npos = std::string_view::npos;

/// The length of "sip:" or "sips:" at the front.
std::size_t sip_scheme_length(std::string_view text) {
  const std::string start = to_lower(text.substr(0, 5));
  if (start.starts_with("sip:")) return 4;
  return start == "sips:" ? 5 : 0;
}

/// The length of any scheme at the front, which is no user info.
std::size_t scheme_length(std::string_view text) {
  if (const std::size_t sip = sip_scheme_length(text)) return sip;
  if (to_lower(text.substr(0, 4)) == "tel:") return 4;
  const std::size_t end = text.find_first_of(":/?@ ");
  return end != npos && text.substr(end).starts_with("://") ? end + 3 : 0;
}

/// The last "@", or the last "%40", which may have been meant as one.
std::size_t last_at(std::string_view text) {
  const std::size_t at = text.rfind('@');
  const std::size_t escaped = text.rfind("%40");
  if (at == npos || escaped == npos) return std::min(at, escaped);
  return std::max(at, escaped);
}

/// Where the next "sip:" or "sips:" begins an endpoint, from `position` on; npos if none does.
std::size_t find_scheme(std::string_view line, std::size_t position) {
  for (; position < line.size(); ++position) {
    const bool may_begin = position == 0 || is_one_of(line[position - 1], " \t\"'<([{,");
    if (may_begin && sip_scheme_length(line.substr(position)) > 0) return position;
  }
  return npos;
}

/// Where the quoted text that begins at `position` ends: at its closing quote, or with the line.
std::size_t closing_quote(std::string_view line, std::size_t position, char quote) {
  for (std::size_t i = position; i < line.size(); ++i) {
    if (quote == '"' && line[i] == '\\') {
      ++i;
    } else if (line[i] == quote) {
      const bool is_doubled = quote == '\'' && i + 1 < line.size() && line[i + 1] == quote;
      if (!is_doubled) return i;
      ++i;
    }
  }
  return line.size();
}

/// The ":" behind which a password could stand in text without a scheme. That of "key: value" is
/// followed by a blank; behind a quote, any could be.
std::size_t find_separator(std::string_view text) {
  const std::size_t quote = text.find_first_of("\"'");
  for (std::size_t colon = text.find(':'); colon != npos; colon = text.find(':', colon + 1)) {
    const bool is_of_key = colon + 1 == text.size() || is_one_of(text[colon + 1], " \t");
    if (!is_of_key || colon > quote) return colon;
  }
  return npos;
}

/// Whether what follows a ":" is a port, perhaps mistyped, or part of an IPv6 address without
/// brackets, or has been redacted before.
bool is_harmless(std::string_view behind_colon, std::string_view whole) {
  constexpr std::size_t longest_port = 6;  // one that is out of range among them
  constexpr std::string_view letters_and_digits =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::size_t end = std::min(behind_colon.find_first_of(";?"), behind_colon.size());
  const std::string_view word = behind_colon.substr(0, end);
  const bool is_port = !word.empty() && word.size() <= longest_port && is_digit(word.front()) &&
                       word.find_first_not_of(letters_and_digits) == npos;
  return is_port || word.starts_with(redacted_mark) ||
         whole.find_first_not_of("0123456789abcdefABCDEF:.[]") == npos;
}

/// The end of the first ":" that is not in brackets, or of an escape of it as URIs and YAML have
/// them; npos if there is none.
std::size_t find_colon(std::string_view text) {
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : npos;
  std::size_t first = text.find(':', bracket == npos ? 0 : bracket);
  for (const std::string_view escape : {"%3A", "%3a", "\\x3A", "\\x3a", "\\u003A", "\\u003a"}) {
    const std::size_t found = text.find(escape);
    if (found != npos) first = std::min(first, found + escape.size() - 1);
  }
  return first;
}

/// What stands between the first separator and the last "@" of line[begin, end).
std::optional<Stretch> password_in(std::string_view line, std::size_t begin, std::size_t end,
                                   bool has_scheme) {
  const std::string_view text = line.substr(begin, end - begin);
  const std::size_t colon = has_scheme ? find_colon(text) : find_separator(text);
  const std::size_t at = last_at(text);
  const bool has_at = colon != npos && at != npos && at > colon;
  if (has_at && at > colon + 1) return Stretch{begin + colon + 1, begin + at};
  if (has_at || colon == npos || !has_scheme) return std::nullopt;
  // The "@" may have been left out, or stand on the next line.
  const std::size_t end_of_word = std::min(text.find_first_of(" \t\"',}]>", colon), text.size());
  const std::string_view word = text.substr(0, end_of_word);
  if (word.size() == colon + 1 || is_harmless(word.substr(colon + 1), word)) return std::nullopt;
  return Stretch{begin + colon + 1, begin + end_of_word};
}

/// Where the password of an endpoint stands; an empty stretch at its front if it has none. In one
/// that is no URI, what follows a ":" may be a password whose "@" was left out.
Stretch password_of(std::string_view endpoint, bool is_uri) {
  const std::size_t start = scheme_length(endpoint);
  const std::size_t at = is_uri ? endpoint.rfind('@') : last_at(endpoint);
  const std::size_t in_rest = find_colon(endpoint.substr(start));
  const std::size_t colon = in_rest == npos ? npos : start + in_rest;
  if (at != npos && colon < at) return {colon + 1, at};
  if (is_uri || colon == npos || is_harmless(endpoint.substr(colon + 1), endpoint.substr(start))) {
    return {};
  }
  return {colon + 1, endpoint.size()};
}

/// Whether a parameter or header of this name holds a credential by the look of it.
bool is_credential(std::string_view name) {
  constexpr std::array<std::string_view, 8> looks{"passw", "pwd",  "secret", "token",
                                                  "auth",  "cred", "key",    "pin"};
  return std::any_of(looks.begin(), looks.end(),
                     [&](std::string_view look) { return name.find(look) != npos; });
}

/// Parameters and headers without the values of credentials.
std::string without_credentials(std::string_view tail) {
  std::string shown;
  while (!tail.empty()) {
    const std::size_t end = std::min(tail.find_first_of(";?&", 1), tail.size());
    const std::string_view piece = tail.substr(0, end);
    const std::size_t equals = piece.find('=');
    if (is_one_of(piece.front(), ";?&") && equals != npos &&
        is_credential(parameter_name(piece.substr(1)))) {
      shown.append(piece.substr(0, equals + 1)).append(redacted_mark);
    } else {
      shown.append(piece);
    }
    tail.remove_prefix(end);
  }
  return shown;
}

}  // namespace

std::string redacted_endpoint(std::string_view endpoint) {
  const Stretch password = password_of(endpoint, SipUri::parse(endpoint).has_value());
  std::string shown(endpoint.substr(0, password.begin));
  if (password.begin < password.end) shown += redacted_mark;
  return shown + without_credentials(endpoint.substr(password.end));
}

std::vector<Stretch> find_passwords(std::string_view line) {
  std::vector<Stretch> found;
  const auto look = [&](std::size_t begin, std::size_t end, bool has_scheme) {
    if (const auto password = password_in(line, begin, end, has_scheme)) {
      found.push_back(*password);
    }
  };
  std::size_t position = 0;
  while (position < line.size()) {
    const std::size_t scheme = std::min(find_scheme(line, position), line.size());
    look(position, scheme, false);
    if (scheme == line.size()) break;
    const std::size_t begin = scheme + sip_scheme_length(line.substr(scheme));
    const char before = scheme == 0 ? ' ' : line[scheme - 1];
    // A broken endpoint may hold blanks and brackets: where no quote ends it, the next one does.
    position = is_one_of(before, "\"'") ? closing_quote(line, begin, before)
                                        : std::min(find_scheme(line, begin), line.size());
    look(begin, position, true);
  }
  return found;
}

std::string redacted_line(std::string_view line) {
  std::string shown;
  std::size_t position = 0;
  for (const Stretch& password : find_passwords(line)) {
    shown.append(line.substr(position, password.begin - position)).append(redacted_mark);
    position = password.end;
  }
  return shown.append(line.substr(position));
}

std::string shown_excerpt(std::string_view text, std::size_t limit) {
  return visible_excerpt(redacted_line(text), limit);
}

}  // namespace sipdrift
