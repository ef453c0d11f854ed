// Live records in few words, and what a manifest that is written of them declares.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sipdrift/compare.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/manifest_writer.hpp"

namespace sipdrift {

/// A direction with an endpoint, unless that is empty.
inline LiveDirection live_direction(std::string endpoint, std::string transport = "",
                                    std::optional<std::uint16_t> port = {}) {
  LiveDirection live;
  if (!endpoint.empty()) live.sip_endpoint = std::move(endpoint);
  if (!transport.empty()) live.transport = std::move(transport);
  if (port) live.port = Observed<std::uint16_t>{*port};
  return live;
}

inline LiveDirection live_auth(std::string auth_mode) {
  LiveDirection live;
  live.auth_mode = std::move(auth_mode);
  return live;
}

inline LiveRecord live(std::string_view number, std::optional<LiveDirection> inbound,
                       std::optional<LiveDirection> outbound) {
  return {E164::parse(number).value(), std::move(inbound), std::move(outbound)};
}

/// Records of listed numbers, with nothing else to tell.
struct Fleet {
  Fleet() = default;
  explicit Fleet(std::vector<LiveRecord> some) : records(std::move(some)) {}

  std::vector<LiveRecord> records;
  std::vector<UnreadNumber> unread;
  std::vector<std::string> other_identifiers;
  std::vector<UntoldDirections> untold;
  bool are_listed = true;

  [[nodiscard]] ManifestContent content() const {
    return {.records = records,
            .unread = unread,
            .other_identifiers = other_identifiers,
            .untold = untold,
            .are_listed = are_listed,
            .api_url = "https://api.example.com",
            .redact = {}};
  }
};

/// Reads the text again, and holds every record against what it declares of its number: a record is
/// declared or told to be undeclared, and nothing is found between the two.
inline Manifest expect_in_sync(const WrittenManifest& written,
                               const std::vector<LiveRecord>& records,
                               MatchMode mode = MatchMode::sip) {
  auto read = read_manifest({{"m.yaml", written.text}});
  if (!read) {
    ADD_FAILURE() << with_excerpt(read.error().front()) << "\n" << written.text;
    return {};
  }
  EXPECT_EQ(read->numbers.size(), written.declared);
  EXPECT_EQ(written.declared + written.undeclared.size(), records.size());
  auto declared = read->numbers.begin();
  auto undeclared = written.undeclared.begin();
  for (const LiveRecord& record : records) {
    if (undeclared != written.undeclared.end() && *undeclared == record.number) {
      ++undeclared;
      continue;
    }
    if (declared == read->numbers.end() || declared->number != record.number) {
      ADD_FAILURE() << record.number.text() << " is lost\n" << written.text;
      return {};
    }
    const Expectation& expectation = read->declaration_of(*declared).expectation;
    const Comparison outcome = compare(expectation, record, mode);
    EXPECT_FALSE(outcome.matches.empty());
    for (const Finding& finding : outcome.findings) {
      ADD_FAILURE() << record.number.text() << " " << finding.path.text() << "\n" << written.text;
    }
    ++declared;
  }
  return *std::move(read);
}

}  // namespace sipdrift
