// The last barrier before the terminal and the log: takes the API key out of any text.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipdrift {

class SecretFilter {
 public:
  /// A filter that lets everything through.
  SecretFilter() = default;

  explicit SecretFilter(std::string_view secret) { learn(secret); }

  /// Takes out `secret` as well: as it stands, percent-encoded, escaped as in JSON and XML, and in
  /// Base64 of either alphabet, be it alone or with something before and behind it ("user:SECRET").
  /// One of fewer than six characters is let through.
  void learn(std::string_view secret);

  /// `text` with every occurrence replaced.
  [[nodiscard]] std::string filter(std::string text) const;

  /// Whether there is anything to replace in it. Fast, as whole reports go through it.
  [[nodiscard]] bool is_in(std::string_view text) const;

  /// The length of the longest text that is replaced; 0 if nothing is.
  [[nodiscard]] std::size_t longest() const;

 private:
  std::vector<std::string> spellings_;  // the longest first; none empty, none twice
};

}  // namespace sipdrift
