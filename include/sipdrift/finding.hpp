// The outcome of comparing one number: what differs (findings) and what agrees (matches).

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sipdrift/e164.hpp"
#include "sipdrift/sip_settings.hpp"
#include "sipdrift/timestamp.hpp"

namespace sipdrift {

enum class FindingKind : std::uint8_t {
  changed,     ///< live has another value
  missing,     ///< declared, but live has no value, or no such direction
  unexpected,  ///< declared unset or absent, but live has it
};
inline constexpr std::array all_finding_kinds{FindingKind::changed, FindingKind::missing,
                                              FindingKind::unexpected};

/// How bad a finding is; ordered.
enum class Severity : std::uint8_t {
  major,     ///< any other drift
  critical,  ///< encryption is lost: tls to a cleartext transport, secure_media off, sips to sip
};
inline constexpr std::array all_severities{Severity::critical, Severity::major};

/// What made two different spellings equivalent, or a difference a finding.
enum class Rule : std::uint8_t {
  none,                          ///< plain equality
  sip_uri_comparison,            ///< RFC 3261 section 19.1.4
  not_a_sip_uri,                 ///< live's sip_endpoint is no SIP URI, and so equal to none
  effective_port_and_transport,  ///< the same port and transport, in the endpoint or beside it
  taken_from_endpoint,           ///< the value stands inside live's sip_endpoint
  options_over_endpoint,         ///< live's options override what its sip_endpoint says
  integer_in_string,             ///< live has the integer as a string
  boolean_in_string,             ///< live has the boolean as a string
  letter_case,                   ///< transport names are compared without regard to case
  exact_match,                   ///< equivalent, but exact agreement was asked for
  redacted_part,                 ///< the difference is in a part that is not shown
};
inline constexpr std::array all_rules{Rule::none,
                                      Rule::sip_uri_comparison,
                                      Rule::not_a_sip_uri,
                                      Rule::effective_port_and_transport,
                                      Rule::taken_from_endpoint,
                                      Rule::options_over_endpoint,
                                      Rule::integer_in_string,
                                      Rule::boolean_in_string,
                                      Rule::letter_case,
                                      Rule::exact_match,
                                      Rule::redacted_part};

/// How a declared field agrees with live.
enum class Agreement : std::uint8_t { identical, equivalent };

// Stable words, as reports have them. A Rule's name is empty for `none`.
[[nodiscard]] std::string_view name(FindingKind kind);
[[nodiscard]] std::string_view name(Severity severity);
[[nodiscard]] std::string_view name(Rule rule);
[[nodiscard]] std::string_view name(Agreement agreement);

/// One sentence for a person on what the rule says; empty for `none`.
[[nodiscard]] std::string_view explanation(Rule rule);

/// A value as it is compared and shown: nothing (unset, absent, not there), a text, a port, or a
/// boolean.
using Value = std::variant<std::monostate, std::string, std::int64_t, bool>;

/// How a finding stands to the report of an earlier run.
enum class BaselineState : std::uint8_t {
  fresh,      ///< "new": that report does not have it
  unchanged,  ///< it was there, with the same values
  updated,    ///< it was there, with another value on either side, perhaps in a part that is not
              ///< shown, or a waiver covered it that does no more
};
inline constexpr std::array all_baseline_states{BaselineState::fresh, BaselineState::unchanged,
                                                BaselineState::updated};

/// "new", "unchanged", "updated": as SARIF 2.1.0 section 3.27.24 has them.
[[nodiscard]] std::string_view name(BaselineState state);

/// What is remembered of a finding from run to run.
struct Baseline {
  BaselineState state = BaselineState::fresh;
  Timestamp first_seen;  ///< when the first of the runs in a row saw it
  std::size_t runs = 1;  ///< in how many of them it was seen, this one included

  friend bool operator==(const Baseline&, const Baseline&) = default;
};

/// One difference between what is declared and what is live. Its values are for reports: without
/// secrets, so that two that differed may have become the same (Rule::redacted_part says so); texts
/// may still hold control characters.
struct Finding {
  FieldPath path;
  FindingKind kind = FindingKind::changed;
  Severity severity = Severity::major;
  Value expected;
  Value actual;
  Rule rule = Rule::none;

  /// The waiver in force that covers it, as a position in Report::waivers.
  std::optional<std::uint32_t> waiver{};

  /// Nothing, if there was no earlier report to hold it against.
  std::optional<Baseline> baseline{};
};

/// One declared field, or direction, on which declared and live agree.
struct Match {
  FieldPath path;
  Agreement agreement = Agreement::identical;
  Rule rule = Rule::none;  ///< what made it equivalent; `none` if identical
};

/// All that was compared of one number: every declared field stands in exactly one of the two
/// lists, each sorted by path. Only an empty `findings` beside a non-empty `matches` is proof that
/// a number is in sync.
struct Comparison {
  std::vector<Finding> findings;
  std::vector<Match> matches;
};

/// The name by which a finding is known from night to night: the SHA-256, in hex, of number, path
/// and kind. Values and manifest lines have no part in it.
[[nodiscard]] std::string fingerprint(const E164& number, const Finding& finding);

}  // namespace sipdrift
