// The options of how the provider's API is reached, which several commands have.

#pragma once

#include <chrono>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/options.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

/// The target of an option that takes seconds.
struct Seconds {
  double value;

  [[nodiscard]] std::chrono::milliseconds in_ms() const {
    return std::chrono::milliseconds(static_cast<std::int64_t>(value * 1000));
  }
};

/// What the options are read into.
struct ApiValues {
  ApiAccess api;
  std::string url{default_api_url};
  Seconds timeout{10};
  Seconds connect_timeout{5};
  Seconds max_wait{60};
  Seconds deadline{0};
  double rate = 0;
};

/// Adds --api-url and its like, and those of pace: --concurrency, --rate, --timeout...
void add_api_options(CLI::App& app, ApiValues& values);

/// What was asked for. Throws CLI::ValidationError for a URL that will not do.
[[nodiscard]] ApiAccess parse_api(ApiValues values, const CLI::App& app);

}  // namespace sipdrift
