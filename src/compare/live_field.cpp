// Reading single fields of a live direction: options first, the endpoint second.

#include "compare/live_field.hpp"

#include "model/characters.hpp"

namespace sipdrift {

namespace {

bool is_nothing(const Value& value) { return std::holds_alternative<std::monostate>(value); }

LiveField plain(const Value& value) { return {.value = value, .shown = value}; }

/// What only the endpoint can tell: `inside` it, or unknowable where it is no SIP URI. Where values
/// are to agree as they stand, one inside the endpoint is neither the declared one nor none.
LiveField from_endpoint(const Value& inside, const LiveEndpoint& endpoint, MatchMode mode) {
  if (endpoint.is_unreadable()) {
    return {
        .value = {}, .shown = *endpoint.text(), .rule = Rule::not_a_sip_uri, .is_unknowable = true};
  }
  if (is_nothing(inside)) return {};
  if (mode == MatchMode::exact) {
    return {.value = {}, .shown = inside, .rule = Rule::taken_from_endpoint, .is_unknowable = true};
  }
  return {
      .value = inside, .shown = inside, .as_documented = false, .rule = Rule::taken_from_endpoint};
}

Value port_inside(const LiveEndpoint& endpoint) {
  if (!endpoint.uri() || !endpoint.uri()->port()) return {};
  return std::int64_t{*endpoint.uri()->port()};
}

Value transport_inside(const LiveEndpoint& endpoint) {
  if (!endpoint.uri()) return {};
  const auto transport = endpoint.uri()->transport();
  if (!transport) return {};
  return std::string(*transport);
}

void note_overriding(LiveField& field, const Value& inside) {
  if (is_nothing(inside)) return;
  if (inside != field.value) field.rule = Rule::options_over_endpoint;
}

void note_spelling(LiveField& field, bool as_documented, Rule rule) {
  if (as_documented) return;
  field.as_documented = false;
  field.spelling = rule;
}

}  // namespace

LiveField read_auth_mode(const LiveDirection& live) {
  if (!live.auth_mode) return {};
  return plain(*live.auth_mode);
}

LiveField read_secure_media(const LiveDirection& live) {
  if (!live.secure_media) return {};
  LiveField field = plain(live.secure_media->value);
  note_spelling(field, !live.secure_media->in_string, Rule::boolean_in_string);
  return field;
}

LiveField read_port(const LiveDirection& live, const LiveEndpoint& endpoint, MatchMode mode) {
  const Value inside = port_inside(endpoint);
  if (!live.port) return from_endpoint(inside, endpoint, mode);
  LiveField field = plain(std::int64_t{live.port->value});
  note_overriding(field, inside);
  note_spelling(field, !live.port->in_string, Rule::integer_in_string);
  return field;
}

LiveField read_transport(const LiveDirection& live, const LiveEndpoint& endpoint, MatchMode mode) {
  const Value inside = transport_inside(endpoint);
  if (!live.transport) return from_endpoint(inside, endpoint, mode);
  const std::string transport = to_lower(*live.transport);
  LiveField field{.value = transport, .shown = *live.transport};
  note_overriding(field, inside);
  note_spelling(field, transport == *live.transport, Rule::letter_case);
  return field;
}

}  // namespace sipdrift
