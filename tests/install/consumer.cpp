// Reads a manifest with the installed library, and makes a fetcher, so that every library behind it
// is linked.

#include <iostream>

#include "sipdrift/formats.hpp"
#include "sipdrift/http_fetcher.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/version.hpp"

int main() {
  const auto manifest =
      sipdrift::read_manifest({{"m", "version: 1\nnumbers: [{range: +10..+19, port: 1}]\n"}});
  const auto fetcher = sipdrift::make_http_fetcher({.api_url = "https://api.example.com"});
  if (!manifest || !fetcher || sipdrift::find_format("json") == nullptr) return 1;
  std::cout << sipdrift::version() << ' ' << manifest->numbers.size() << '\n';
  return 0;
}
