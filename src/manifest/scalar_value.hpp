// Single values of a manifest: from a scalar's text to a port, a transport, a URI.
//
// Each reader adds a fault and returns nothing where the text is not exactly such a value.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "manifest/fault_list.hpp"
#include "manifest/yaml_node.hpp"
#include "sipdrift/e164.hpp"
#include "sipdrift/expectation.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// The text of a scalar that is not null and not empty. `what` names it in the fault: "port".
[[nodiscard]] std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                                   FaultList& faults);

/// Adds a fault for a key that does not stand there; `intro` begins the list of those that do.
void refuse_key(const YamlNode& key, std::span<const std::string_view> known,
                std::string_view intro, FaultList& faults);

[[nodiscard]] std::optional<E164> read_number(const YamlNode& node, FaultList& faults);

/// "+14150000100..+14150000199", however many numbers that is.
[[nodiscard]] std::optional<NumberRange> read_range(const YamlNode& node, FaultList& faults);

/// A whole number in decimal digits, without sign, leading zeros, fraction or exponent.
[[nodiscard]] std::optional<std::uint32_t> read_integer(const YamlNode& node, std::string_view what,
                                                        std::uint32_t least, std::uint32_t most,
                                                        FaultList& faults);

/// A name of a profile or a tag: printable ASCII of a few kinds, as reports and globs can take it.
[[nodiscard]] std::optional<std::string> read_profile_name(const YamlNode& node, FaultList& faults);
[[nodiscard]] std::optional<std::string> read_tag(const YamlNode& node, FaultList& faults);

// The value of a field, or "unset".
[[nodiscard]] std::optional<Declared<AuthMode>> read_auth_mode(const YamlNode& node,
                                                               FaultList& faults);
[[nodiscard]] std::optional<Declared<std::uint16_t>> read_port(const YamlNode& node,
                                                               FaultList& faults);
[[nodiscard]] std::optional<Declared<bool>> read_secure_media(const YamlNode& node,
                                                              FaultList& faults);
[[nodiscard]] std::optional<Declared<SipUri>> read_sip_endpoint(const YamlNode& node,
                                                                FaultList& faults);
[[nodiscard]] std::optional<Declared<Transport>> read_transport(const YamlNode& node,
                                                                FaultList& faults);

}  // namespace sipdrift
