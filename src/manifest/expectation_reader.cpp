// The flat form (auth_mode on inbound, the others on outbound) and the directional form.

#include "manifest/expectation_reader.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "manifest/scalar_value.hpp"
#include "model/names.hpp"
#include "model/suggestion.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view absent = "absent";

std::span<const std::string_view> field_names() {
  static const auto names = [] {
    std::array<std::string_view, all_fields.size()> list;
    std::transform(all_fields.begin(), all_fields.end(), list.begin(),
                   [](Field field) { return name(field); });
    return list;
  }();
  return names;
}

/// Which direction a field of the flat form is checked on.
Direction flat_direction(Field field) {
  return field == Field::auth_mode ? Direction::inbound : Direction::outbound;
}

std::size_t index_of(Direction direction) { return static_cast<std::size_t>(direction); }
std::size_t index_of(Field field) { return static_cast<std::size_t>(field); }

/// `inside` is what the endpoint holds, `beside` what is declared beside it: empty if unset.
std::string contradiction(std::string_view what, std::string_view inside, std::string_view beside) {
  return fmt::format(
      "{} {} contradicts the {} inside its sip_endpoint; make them agree, or leave one out", what,
      beside.empty() ? "unset" : beside, inside);
}

}  // namespace

std::span<const std::string_view> expectation_keys() {
  static const auto keys = [] {
    std::array<std::string_view, all_fields.size() + all_directions.size()> list;
    const auto rest = std::copy(field_names().begin(), field_names().end(), list.begin());
    std::transform(all_directions.begin(), all_directions.end(), rest,
                   [](Direction direction) { return name(direction); });
    return list;
  }();
  return keys;
}

std::vector<Contradiction> find_contradictions(const Expectation& expectation) {
  std::vector<Contradiction> found;
  for (const Direction direction : all_directions) {
    const DirectionExpectation& declared = expectation[direction];
    if (!declared.sip_endpoint || declared.sip_endpoint->is_unset()) continue;
    const SipUri& uri = *declared.sip_endpoint->value;
    if (declared.port && uri.port() && declared.port->value != uri.port()) {
      const auto& port = declared.port->value;
      found.push_back({{direction, Field::port},
                       contradiction("port", std::to_string(*uri.port()),
                                     port ? std::to_string(*port) : std::string())});
    }
    const auto& transport = declared.transport;
    const std::string_view beside =
        transport && transport->value ? name(*transport->value) : std::string_view();
    if (transport && uri.transport() && beside != *uri.transport()) {
      found.push_back(
          {{direction, Field::transport}, contradiction("transport", *uri.transport(), beside)});
    } else if (uri.scheme() == SipScheme::sips && (beside == "udp" || uri.transport() == "udp")) {
      found.push_back({{direction, transport ? Field::transport : Field::sip_endpoint},
                       "sips: is SIP over TLS, which udp cannot carry (RFC 3261 section 26.2.2); "
                       "write sip:, or another transport"});
    }
  }
  return found;
}

bool ExpectationReader::read(const YamlEntry& entry) {
  if (const auto field = find_by_name(all_fields, entry.key.text)) {
    read_field(flat_direction(*field), *field, entry);
    return true;
  }
  if (const auto direction = find_by_name(all_directions, entry.key.text)) {
    read_direction(*direction, entry);
    return true;
  }
  return false;
}

void ExpectationReader::read_direction(Direction direction, const YamlEntry& entry) {
  Places& places = places_[index_of(direction)];
  const YamlNode& value = entry.value;
  if (value.kind == YamlNode::Kind::scalar && value.text == absent) {
    for (const std::optional<Span>& field : places.fields) {
      if (field) return refuse_second(std::string(name(direction)), value.span, *field);
    }
    places.direction = value.span;
    expectation_[direction].absent = true;
    return;
  }
  if (value.kind != YamlNode::Kind::map) {
    const std::string shown =
        value.kind == YamlNode::Kind::scalar ? " " + quoted(value.text) : std::string();
    return faults_.add(value.span, fmt::format("{}{} is neither \"absent\" nor a map of fields",
                                               entry.key.text, shown));
  }
  if (value.entries.empty()) {
    return faults_.add(value.span,
                       fmt::format("{} is empty; declare a field, or write \"{}: absent\"",
                                   entry.key.text, entry.key.text));
  }
  for (const YamlEntry& field_entry : value.entries) {
    if (const auto field = find_by_name(all_fields, field_entry.key.text)) {
      read_field(direction, *field, field_entry);
    } else {
      refuse_key(field_entry.key, field_names(), "the fields of a direction are", faults_);
    }
  }
}

void ExpectationReader::read_field(Direction direction, Field field, const YamlEntry& entry) {
  Places& places = places_[index_of(direction)];
  std::optional<Span>& place = places.fields[index_of(field)];
  const FieldPath path{direction, field};
  if (place) return refuse_second(path.text(), entry.key.span, *place);
  if (places.direction) return refuse_second(path.text(), entry.key.span, *places.direction);

  DirectionExpectation& declared = expectation_[direction];
  switch (field) {
    case Field::auth_mode:
      declared.auth_mode = read_auth_mode(entry.value, faults_);
      break;
    case Field::port:
      declared.port = read_port(entry.value, faults_);
      break;
    case Field::secure_media:
      declared.secure_media = read_secure_media(entry.value, faults_);
      break;
    case Field::sip_endpoint:
      declared.sip_endpoint = read_sip_endpoint(entry.value, faults_);
      break;
    case Field::transport:
      declared.transport = read_transport(entry.value, faults_);
      break;
  }
  place = entry.value.span;
}

void ExpectationReader::refuse_second(const std::string& what, Span span, Span first) {
  faults_.add(span, fmt::format("{} is declared a second time, and was on line {}; keep one of the "
                                "two",
                                what, faults_.line_of(first)));
}

Expectation ExpectationReader::finish() {
  for (const Contradiction& found : find_contradictions(expectation_)) {
    const Places& places = places_[index_of(found.path.direction)];
    faults_.add(places.fields[index_of(*found.path.field)].value_or(Span()), found.message);
  }
  return std::move(expectation_);
}

}  // namespace sipdrift
