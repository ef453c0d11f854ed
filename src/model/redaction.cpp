// Finding passwords in the user info of SIP URIs, well-formed or not.

#include "model/redaction.hpp"

#include <algorithm>
#include <array>
#include <utility>

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

/// Whether what follows a ":" is a port, perhaps mistyped or out of range, or has been redacted.
bool is_harmless(std::string_view behind_colon) {
  constexpr std::size_t longest_port = 6;
  const auto* const word_end = std::find_if_not(behind_colon.begin(), behind_colon.end(),
                                                [](char c) { return is_digit(c) || is_letter(c); });
  const auto length = static_cast<std::size_t>(word_end - behind_colon.begin());
  // Where more follows behind blanks, it may be a password that has one.
  const std::string_view rest = behind_colon.substr(length);
  if (rest.starts_with(' ') && rest.find_first_not_of(" \t") != npos) return false;
  const bool is_port = length > 0 && length <= longest_port && is_digit(behind_colon.front()) &&
                       (length == behind_colon.size() || is_one_of(*word_end, " \t;?,>)]}\"'"));
  return is_port || behind_colon.starts_with(redacted_mark);
}

/// The end of the first ":" that is not in brackets, or of an escape of it as URIs and YAML have
/// them; npos if there is none.
std::size_t find_colon(std::string_view text) {
  // Brackets before an "@" are no address, but part of what is wrong with the user info.
  const std::size_t bracket =
      text.starts_with('[') ? text.substr(0, text.find('@')).find(']') : npos;
  std::size_t first = text.find(':', bracket == npos ? 0 : bracket);
  for (const std::string_view escape : {"%3A", "%3a", "\\x3A", "\\x3a", "\\u003A", "\\u003a"}) {
    const std::size_t found = text.find(escape);
    if (found != npos) first = std::min(first, found + escape.size() - 1);
  }
  return first;
}

/// `text` with stretches, which are in order, replaced.
std::string without(std::string_view text, const std::vector<Stretch>& secrets) {
  std::string shown;
  std::size_t position = 0;
  for (const Stretch& secret : secrets) {
    shown.append(text.substr(position, secret.begin - position)).append(redacted_mark);
    position = secret.end;
  }
  return shown.append(text.substr(position));
}

/// In an endpoint without "@", which may have been left out or cut off: from the first ":" behind
/// which no port stands to the end.
Stretch unfinished_password(std::string_view text, std::size_t start) {
  const std::string_view address = text.substr(start, text.find_first_of(";?", start) - start);
  if (address.find_first_not_of("0123456789abcdefABCDEF:.[]") == npos) return {};  // IPv6
  if (address.starts_with('[')) start += std::min(address.find(']'), address.size());
  for (std::size_t colon = text.find(':', start); colon != npos;
       colon = text.find(':', colon + 1)) {
    const std::string_view before = text.substr(0, colon);
    const bool ends_scheme = before.ends_with("sip") || before.ends_with("sips");
    if (!ends_scheme && !is_harmless(text.substr(colon + 1))) return {colon + 1, text.size()};
  }
  return {};
}

/// Where the password of one endpoint stands; an empty stretch if it has none.
Stretch password_of(std::string_view endpoint, bool is_uri) {
  const std::size_t start = scheme_length(endpoint);
  const std::size_t at = is_uri ? endpoint.rfind('@') : last_at(endpoint);
  const std::size_t in_rest = find_colon(endpoint.substr(start));
  const std::size_t colon = in_rest == npos ? npos : start + in_rest;
  if (at != npos && colon < at) return {colon + 1, at};
  return is_uri ? Stretch() : unfinished_password(endpoint, at == npos ? start : at);
}

/// Whether a parameter, header or key of this name holds a credential by the look of it.
bool is_credential(std::string_view name) {
  constexpr std::array<std::string_view, 14> parts{
      "pass",   "pwd",     "secret", "token",     "credential", "authorization", "api_key",
      "apikey", "api-key", "bearer", "signature", "private",    "digest",        "jwt"};
  constexpr std::array<std::string_view, 5> wholes{"auth", "ha1", "key", "pin", "pw"};
  return std::find(wholes.begin(), wholes.end(), name) != wholes.end() ||
         std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return name.find(part) != npos; });
}

