// What is declared and what is live, in few words; and the one finding or match that comes of them.

#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include "sipdrift/compare.hpp"

namespace sipdrift {

inline void PrintTo(const Value& value, std::ostream* out) {
  if (const auto* const text = std::get_if<std::string>(&value)) *out << '"' << *text << '"';
  if (const auto* const number = std::get_if<std::int64_t>(&value)) *out << *number;
  if (const auto* const flag = std::get_if<bool>(&value)) *out << *flag;
  if (value.index() == 0) *out << "nothing";
}

inline const E164 some_number = E164::parse("+14150000000").value();
inline const Value nothing;

inline Value text(std::string value) { return value; }
inline Value integer(std::int64_t value) { return value; }

inline Declared<SipUri> endpoint(std::string_view uri) { return {SipUri::parse(uri).value()}; }
inline Declared<std::uint16_t> port(std::uint16_t value) { return {value}; }
inline Declared<Transport> transport(Transport value) { return {value}; }
template <class T>
Declared<T> unset() {
  return {};
}

inline Comparison compare_outbound(const DirectionExpectation& declared,
                                   const std::optional<LiveDirection>& live,
                                   MatchMode mode = MatchMode::sip) {
  Expectation expectation;
  expectation.outbound = declared;
  Comparison outcome = compare(expectation, {some_number, std::nullopt, live}, mode);
  EXPECT_EQ(outcome.findings.size() + outcome.matches.size(), expectation.check_count());
  return outcome;
}

inline Finding only_finding(const Comparison& outcome) {
  EXPECT_EQ(outcome.findings.size(), 1U);
  return outcome.findings.empty() ? Finding() : outcome.findings.front();
}

inline Match only_match(const Comparison& outcome) {
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.matches.size(), 1U);
  return outcome.matches.empty() ? Match() : outcome.matches.front();
}

inline LiveDirection live_endpoint(std::string uri) {
  LiveDirection live;
  live.sip_endpoint = std::move(uri);
  return live;
}

inline DirectionExpectation with_endpoint(std::string_view uri) {
  DirectionExpectation declared;
  declared.sip_endpoint = endpoint(uri);
  return declared;
}

}  // namespace sipdrift
