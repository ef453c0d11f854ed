// The SIP URI as a value: changing its port and transport, and RFC 3261's notion of equality.

#include "sipdrift/sip_uri.hpp"

#include <algorithm>
#include <array>

#include "model/characters.hpp"
#include "model/sip_uri_text.hpp"

namespace sipdrift {

namespace {

using FieldIterator = std::vector<SipUriField>::const_iterator;

FieldIterator find_parameter(const std::vector<SipUriField>& parameters, std::string_view name) {
  return std::find_if(parameters.begin(), parameters.end(),
                      [&](const SipUriField& parameter) { return parameter.name == name; });
}

/// Section 19.1.4: these never match where only one URI has them. That `transport` belongs among
/// them is said only by the section's text on default values and by its examples.
bool is_significant_alone(std::string_view name) {
  constexpr std::array<std::string_view, 5> names{"transport", "user", "ttl", "method", "maddr"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether every parameter of `a` agrees with `b`. Called both ways round.
bool parameters_agree(const SipUri& a, const SipUri& b) {
  return std::all_of(a.parameters().begin(), a.parameters().end(),
                     [&](const SipUriField& parameter) {
                       const auto other = find_parameter(b.parameters(), parameter.name);
                       if (other == b.parameters().end())
                         return !is_significant_alone(parameter.name);
                       return other->value == parameter.value;
                     });
}

}  // namespace

std::optional<std::string_view> SipUri::transport() const {
  const auto found = find_parameter(parameters(), "transport");
  if (found == parameters().end() || !found->value) return std::nullopt;
  return *found->value;
}

SipUri SipUri::with_port(std::optional<std::uint16_t> port) const {
  if (port == parts_->port) return *this;
  const std::string port_text = port ? ":" + std::to_string(*port) : "";
  Parts changed = *parts_;
  // A host that is called like a scheme would be taken for it, once a ":" follows.
  const std::string host = to_lower(std::string_view(changed.text).substr(0, changed.host_end));
  if (host == "sip" || host == "sips" || host == "tel") {
    changed.text.insert(0, "sip:");
    changed.host_end += 4;
    changed.port_end += 4;
  }
  changed.text.replace(changed.host_end, changed.port_end - changed.host_end, port_text);
  changed.port_end = changed.host_end + port_text.size();
  changed.port = port;
  return SipUri(std::move(changed));
}

SipUri SipUri::with_transport(std::optional<std::string_view> transport) const {
  if (transport == this->transport()) return *this;
  Parts changed = *parts_;
  const SipUriTail tail = split_tail(std::string_view(text()).substr(parts_->port_end));
  changed.text.resize(changed.port_end);
  if (transport) changed.text.append(";transport=").append(*transport);
  for (const std::string_view parameter : tail.parameters) {
    if (parameter_name(parameter) != "transport") changed.text.append(";").append(parameter);
  }
  changed.text.append(tail.headers);

  std::erase_if(changed.parameters,
                [](const SipUriField& parameter) { return parameter.name == "transport"; });
  if (transport) {
    changed.parameters.push_back({"transport", to_lower(*transport)});
    std::sort(changed.parameters.begin(), changed.parameters.end());
  }
  return SipUri(std::move(changed));
}

bool equivalent(const SipUri& a, const SipUri& b) {
  return a.scheme() == b.scheme() && a.user() == b.user() && a.password() == b.password() &&
         a.host() == b.host() && a.port() == b.port() && a.headers() == b.headers() &&
         parameters_agree(a, b) && parameters_agree(b, a);
}

}  // namespace sipdrift
