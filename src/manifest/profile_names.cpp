// "trunk.provider.com" becomes "trunk-provider", and "trunk-provider-tls" beside another one.

#include "manifest/profile_names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "model/characters.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t longest_base = 40;

/// The direction that a profile is mostly about: the one out, unless only the one in has an
/// endpoint, or anything.
const DirectionExpectation& main_direction(const Expectation& expectation) {
  const auto rank = [](const DirectionExpectation& direction) {
    if (direction.absent || direction.check_count() == 0) return 0;
    return direction.sip_endpoint ? 2 : 1;
  };
  return rank(expectation.inbound) > rank(expectation.outbound) ? expectation.inbound
                                                                : expectation.outbound;
}

/// Letters and digits, everything else one "-".
std::string as_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c)) {
      name.push_back(to_lower(c));
    } else if (!name.empty() && name.back() != '-') {
      name.push_back('-');
    }
  }
  name.resize(std::min(name.size(), longest_base));
  while (name.ends_with('-')) name.pop_back();
  return name;
}

/// A host without its top-level domain; what does not begin with a letter, or could be a word of
/// YAML, gets something in front.
std::string name_of_host(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::size_t dot = host.rfind('.');
  const bool is_address = host.starts_with('[') || is_digit(host.back());
  if (!is_address && dot != std::string_view::npos) host = host.substr(0, dot);
  const std::string name = as_name(host);
  constexpr std::array<std::string_view, 8> words{"null", "true", "false", "yes",
                                                  "no",   "on",   "off",   "y"};
  const bool is_word = std::find(words.begin(), words.end(), name) != words.end();
  const bool begins_well = !name.empty() && is_letter(name.front());
  return begins_well && !is_word ? name : "trunk-" + name;
}

/// What a direction says of itself where it has no endpoint.
std::string name_of_rest(const Expectation& expectation) {
  const DirectionExpectation& direction = main_direction(expectation);
  if (direction.absent || direction.check_count() == 0) return "not-configured";
  std::string text(&direction == &expectation.inbound ? "inbound" : "outbound");
  if (direction.transport && direction.transport->value) {
    text.append("-").append(name(*direction.transport->value));
  }
  if (direction.auth_mode && direction.auth_mode->value) {
    text.append("-").append(name(*direction.auth_mode->value));
  }
  return text;
}

std::string base_name(const Expectation& expectation) {
  const DirectionExpectation& direction = main_direction(expectation);
  if (!direction.sip_endpoint) return name_of_rest(expectation);
  return name_of_host(direction.sip_endpoint->value->host());
}

/// What may tell one profile of a host from another, the most telling first. A text may be empty.
using Traits = std::array<std::string, 6>;

Traits traits_of(const Expectation& expectation) {
  const DirectionExpectation& direction = main_direction(expectation);
  const auto& uri = direction.sip_endpoint;
  Traits traits;
  if (direction.transport) {
    traits[0] = name(*direction.transport->value);
  } else if (uri && uri->value->transport()) {
    traits[0] = as_name(*uri->value->transport());
  }
  if (direction.port) {
    traits[1] = std::to_string(*direction.port->value);
  } else if (uri && uri->value->port()) {
    traits[1] = std::to_string(*uri->value->port());
  }
  for (const Direction other : all_directions) {
    const auto& auth_mode = expectation[other].auth_mode;
    if (auth_mode && traits[2].empty()) traits[2] = name(*auth_mode->value);
  }
  if (expectation.inbound.absent) traits[3] = "outbound-only";
  if (expectation.outbound.absent) traits[3] = "inbound-only";
  if (uri && uri->value->user()) traits[4] = as_name(*uri->value->user());
  if (direction.secure_media) {
    traits[5] = *direction.secure_media->value ? "secure-media" : "plain-media";
  }
  return traits;
}

void append_trait(std::string& name, const std::string& trait) {
  if (!trait.empty()) name.append("-").append(trait);
}

bool all_differ(const std::vector<std::string>& texts) {
  return std::set<std::string>(texts.begin(), texts.end()).size() == texts.size();
}

/// Endings that tell profiles of the same base apart: one trait if it does, else as many as it
/// takes, which may not be enough.
std::vector<std::string> endings_of(const std::vector<Traits>& traits) {
  for (std::size_t trait = 0; trait < Traits().size(); ++trait) {
    std::vector<std::string> endings(traits.size());
    for (std::size_t i = 0; i < traits.size(); ++i) append_trait(endings[i], traits[i].at(trait));
    if (all_differ(endings)) return endings;
  }
  std::vector<std::string> endings(traits.size());
  for (std::size_t trait = 0; trait < Traits().size() && !all_differ(endings); ++trait) {
    const bool is_shared = std::all_of(traits.begin(), traits.end(), [&](const Traits& one) {
      return one.at(trait) == traits.front().at(trait);
    });
    if (is_shared) continue;
    for (std::size_t i = 0; i < traits.size(); ++i) append_trait(endings[i], traits[i].at(trait));
  }
  return endings;
}

}  // namespace

std::vector<std::string> name_profiles(const std::vector<const Expectation*>& expectations) {
  std::map<std::string, std::vector<std::size_t>> by_base;
  for (std::size_t i = 0; i < expectations.size(); ++i) {
    by_base[base_name(*expectations[i])].push_back(i);
  }
  std::vector<std::string> names(expectations.size());
  for (const auto& [base, positions] : by_base) {
    std::vector<Traits> traits;
    for (const std::size_t i : positions) traits.push_back(traits_of(*expectations[i]));
    const std::vector<std::string> endings =
        positions.size() == 1 ? std::vector<std::string>{""} : endings_of(traits);
    for (std::size_t i = 0; i < positions.size(); ++i) names[positions[i]] = base + endings[i];
  }
  // Whatever is still the same, or has become so, is numbered.
  std::set<std::string> taken;
  std::map<std::string, int> counts;
  for (std::string& name : names) {
    std::string free = name;
    while (!taken.insert(free).second) free = name + "-" + std::to_string(++counts[name] + 1);
    name = std::move(free);
  }
  return names;
}

}  // namespace sipdrift
