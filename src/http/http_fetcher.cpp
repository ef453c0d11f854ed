// The fetcher, as others see it.

#include "sipdrift/http_fetcher.hpp"

#include <optional>
#include <stdexcept>
#include <utility>

#include <curl/curl.h>

#include "http/fetch_run.hpp"

namespace sipdrift {

namespace {

void set_up_libcurl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

class HttpFetcher : public Fetcher {
 public:
  HttpFetcher(HttpOptions options, std::stop_token stop)
      : options_(std::move(options)), settings_(options_), stop_(std::move(stop)) {}

  FetchSummary fetch(std::size_t count, const TargetOf& target, const FetchConditions& conditions,
                     const Deliver& deliver) override {
    if (!run_) run_.emplace(settings_);
    return run_->run({count, target, conditions, deliver}, stop_);
  }

 private:
  HttpOptions options_;
  TransferSettings settings_;
  std::stop_token stop_;
  std::optional<FetchRun> run_;
};

}  // namespace

std::unique_ptr<Fetcher> make_http_fetcher(HttpOptions options, std::stop_token stop) {
  set_up_libcurl();
  return std::make_unique<HttpFetcher>(std::move(options), std::move(stop));
}

}  // namespace sipdrift
