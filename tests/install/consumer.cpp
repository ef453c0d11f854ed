// Reads a manifest and a reply with the installed library, and makes a fetcher, so that every
// library behind it is linked.

#include <iostream>

#include "sipdrift/formats.hpp"
#include "sipdrift/http_fetcher.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/provider.hpp"
#include "sipdrift/version.hpp"

int main() {
  const auto manifest =
      sipdrift::read_manifest({{"m", "version: 1\nnumbers: [{range: +10..+19, port: 1}]\n"}});
  const auto fetcher = sipdrift::make_http_fetcher({.api_url = "https://api.example.com"});
  if (!manifest) return 1;
  const auto live = sipdrift::decode_sip_config(
      manifest->numbers.front().number,
      {.status = 200,
       .content_type = "application/json",
       .body = R"({"data":{"inbound":null,"outbound":null},"errors":null})"});
  if (!live || !fetcher || sipdrift::find_format("json") == nullptr) return 1;
  std::cout << sipdrift::version() << ' ' << manifest->numbers.size() << '\n';
  return 0;
}
