// A fetcher that answers from a table, a small manifest, and the options of a plain audit.

#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sipdrift/audit.hpp"

namespace sipdrift {

/// Answers targets from a table; delivers backwards, as order must not matter. Over connections of
/// their own, it answers from the second table.
class TableFetcher : public Fetcher {
 public:
  std::map<std::string, FetchOutcome> outcomes;
  std::map<std::string, FetchOutcome> repeated;
  FetchEnd end = FetchEnd::complete;
  std::vector<std::string> asked;

  FetchSummary fetch(std::size_t count, const TargetOf& target, const FetchConditions& conditions,
                     const Deliver& deliver) override {
    const bool is_shared = conditions.connections == Connections::shared;
    const auto& table = is_shared ? outcomes : repeated;
    for (std::size_t i = count; i > 0; --i) {
      asked.push_back(target(i - 1));
      const auto found = table.find(asked.back());
      if (found == table.end()) continue;
      FetchOutcome outcome = found->second;
      outcome.position = i - 1;
      deliver({outcome});
    }
    return {.end = end, .reason = end == FetchEnd::complete ? "" : "of a reason", .statistics = {}};
  }
};

inline FetchOutcome answered(std::string body, int status = 200) {
  return {.position = 0,
          .answer = HttpReply{status, "application/json", std::move(body), false},
          .attempts = 2,
          .duration = std::chrono::milliseconds(7),
          .given_up = {}};
}

inline FetchOutcome failed(ErrorKind kind, int attempts) {
  return {.position = 0,
          .answer = NotCompared{kind, "reason with SECRET"},
          .attempts = attempts,
          .duration = {},
          .given_up = {}};
}

inline std::string target(const std::string& digits) { return "/v1/sip?phone_number=%2B" + digits; }

inline std::string outbound_port(const std::string& number, int port) {
  return R"({"data":{"inbound":null,"outbound":{"number":")" + number +
         R"(","direction":"outbound","sip_endpoint":null,"options":{"port":)" +
         std::to_string(port) + R"(}}},"errors":null})";
}

inline Manifest manifest() {
  auto read = read_manifest({{"m.yaml", R"(version: 1
profiles: {acme: {outbound: {port: 5061}}}
numbers:
  - {numbers: ["+12", "+13", "+14"], profile: acme, tags: [site:ams]}
  - {number: "+15", port: 5061, tags: [site:sfo, gold]}
)"}});
  EXPECT_TRUE(read);
  return *std::move(read);
}

inline AuditOptions options() {
  AuditOptions options;
  options.run_id = "run-1";
  options.api_url = "https://api.example.com";
  options.now = [] { return Timestamp{std::chrono::milliseconds(5000)}; };
  options.elapsed = [] { return std::chrono::milliseconds(0); };
  return options;
}

/// With a filter that takes `secret` out.
inline AuditOptions options_without(const std::string& secret) {
  AuditOptions with_redaction = options();
  with_redaction.redact = [secret](std::string text) {
    const std::size_t found = text.find(secret);
    if (found != std::string::npos) text.replace(found, secret.size(), "***");
    return text;
  };
  return with_redaction;
}

}  // namespace sipdrift