/// Values of what is named like a credential: "password=x", "api_key: x", {"sip_password": "x"}.
void find_credentials(std::string_view line, std::vector<Stretch>& found) {
  constexpr std::string_view around = " \t\"'\\";
  for (std::size_t sign = line.find_first_of(":="); sign != npos;
       sign = line.find_first_of(":=", sign + 1)) {
    const std::size_t name_end = line.substr(0, sign).find_last_not_of(around) + 1;
    const std::size_t name_begin =
        line.substr(0, name_end).find_last_of(" \t\"'\\{[,;?&(:=@/<>") + 1;  // npos + 1 is 0
    if (!is_credential(parameter_name(line.substr(name_begin, name_end - name_begin)))) continue;
    const std::size_t begin = std::min(line.find_first_not_of(around, sign + 1), line.size());
    if (line.substr(begin).starts_with(redacted_mark)) continue;
    const bool is_quoted = begin > sign + 1 && is_one_of(line[begin - 1], "\"'");
    const std::size_t end = is_quoted
                                ? closing_quote(line, begin, line[begin - 1])
                                : std::min(line.find_first_of(" \t\"',;&?}])", begin), line.size());
    if (begin < end) found.push_back({begin, end});
  }
}

/// In text without a scheme, piece by piece: what is quoted is one, what has no blanks in it
/// another.
void find_bare_passwords(std::string_view line, std::size_t begin, std::size_t end,
                         std::vector<Stretch>& found) {
  while (begin < end) {
    const bool is_quoted = is_one_of(line[begin], "\"'");
    const std::size_t piece_begin = is_quoted ? begin + 1 : begin;
    const std::size_t piece_end =
        std::min(is_quoted ? closing_quote(line, piece_begin, line[begin])
                           : std::min(line.find_first_of(" \t\"'", piece_begin), line.size()),
                 end);
    const std::string_view piece = line.substr(piece_begin, piece_end - piece_begin);
    const std::size_t start = scheme_length(piece);
    const std::size_t colon = find_colon(piece.substr(start));
    const std::size_t at = last_at(piece);
    if (colon != npos && at != npos && start + colon + 1 < at) {
      found.push_back({piece_begin + start + colon + 1, piece_begin + at});
    }
    begin = piece_end + 1;
  }
}

/// In line[begin, end), which follows a scheme; all of it is one text if it `is_quoted`.
void find_password(std::string_view line, std::size_t begin, std::size_t end, bool is_quoted,
                   std::vector<Stretch>& found) {
  const std::string_view text = line.substr(begin, end - begin);
  const std::size_t colon = find_colon(text);
  const std::size_t at = last_at(text);
  if (colon != npos && at != npos && colon < at) {
    if (colon + 1 < at) found.push_back({begin + colon + 1, begin + at});
    return;
  }
  // The "@" may have been left out, or stand on the next line.
  const std::size_t from = at == npos ? 0 : at;
  const std::string_view word =
      is_quoted ? text
                : text.substr(0, std::min(text.find_first_of(" \t\"',}>", from), text.size()));
  const Stretch unfinished = unfinished_password(word, from);
  if (unfinished.begin < unfinished.end) {
    found.push_back({begin + unfinished.begin, begin + unfinished.end});
  }
}

/// From left to right, those that overlap made one.
std::vector<Stretch> in_order(std::vector<Stretch> found) {
  std::sort(found.begin(), found.end(),
            [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  std::vector<Stretch> merged;
  for (const Stretch& one : found) {
    if (!merged.empty() && one.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, one.end);
    } else {
      merged.push_back(one);
    }
  }
  return merged;
}

}  // namespace

std::string redacted_endpoint(std::string_view endpoint) {
  const bool is_uri = SipUri::parse(endpoint).has_value();
  const Stretch password = password_of(endpoint, is_uri);
  std::vector<Stretch> found;
  find_credentials(endpoint, found);
  // In a broken one nobody knows where a credential ends.
  if (!is_uri && !found.empty()) found.back().end = endpoint.size();
  if (password.begin < password.end) found.push_back(password);
  return without(endpoint, in_order(std::move(found)));
}

std::vector<Stretch> find_passwords(std::string_view line) {
  std::vector<Stretch> found;
  find_credentials(line, found);
  std::size_t position = 0;
  while (position < line.size()) {
    const std::size_t scheme = std::min(find_scheme(line, position), line.size());
    find_bare_passwords(line, position, scheme, found);
    if (scheme == line.size()) break;
    const std::size_t begin = scheme + sip_scheme_length(line.substr(scheme));
    const char before = scheme == 0 ? ' ' : line[scheme - 1];
    // A broken endpoint may hold blanks and brackets: where no quote ends it, the next one does.
    const bool is_quoted = is_one_of(before, "\"'");
    position = is_quoted ? closing_quote(line, begin, before)
                         : std::min(find_scheme(line, begin), line.size());
    find_password(line, begin, position, is_quoted, found);
  }
  return in_order(std::move(found));
}

std::string redacted_line(std::string_view line) { return without(line, find_passwords(line)); }

std::string shown_excerpt(std::string_view text, std::size_t limit) {
  return visible_excerpt(redacted_line(text), limit);
}

}  // namespace sipdrift
