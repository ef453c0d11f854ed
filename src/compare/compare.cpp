// Field by field: each declared one becomes exactly one finding or one match.

#include "sipdrift/compare.hpp"

#include <string>
#include <utility>

#include "compare/endpoint_verdict.hpp"
#include "compare/live_endpoint.hpp"
#include "compare/live_field.hpp"
#include "model/redaction.hpp"

namespace sipdrift {

namespace {

const Value nothing;

const LiveDirection not_configured;  // has no value for anything

/// A declared value as it is compared; nothing if it is declared unset.
Value expected_value(const Declared<AuthMode>& declared) {
  return declared.value ? Value(std::string(name(*declared.value))) : nothing;
}
Value expected_value(const Declared<Transport>& declared) {
  return declared.value ? Value(std::string(name(*declared.value))) : nothing;
}
Value expected_value(const Declared<std::uint16_t>& declared) {
  return declared.value ? Value(std::int64_t{*declared.value}) : nothing;
}
Value expected_value(const Declared<bool>& declared) {
  return declared.value ? Value(*declared.value) : nothing;
}
Value expected_value(const Declared<SipUri>& declared) {
  return declared.value ? Value(declared.value->text()) : nothing;
}

/// Collects the outcome for one direction.
class DirectionComparison {
 public:
  DirectionComparison(Direction direction, MatchMode mode, Comparison& outcome)
      : direction_(direction), mode_(mode), outcome_(outcome) {}

  void absence(bool is_configured) {
    if (is_configured) {
      find({.path = {direction_, std::nullopt},
            .kind = FindingKind::unexpected,
            .severity = Severity::major,
            .expected = nothing,
            .actual = std::string("configured"),
            .rule = Rule::none});
    } else {
      outcome_.matches.push_back({.path = {direction_, std::nullopt}});
    }
  }

  /// `loses_encryption` says whether this difference, if it is one, is critical.
  void field(Field name, const Value& expected, const LiveField& live, bool loses_encryption) {
    Finding finding{.path = {direction_, name},
                    .kind = FindingKind::changed,
                    .severity = loses_encryption ? Severity::critical : Severity::major,
                    .expected = expected,
                    .actual = live.shown,
                    .rule = live.rule == Rule::none ? live.spelling : live.rule};
    // That it is written in another case is not why it differs.
    if (finding.rule == Rule::letter_case) finding.rule = Rule::none;
    if (expected == nothing) {
      finding.kind = FindingKind::unexpected;
      if (live.value == nothing && !live.is_unknowable) return match(name, true, Rule::none);
    } else if (live.value == nothing) {
      finding.kind = FindingKind::missing;
      finding.actual = nothing;
    } else if (live.value == expected) {
      const bool agrees = live.as_documented || mode_ == MatchMode::sip;
      if (agrees) {
        const bool is_respelled = live.spelling != Rule::none;
        return match(name, live.as_documented, is_respelled ? live.spelling : live.rule);
      }
      finding.rule = Rule::exact_match;
    }
    find(std::move(finding));
  }

  void endpoint(const DirectionExpectation& declared, const LiveEndpoint& live) {
    const Value expected = expected_value(*declared.sip_endpoint);
    const Value text = live.text() ? Value(*live.text()) : nothing;
    if (expected == nothing || text == nothing) {
      return field(Field::sip_endpoint, expected, {.value = text, .shown = text}, false);
    }
    const EndpointVerdict verdict = judge_endpoint(declared, live);
    const bool identical = declared.sip_endpoint->value->text() == *live.text();
    if (verdict.agrees && (identical || mode_ == MatchMode::sip)) {
      return match(Field::sip_endpoint, identical, verdict.rule);
    }
    find({.path = {direction_, Field::sip_endpoint},
          .kind = FindingKind::changed,
          .severity = verdict.severity,
          .expected = expected,
          .actual = verdict.shown,
          .rule = verdict.agrees ? Rule::exact_match : verdict.rule});
  }

 private:
  void match(Field name, bool identical, Rule rule) {
    outcome_.matches.push_back(
        {.path = {direction_, name},
         .agreement = identical ? Agreement::identical : Agreement::equivalent,
         .rule = identical ? Rule::none : rule});
  }

  /// Nothing is compared any more from here on, so that its values can lose their secrets.
  void find(Finding finding) {
    const bool differs = finding.expected != finding.actual;
    redact(finding.expected);
    redact(finding.actual);
    if (differs && finding.expected == finding.actual) finding.rule = Rule::redacted_part;
    outcome_.findings.push_back(std::move(finding));
  }

  static void redact(Value& value) {
    if (auto* const text = std::get_if<std::string>(&value)) *text = redacted_endpoint(*text);
  }

  Direction direction_;
  MatchMode mode_;
  Comparison& outcome_;
};

void compare_direction(Direction direction, const DirectionExpectation& declared,
                       const std::optional<LiveDirection>& configured, MatchMode mode,
                       Comparison& outcome) {
  DirectionComparison comparison(direction, mode, outcome);
  if (declared.absent) return comparison.absence(configured.has_value());

  const LiveDirection& live = configured ? *configured : not_configured;
  const LiveEndpoint endpoint(live);

  // In the order of the fields' names, in which reports list them.
  if (declared.auth_mode) {
    comparison.field(Field::auth_mode, expected_value(*declared.auth_mode), read_auth_mode(live),
                     false);
  }
  if (declared.port) {
    comparison.field(Field::port, expected_value(*declared.port), read_port(live, endpoint, mode),
                     false);
  }
  if (declared.secure_media) {
    const LiveField field = read_secure_media(live);
    const bool loses_encryption =
        declared.secure_media->value == true && field.value == Value(false);
    comparison.field(Field::secure_media, expected_value(*declared.secure_media), field,
                     loses_encryption);
  }
  if (declared.sip_endpoint) comparison.endpoint(declared, endpoint);
  if (declared.transport) {
    const LiveField field = read_transport(live, endpoint, mode);
    const auto* const transport = std::get_if<std::string>(&field.value);
    const bool loses_encryption = declared.transport->value == Transport::tls &&
                                  transport != nullptr && is_cleartext(*transport);
    comparison.field(Field::transport, expected_value(*declared.transport), field,
                     loses_encryption);
  }
}

}  // namespace

Comparison compare(const Expectation& expectation, const LiveRecord& live, MatchMode mode) {
  Comparison outcome;
  for (const Direction direction : all_directions) {
    compare_direction(direction, expectation[direction], live[direction], mode, outcome);
  }
  return outcome;
}

}  // namespace sipdrift
