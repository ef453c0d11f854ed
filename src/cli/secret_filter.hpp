// The last barrier before the terminal and the log: takes the API key out of any text.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sipdrift {

class SecretFilter {
 public:
  /// A filter that lets everything through.
  SecretFilter() = default;

  /// A filter for `secret` as it stands, percent-encoded, escaped as in JSON, and in Base64, be it
  /// alone or with something before and behind it ("user:SECRET"). One of fewer than six characters
  /// is let through.
  explicit SecretFilter(std::string_view secret);

  /// `text` with every occurrence replaced.
  [[nodiscard]] std::string filter(std::string text) const;

 private:
  std::vector<std::string> spellings_;
};

}  // namespace sipdrift
