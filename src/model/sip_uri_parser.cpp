// Reading a SIP URI: the grammar of RFC 3261 section 25.1, from left to right.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "model/characters.hpp"
#include "model/sip_uri_text.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/sip_uri.hpp"

namespace sipdrift {

namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// hostname = *( domainlabel "." ) toplabel [ "." ], where toplabel begins with a letter, no label
/// with a hyphen at either end. RFC 1035 bounds a label to 63 characters and a name to 255.
bool is_host_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > 255) return false;
  while (true) {
    const std::size_t end = std::min(name.find('.'), name.size());
    const std::string_view label = name.substr(0, end);
    const bool characters_fit = std::all_of(
        label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
    if (label.empty() || label.size() > 63 || !characters_fit || label.front() == '-' ||
        label.back() == '-') {
      return false;
    }
    if (end == name.size()) return label.front() >= 'a' && label.front() <= 'z';
    name.remove_prefix(end + 1);
  }
}

bool is_ipv4(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

/// The shortest spelling of an IPv6 address given without its brackets.
std::optional<std::string> shortest_ipv6(const std::string& address) {
  in6_addr bytes{};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inet_pton(AF_INET6, address.c_str(), &bytes) != 1 ||
      inet_ntop(AF_INET6, &bytes, text.data(), text.size()) == nullptr) {
    return std::nullopt;
  }
  return text.data();
}

/// A host in its one spelling, if it is an IPv6 address in brackets; else as it is.
std::string with_shortest_ipv6(const std::string& host) {
  if (!host.starts_with('[') || !host.ends_with(']')) return host;
  const auto address = shortest_ipv6(host.substr(1, host.size() - 2));
  return address ? "[" + *address + "]" : host;
}

/// "tls://host" and the like: the scheme of a URI that is none of SIP's.
std::optional<std::string> foreign_scheme(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto is_scheme_char = [](char c) {
    return is_letter(c) || is_digit(c) || is_one_of(c, "+-.");
  };
  std::string scheme = to_lower(text.substr(0, colon));
  if (!std::all_of(scheme.begin(), scheme.end(), is_scheme_char)) return std::nullopt;
  // "tel:911" would also read as a host and its port.
  if (text.substr(colon).starts_with("://") || scheme == "tel") return scheme;
  return std::nullopt;
}

}  // namespace

/// Reads one URI. Each step takes its piece off the front of rest_ and says what is wrong with it;
/// an empty answer means that all is well.
class SipUriParser {
 public:
  explicit SipUriParser(std::string_view text) : rest_(text) { parts_.text = text; }

  Result<SipUri, std::string> parse() {
    if (rest_.empty()) return Unexpected{std::string("is empty, and so not a SIP URI")};
    // Before anything else, as inet_pton() would take what stands before a NUL for the whole.
    if (rest_.find('\0') != std::string_view::npos) {
      return Unexpected{std::string("is not a SIP URI: it holds a NUL")};
    }
    for (const auto step :
         {&SipUriParser::scheme, &SipUriParser::user_info, &SipUriParser::host, &SipUriParser::port,
          &SipUriParser::parameters, &SipUriParser::headers}) {
      std::string wrong = (this->*step)();
      // A name stands decoded in it, whatever its escapes were of.
      if (!wrong.empty()) return Unexpected{"is not a SIP URI: " + visible(wrong)};
    }
    return SipUri(std::move(parts_));
  }

 private:
  [[nodiscard]] std::size_t consumed() const { return parts_.text.size() - rest_.size(); }

  std::string scheme() {
    const std::string start = to_lower(rest_.substr(0, 5));
    if (start.starts_with("sip:")) {
      rest_.remove_prefix(4);
      has_scheme_ = true;
    } else if (start == "sips:") {
      parts_.scheme = SipScheme::sips;
      rest_.remove_prefix(5);
      has_scheme_ = true;
    } else if (const auto foreign = foreign_scheme(rest_)) {
      if (*foreign == "udp" || *foreign == "tcp" || *foreign == "tls") {
        return "it begins with \"" + *foreign + "://\"; write \"sip:HOST;transport=" + *foreign +
               "\"";
      }
      return "its scheme is \"" + *foreign + "\", not \"sip\" or \"sips\"";
    }
    return {};
  }

