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

  /// A filter for `secret` as it stands, in Base64 and percent-encoded.
  explicit SecretFilter(std::string_view secret);

  /// `text` with every occurrence replaced.
  [[nodiscard]] std::string filter(std::string text) const;

 private:
  std::vector<std::string> spellings_;
};

}  // namespace sipdrift
