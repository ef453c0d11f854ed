// Finding passwords in the user info of SIP URIs, well-formed or not.

#include "model/redaction.hpp"

#include <algorithm>
#include <cstddef>

#include "model/sip_uri_text.hpp"

namespace sipdrift {

namespace {

/// The length of "sip:" or "sips:" at the front.
std::size_t sip_scheme_length(std::string_view text) {
  const std::string start = to_lower(text.substr(0, 5));
  if (start.starts_with("sip:")) return 4;
  return start == "sips:" ? 5 : 0;
}

/// The length of any scheme at the front, which is no user info.
std::size_t scheme_length(std::string_view text) {
  if (const std::size_t sip = sip_scheme_length(text)) return sip;
  const std::size_t slashes = text.find("://");
  return slashes == std::string_view::npos ? 0 : slashes + 3;
}

/// How much of the line's rest could be one endpoint. A broken one may hold blanks, so after "sip:"
/// only a quote or a bracket, or the comma of a flow mapping, ends it.
std::size_t endpoint_length(std::string_view rest) {
  const std::string_view ends = "\"'<>";
  const std::string_view ends_without_scheme = " \t\"'<>";
  const bool has_scheme = sip_scheme_length(rest) > 0;
  const std::size_t end = rest.find_first_of(has_scheme ? ends : ends_without_scheme);
  const std::size_t comma = has_scheme ? rest.find(", ") : std::string_view::npos;
  return std::min({end, comma, rest.size()});
}

}  // namespace

std::string redacted_endpoint(std::string_view endpoint) {
  const std::size_t start = scheme_length(endpoint);
  const std::size_t at = endpoint.rfind('@');
  const std::size_t colon = endpoint.find(':', start);
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) {
    return std::string(endpoint);
  }
  std::string shown(endpoint.substr(0, colon + 1));
  shown.append(redacted_mark).append(endpoint.substr(at));
  return shown;
}

std::string redacted_line(std::string_view line) {
  std::string shown;
  while (!line.empty()) {
    const std::size_t length = endpoint_length(line);
    shown.append(redacted_endpoint(line.substr(0, length)));
    line.remove_prefix(length);
    if (!line.empty()) {
      shown.push_back(line.front());
      line.remove_prefix(1);
    }
  }
  return shown;
}

}  // namespace sipdrift
