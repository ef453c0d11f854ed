// The spellings in which a key may come back from an API or a library.

#include "cli/secret_filter.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "model/base64.hpp"
#include "model/redaction.hpp"

namespace sipdrift {

namespace {

std::string base64_of(std::string_view text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  return base64(bytes);
}

/// `text` in Base64 without padding; and what stands there for all but its ends, wherever in a
/// longer text it stands: that depends on its offset in groups of three bytes alone.
std::vector<std::string> base64_spellings(std::string_view text) {
  std::string whole = base64_of(text);
  while (whole.ends_with('=')) whole.pop_back();
  std::vector<std::string> spellings{std::move(whole)};
  for (std::size_t offset = 0; offset < 3; ++offset) {
    const std::string encoded = base64_of(std::string(offset, ' ').append(text));
    const std::size_t begin = offset == 0 ? 0 : 4;
    const std::size_t end = (offset + text.size()) / 3 * 4;
    constexpr std::size_t shortest = 8;  // a shorter one would be found where it is not meant
    if (end >= begin + shortest) spellings.push_back(encoded.substr(begin, end - begin));
  }
  return spellings;
}

/// RFC 4648 section 5.
std::string in_alphabet_for_urls(std::string encoded) {
  std::replace(encoded.begin(), encoded.end(), '+', '-');
  std::replace(encoded.begin(), encoded.end(), '/', '_');
  return encoded;
}

std::string percent_encoded(std::string_view text, bool in_upper_case) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded.push_back(c);
    } else if (in_upper_case) {
      fmt::format_to(std::back_inserter(encoded), "%{:02X}", byte);
    } else {
      fmt::format_to(std::back_inserter(encoded), "%{:02x}", byte);
    }
  }
  return encoded;
}

/// As JSON has it; the more cautious of its writers escape the slash as well.
std::string json_escaped(std::string_view text, bool with_slash) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\' || (c == '/' && with_slash)) escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

/// As XML and HTML have it, with or without the quotes.
std::string xml_escaped(std::string_view text, bool with_quotes) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += with_quotes ? "&quot;" : "\"";
        break;
      case '\'':
        escaped += with_quotes ? "&#x27;" : "'";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace

void SecretFilter::learn(std::string_view secret) {
  constexpr std::size_t shortest = 6;  // a shorter one is no secret, and stands in other words
  if (secret.size() < shortest) return;
  for (const bool one : {false, true}) {
    spellings_.push_back(percent_encoded(secret, one));
    spellings_.push_back(json_escaped(secret, one));
    spellings_.push_back(xml_escaped(secret, one));
  }
  spellings_.emplace_back(secret);
  for (const std::string& encoded : base64_spellings(secret)) {
    spellings_.push_back(encoded);
    spellings_.push_back(in_alphabet_for_urls(encoded));
  }
  // A longer one may hold a shorter one.
  std::sort(spellings_.begin(), spellings_.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  spellings_.erase(std::unique(spellings_.begin(), spellings_.end()), spellings_.end());
}

bool SecretFilter::is_in(std::string_view text) const {
  return std::any_of(spellings_.begin(), spellings_.end(), [&](const std::string& spelling) {
    return memmem(text.data(), text.size(), spelling.data(), spelling.size()) != nullptr;
  });
}

std::size_t SecretFilter::longest() const {
  return spellings_.empty() ? 0 : spellings_.front().size();
}

std::string SecretFilter::filter(std::string text) const {
  for (const std::string& spelling : spellings_) {
    std::size_t found = text.find(spelling);
    while (found != std::string::npos) {
      text.replace(found, spelling.size(), redacted_mark);
      found = text.find(spelling, found + redacted_mark.size());
    }
  }
  return text;
}

}  // namespace sipdrift
