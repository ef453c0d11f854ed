// What holds of all SIP URIs, tried on many random ones: each run has the same, from a fixed seed.

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sipdrift/sip_uri.hpp"

namespace sipdrift {
namespace {

constexpr int rounds = 20'000;

/// The pieces of a URI, each in a spelling without escapes.
struct Pieces {
  std::string scheme;
  std::string user;      // empty: none
  std::string password;  // empty: none
  std::string host;
  std::string port;  // with its colon, or empty
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<std::pair<std::string, std::string>> headers;
};

class Chance {
 public:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  bool one_in(std::size_t n) { return below(n) == 0; }

  template <class T, std::size_t size>
  const T& of(const std::array<T, size>& choices) {
    return choices.at(below(size));
  }

  template <class T>
  void shuffle(std::vector<T>& list) {
    std::shuffle(list.begin(), list.end(), random_);
  }

 private:
  std::mt19937 random_{20261123};  // NOLINT: the same each time, so that a failure can be repeated
};

// Few of each, so that two random URIs are often alike.
Pieces random_pieces(Chance& chance) {
  constexpr std::array<std::string_view, 2> schemes{"sip:", "sips:"};
  constexpr std::array<std::string_view, 6> users{"",      "alice", "Alice", "+14150000000",
                                                  "a;b=c", "a?/"};
  constexpr std::array<std::string_view, 4> passwords{"", "", "secret", "se=cr,et"};
  constexpr std::array<std::string_view, 6> hosts{
      "h.example.com", "h.example.org", "192.0.2.1", "[2001:db8::1]", "x", "trunk-1.example.com"};
  constexpr std::array<std::string_view, 4> ports{"", "", ":5060", ":5061"};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> parameters{
      {{"transport", "tls"},
       {"transport", "udp"},
       {"user", "phone"},
       {"ttl", "15"},
       {"maddr", "192.0.2.9"},
       {"method", "INVITE"},
       {"lr", ""},
       {"a", "1"},
       {"a", "2"},
       {"b", "x:y"}}};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> headers{
      {{"subject", "x"}, {"to", "y"}, {"subject", "z"}}};
  Pieces pieces{.scheme = std::string(chance.of(schemes)),
                .user = std::string(chance.of(users)),
                .password = std::string(chance.of(passwords)),
                .host = std::string(chance.of(hosts)),
                .port = std::string(chance.of(ports)),
                .parameters = {},
                .headers = {}};
  if (pieces.user.empty()) pieces.password.clear();
  std::map<std::string, std::string> chosen;  // no name twice
  for (std::size_t i = chance.below(4); i > 0; --i) chosen.insert(chance.of(parameters));
  pieces.parameters.assign(chosen.begin(), chosen.end());
  chance.shuffle(pieces.parameters);
  for (std::size_t i = chance.one_in(4) ? chance.below(3) : 0; i > 0; --i) {
    pieces.headers.emplace_back(chance.of(headers));
  }
  return pieces;
}

/// Other letters, the same name: of hosts, parameter names and the scheme.
std::string in_any_case(Chance& chance, std::string text) {
  for (char& c : text) {
    if (chance.one_in(2) && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// Letters and digits escaped here and there; an escape means what it stands for.
std::string escaped(Chance& chance, std::string_view text) {
  std::string spelled;
  for (const char c : text) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_plain || !chance.one_in(3)) {
      spelled.push_back(c);
      continue;
    }
    const std::string_view digits = chance.one_in(2) ? "0123456789abcdef" : "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    spelled.append({'%', digits[byte / 16U], digits[byte % 16U]});
  }
  return spelled;
}

/// One spelling of a URI, chosen at random.
std::string spelled(Chance& chance, Pieces pieces) {
  std::string text = in_any_case(chance, pieces.scheme);
  if (!pieces.user.empty()) text += escaped(chance, pieces.user);
  if (!pieces.password.empty()) text += ":" + escaped(chance, pieces.password);
  if (!pieces.user.empty()) text += "@";
  text += in_any_case(chance, pieces.host) + pieces.port;
  chance.shuffle(pieces.parameters);
  for (const auto& [name, value] : pieces.parameters) {
    // Of parameters the names know no case, and the values neither (but for method).
    text += ";" + escaped(chance, in_any_case(chance, name));
    if (value.empty()) continue;
    text += "=" + escaped(chance, name == "method" ? value : in_any_case(chance, value));
  }
  chance.shuffle(pieces.headers);
  for (std::size_t i = 0; i < pieces.headers.size(); ++i) {
    const auto& [name, value] = pieces.headers[i];
    text += (i == 0 ? "?" : "&") + escaped(chance, in_any_case(chance, name)) + "=" +
            escaped(chance, value);
  }
  return text;
}

SipUri parsed(const std::string& text) {
  auto uri = SipUri::parse(text);
  if (!uri) throw std::runtime_error(text + " " + uri.error());
  return *std::move(uri);
}

TEST(SipUriProperties, EquivalenceIsReflexive) {
  Chance chance;
  for (int i = 0; i < rounds; ++i) {
    const SipUri uri = parsed(spelled(chance, random_pieces(chance)));
    ASSERT_TRUE(equivalent(uri, uri)) << uri.text();
  }
}

TEST(SipUriProperties, EquivalenceIsSymmetric) {
  Chance chance;
  int equal = 0;
  for (int i = 0; i < rounds; ++i) {
    const Pieces pieces = random_pieces(chance);
    Pieces other = random_pieces(chance);
    if (chance.one_in(2)) {  // two that differ in what may be ignored
      const auto parameters = std::move(other.parameters);
      other = pieces;
      other.parameters = parameters;
    }
    const SipUri a = parsed(spelled(chance, pieces));
    const SipUri b = parsed(spelled(chance, other));
    ASSERT_EQ(equivalent(a, b), equivalent(b, a)) << a.text() << " and " << b.text();
    if (equivalent(a, b)) ++equal;
  }
  EXPECT_GT(equal, rounds / 20) << "hardly any were equal, and symmetry was hardly tried";
}

TEST(SipUriProperties, EquivalenceDoesNotDependOnSpelling) {
  Chance chance;
  for (int i = 0; i < rounds; ++i) {
    const Pieces pieces = random_pieces(chance);
    const SipUri a = parsed(spelled(chance, pieces));
    const SipUri b = parsed(spelled(chance, pieces));
    ASSERT_TRUE(equivalent(a, b)) << a.text() << " and " << b.text();
    const SipUri other = parsed(spelled(chance, random_pieces(chance)));
    ASSERT_EQ(equivalent(a, other), equivalent(b, other))
        << a.text() << ", " << b.text() << " and " << other.text();
  }
}

/// What RFC 3261 section 19.1.4 never ignores.
TEST(SipUriProperties, AnotherUserPortOrSchemeIsAnotherUri) {
  Chance chance;
  for (int i = 0; i < rounds; ++i) {
    const Pieces pieces = random_pieces(chance);
    Pieces other = pieces;
    switch (chance.below(4)) {
      case 0:
        other.scheme = pieces.scheme == "sip:" ? "sips:" : "sip:";
        break;
      case 1:
        other.user = pieces.user + "x";
        break;
      case 2:
        other.port = pieces.port.empty() ? ":5060" : "";
        break;
      default:
        other.host = "other." + std::string("example.net");
    }
    const SipUri a = parsed(spelled(chance, pieces));
    const SipUri b = parsed(spelled(chance, other));
    ASSERT_FALSE(equivalent(a, b)) << a.text() << " and " << b.text();
  }
}

}  // namespace
}  // namespace sipdrift
