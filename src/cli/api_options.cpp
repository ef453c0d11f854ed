// Where the API is, how it is asked, and how fast.

#include "cli/api_options.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "cli/option_kinds.hpp"

namespace sipdrift {

namespace {

void add_reach_options(CLI::App& app, ApiValues& values) {
  app.add_option("--api-url", values.url,
                 "The provider's API; else the environment's SIPDRIFT_API_URL")
      ->envname("SIPDRIFT_API_URL")
      ->option_text(fmt::format("URL [{}]", default_api_url));
  app.add_option("--api-key-file", values.api.key_file,
                 "A file that holds the API key, readable by its owner alone; else the key is the "
                 "environment's BLAND_API_KEY")
      ->option_text("FILE");
  add_choice<AuthScheme>(app, "--auth-scheme", values.api.http.auth_scheme,
                         {{"bearer", AuthScheme::bearer}, {"raw", AuthScheme::raw}},
                         "How the key stands in the Authorization header");
  app.add_option("--ca-file", values.api.http.ca_file,
                 "A PEM file of CAs to trust beside the system's")
      ->option_text("FILE");
  app.add_option("--ca-path", values.api.http.ca_path,
                 "A directory of CAs to trust beside the system's, as openssl-rehash names them")
      ->option_text("DIR");
  app.add_option("--proxy", values.api.http.proxy,
                 "The proxy for https; else the environment's https_proxy and no_proxy")
      ->option_text("URL");
}

void add_pace_options(CLI::App& app, ApiValues& values) {
  constexpr double shortest = 0.001;
  constexpr double longest = 86'400;
  add_bounded<std::size_t>(app, "-j,--concurrency", values.api.http.concurrency, 1, 1024, "N", "16",
                           "Requests under way at once, at most");
  add_bounded(app, "--rate", values.rate, 0.001, 1e6, "N", "",
              "Requests begun in a second, at most");
  add_bounded(app, "--retries", values.api.http.retries, 0, 100, "N", "3",
              "Further attempts for a number, after the first");
  add_bounded(app, "--timeout", values.timeout.value, shortest, longest, "SECONDS", "10",
              "For one attempt");
  add_bounded(app, "--connect-timeout", values.connect_timeout.value, shortest, longest, "SECONDS",
              "5", "For its connection");
  add_bounded(app, "--max-wait", values.max_wait.value, 0.0, longest, "SECONDS", "60",
              "The longest wait that the API may ask for");
  add_bounded(app, "--deadline", values.deadline.value, shortest, longest, "SECONDS", "",
              "For the whole run; what is not done by then is not compared");
}

}  // namespace

void add_api_options(CLI::App& app, ApiValues& values) {
  add_reach_options(app, values);
  add_pace_options(app, values);
}

ApiAccess parse_api(ApiValues values, const CLI::App& app) {
  HttpOptions& http = values.api.http;
  auto url = check_api_url(values.url);
  if (!url) throw CLI::ValidationError("--api-url", url.error());  // unquoted: it may hold a secret
  http.api_url = *std::move(url);
  if (!http.proxy.empty() && !is_proxy_url(http.proxy)) {
    throw CLI::ValidationError("--proxy",
                               "is not a URL; it looks like http://proxy.example.com:3128");
  }
  http.timeout = values.timeout.in_ms();
  http.connect_timeout = values.connect_timeout.in_ms();
  http.max_wait = values.max_wait.in_ms();
  if (app.count("--deadline") > 0) http.deadline = values.deadline.in_ms();
  if (app.count("--rate") > 0) http.rate = values.rate;
  return std::move(values.api);
}

}  // namespace sipdrift
