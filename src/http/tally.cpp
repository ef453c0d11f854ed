// Sums, and the one name of a version of HTTP.

#include "http/tally.hpp"

#include <algorithm>

namespace sipdrift {

namespace {

const char* protocol_name(long http_version) {
  switch (http_version) {
    case CURL_HTTP_VERSION_1_0:
      return "HTTP/1.0";
    case CURL_HTTP_VERSION_1_1:
      return "HTTP/1.1";
    default:
      return "HTTP/2";
  }
}

}  // namespace

void Tally::count_request(std::size_t under_way) {
  ++counted_.requests;
  counted_.highest_concurrency = std::max(counted_.highest_concurrency, under_way);
}

void Tally::count(const Attempt& attempt) {
  counted_.connections += attempt.connections;
  counted_.bytes += attempt.bytes;
  if (attempt.http_version != 0) counted_.protocol = protocol_name(attempt.http_version);
  if (attempt.code == CURLE_OK) latencies_.add(attempt.duration);
}

FetchStatistics Tally::statistics() const {
  FetchStatistics statistics = counted_;
  statistics.latency = latencies_.percentiles();
  return statistics;
}

}  // namespace sipdrift