  std::string user_info() {
    const std::size_t at = rest_.find('@');
    if (at == std::string_view::npos) return {};
    const std::string_view info = rest_.substr(0, at);
    rest_.remove_prefix(at + 1);

    const std::size_t colon = std::min(info.find(':'), info.size());
    parts_.user = normalised(info.substr(0, colon), is_user_char);
    if (colon == 0 || !parts_.user) return "the user part before \"@\" is malformed";
    if (colon == info.size()) return {};
    // "mailto:x@y" would otherwise read as user "mailto" with password "x".
    if (!has_scheme_) return "with a password before \"@\" it needs \"sip:\" or \"sips:\" in front";
    parts_.password = normalised(info.substr(colon + 1), is_password_char);
    return parts_.password ? std::string() : "the password before \"@\" is malformed";
  }

  std::string host() {
    if (rest_.starts_with('[')) {
      const std::size_t bracket = rest_.find(']');
      if (bracket == std::string_view::npos) return "the IPv6 address has no closing bracket";
      const auto address = shortest_ipv6(std::string(rest_.substr(1, bracket - 1)));
      if (!address) return "what is in brackets is not an IPv6 address";
      parts_.host = "[" + *address + "]";
      rest_.remove_prefix(bracket + 1);
    } else {
      const std::size_t end = std::min(rest_.find_first_of(":;?"), rest_.size());
      parts_.host = to_lower(rest_.substr(0, end));
      if (parts_.host.empty()) return "it has no host";
      if (!is_ipv4(parts_.host) && !is_host_name(parts_.host)) {
        return "its host is neither a host name nor an IP address (IPv6 goes in brackets)";
      }
      rest_.remove_prefix(end);
    }
    parts_.host_end = consumed();
    parts_.port_end = consumed();
    return {};
  }

  std::string port() {
    if (!rest_.starts_with(':')) return {};
    const std::size_t end = std::min(rest_.find_first_of(";?"), rest_.size());
    const std::string_view digits = rest_.substr(1, end - 1);
    std::uint16_t port = 0;
    const auto* const last = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), last, port);
    if (read.ec != std::errc() || read.ptr != last || port == 0) {
      return "what follows the host's \":\" is not a port (1 to 65535)";
    }
    parts_.port = port;
    rest_.remove_prefix(end);
    parts_.port_end = consumed();
    return {};
  }

  std::string parameters() {
    if (!rest_.empty() && !rest_.starts_with(';') && !rest_.starts_with('?')) {
      return "after host and port only \";\" or \"?\" may follow";
    }
    const SipUriTail tail = split_tail(rest_);
    for (const std::string_view parameter : tail.parameters) {
      const std::size_t equals = std::min(parameter.find('='), parameter.size());
      const auto name = normalised(parameter.substr(0, equals), is_parameter_char);
      if (!name || name->empty()) return "a parameter's name is malformed";
      SipUriField field{to_lower(*name), std::nullopt};
      if (equals < parameter.size()) {
        auto value = normalised(parameter.substr(equals + 1), is_parameter_char);
        if (!value || value->empty()) return "the value of ;" + field.name + "= is malformed";
        // Values are compared without regard to case; methods are not (section 7.1).
        field.value = field.name == "method" ? std::move(*value) : to_lower(*value);
        if (field.name == "maddr") field.value = with_shortest_ipv6(*field.value);
      } else if (field.name == "transport") {
        return ";transport has no value";
      }
      parts_.parameters.push_back(std::move(field));
    }
    std::sort(parts_.parameters.begin(), parts_.parameters.end());
    const auto twice = std::adjacent_find(
        parts_.parameters.begin(), parts_.parameters.end(),
        [](const SipUriField& a, const SipUriField& b) { return a.name == b.name; });
    if (twice != parts_.parameters.end()) return "parameter " + twice->name + " stands twice";
    rest_ = tail.headers;
    return {};
  }

  std::string headers() {
    if (rest_.empty()) return {};
    while (!rest_.empty()) {
      rest_.remove_prefix(1);  // "?" before the first, "&" before the others
      const std::size_t end = std::min(rest_.find('&'), rest_.size());
      const std::string_view header = rest_.substr(0, end);
      const std::size_t equals = header.find('=');
      if (equals == std::string_view::npos) return "a header has no \"=\"";
      const auto name = normalised(header.substr(0, equals), is_header_char);
      auto value = normalised(header.substr(equals + 1), is_header_char);
      if (!name || name->empty() || !value) return "a header is malformed";
      parts_.headers.push_back({to_lower(*name), std::move(value)});
      rest_.remove_prefix(end);
    }
    std::sort(parts_.headers.begin(), parts_.headers.end());
    return {};
  }

  SipUri::Parts parts_;
  std::string_view rest_;
  bool has_scheme_ = false;
};

Result<SipUri, std::string> SipUri::parse(std::string_view text) {
  return SipUriParser(text).parse();
}

}  // namespace sipdrift
