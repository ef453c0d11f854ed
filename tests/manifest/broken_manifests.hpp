// Sound manifests, and ways to break them: for tests over many that nobody has thought of.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace sipdrift {

inline constexpr std::array<std::string_view, 5> sound_manifests{
    R"(version: 1
expected_count: 103
profiles:
  acme:
    inbound:  { auth_mode: ip }
    outbound: { sip_endpoint: "sip:trunk.provider.com", transport: tls, port: 5061 }
numbers:
  - number: "+14150000000"          # the flat form
    sip_endpoint: sip:trunk.provider.com
    auth_mode: ip
  - numbers: ["+14150000001", '+14150000002']
    profile: acme
    tags: [site:ams]
  - range: "+14150000100..+14150000199"
    outbound: { port: 5062 }
)",
    "version: 1\nnumbers: [{number: +12, port: 5061, tags: [a, 'its', \"b\\x41\"]}]\n",
    "# comment\n---\nversion: 1\nnumbers:\n- number: +12\n  inbound: absent\n  outbound:\n    "
    "transport: unset\n...\n",
    "version: 1\r\nnumbers:\r\n  -   number: +12\r\n      port: 1\r\n  - {number: +13,\r\n     "
    "port: "
    "2}\r\n",
    R"(version: 1
numbers: [{number: "+12", port: 5061, tags: [site:ams]}]
waivers:
  - number: "+12"
    field: outbound.port
    observed: 5060
    reason: "the PBX: it cannot do better"   # yet
    owner: voice-oncall
    ticket: 'NET-4211'
    expires: 2027-03-31
  - {tag: site:ams, field: inbound, observed: configured, reason: r, owner: o, ticket: t,
     expires: "2027-03-31T18:00:00+02:00"}
)",
};

inline constexpr std::array<std::string_view, 48> pieces{
    " ",    "  ", "\n",  "\n  ", "\n- ", ": ",   ":",    ",",    ", ", "[",        "]",    "{",
    "}",    "\"", "'",   "#",    " #",   "- ",   "-",    "? ",   "&a", "*a",       "!t ",  "|\n",
    ">-\n", "%",  "@",   "`",    "\\",   "\t",   "\r",   "~",    "a",  "1",        "+",    "---\n",
    "...",  "<<", ": [", ": {",  "''",   "\"\"", "x: y", "\\x4", "é",  "\xC2\x85", "\n\n", "null"};

/// Breaks manifests as people and programs do.
class Breaker {
 public:
  /// One of the sound manifests, with one to three things broken.
  std::string broken() {
    std::string text(sound_manifests.at(below(sound_manifests.size())));
    for (std::size_t i = 1 + below(3) / 2; i > 0; --i) break_once(text);
    return text;
  }
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

 private:
  void break_once(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(1 + below(12), text.size() - at);
    switch (below(6)) {
      case 0:
        text.insert(at, pieces.at(below(pieces.size())));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.replace(at, length, pieces.at(below(pieces.size())));
        break;
      case 3:
        text.insert(below(text.size() + 1), text.substr(at, length));
        break;
      case 4:  // a line is indented by one more, or one less
        if (const std::size_t line = text.rfind('\n', at); line != std::string::npos) {
          if (below(2) == 0) {
            text.insert(line + 1, " ");
          } else if (line + 1 < text.size() && text[line + 1] == ' ') {
            text.erase(line + 1, 1);
          }
        }
        break;
      default:
        text.resize(at);
    }
    if (text.empty()) text = "a: b\n";
  }

  std::mt19937 random_{20261123};  // NOLINT: the same each time, so that a failure can be repeated
};

}  // namespace sipdrift
