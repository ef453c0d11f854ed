// The key's two places, libcurl's CAs, and an id for the run.

#include "cli/api_access.hpp"

#include <cstdint>
#include <cstdlib>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "cli/input_files.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

std::optional<std::string> load_key(const std::string& file) {
  if (!file.empty()) {
    auto key = read_key_file(file);
    if (key) {
      keep_secret(*key);
      return *std::move(key);
    }
    // Not even the name: it may be the key itself.
    say("--api-key-file: " + key.error());
    return std::nullopt;
  }
  const char* const key = std::getenv("BLAND_API_KEY");
  if (key == nullptr) {
    say("no API key: set BLAND_API_KEY in the environment, or give --api-key-file FILE");
    return std::nullopt;
  }
  const std::string fault = key_fault(key);
  if (fault.empty()) {
    keep_secret(key);
    return key;
  }
  say("the key in BLAND_API_KEY " + fault);
  return std::nullopt;
}

bool prepare_tls(const HttpOptions& http) {
  const std::string file_fault = check_ca_file(http.ca_file);
  if (!file_fault.empty()) say(fmt::format("--ca-file {}: {}", visible(http.ca_file), file_fault));
  const std::string path_fault = check_ca_path(http.ca_path);
  if (!path_fault.empty()) say(fmt::format("--ca-path {}: {}", visible(http.ca_path), path_fault));
  unsetenv("SSLKEYLOGFILE");  // libcurl would write down what decrypts the key
  return file_fault.empty() && path_fault.empty();
}

std::string new_run_id() {
  std::random_device random;
  const std::uint32_t a = random();
  const std::uint32_t b = random();
  const std::uint32_t c = random();
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:04x}{:08x}", a, b >> 16U,
                     0x4000U | (b & 0x0FFFU), 0x8000U | (c >> 18U), c & 0xFFFFU, random());
}

}  // namespace sipdrift
