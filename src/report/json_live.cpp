// `observed`: what was live, in the API's own words for it.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "json/json_place.hpp"
#include "json/json_writer.hpp"

#include "report/json_parts.hpp"

namespace sipdrift {

namespace {

using Layout = JsonWriter::Layout;

void write_text(JsonWriter& json, Field field, const std::optional<std::string>& text) {
  json.key(name(field));
  text ? json.value(*text) : json.null();
}

void write_direction(JsonWriter& json, const std::optional<LiveDirection>& live) {
  if (!live) return json.null();
  json.begin_object(Layout::line);
  write_text(json, Field::auth_mode, live->auth_mode);
  json.key(name(Field::port));
  if (!live->port) {
    json.null();
  } else if (live->port->in_string) {
    json.value(std::to_string(live->port->value));
  } else {
    json.value(live->port->value);
  }
  json.key(name(Field::secure_media));
  if (!live->secure_media) {
    json.null();
  } else if (live->secure_media->in_string) {
    json.value(live->secure_media->value ? "true" : "false");
  } else {
    json.value(live->secure_media->value);
  }
  write_text(json, Field::sip_endpoint, live->sip_endpoint);
  write_text(json, Field::transport, live->transport);
  json.end_object();
}

std::optional<std::string> read_text(const JsonPlace& place) {
  return place.is_null() ? std::nullopt : std::optional(place.text());
}

std::optional<Observed<std::uint16_t>> read_port(const JsonPlace& place) {
  if (place.is_null()) return std::nullopt;
  std::int64_t port = 0;
  if (place.is_text()) {
    const std::string text = place.text();
    constexpr std::size_t most_digits = 5;
    const bool is_number = !text.empty() && text.size() <= most_digits && text.front() != '0' &&
                           text.find_first_not_of("0123456789") == std::string::npos;
    port = is_number ? std::stol(text) : 0;
  } else {
    port = place.integer();
  }
  if (port < 1 || port > std::numeric_limits<std::uint16_t>::max()) {
    place.refuse("is no port");
    return std::nullopt;
  }
  return Observed<std::uint16_t>{static_cast<std::uint16_t>(port), place.is_text()};
}

std::optional<Observed<bool>> read_flag(const JsonPlace& place) {
  if (place.is_null()) return std::nullopt;
  if (!place.is_text()) return Observed<bool>{place.flag(), false};
  const std::string text = place.text();
  if (text != "true" && text != "false") place.refuse("is neither true nor false");
  return Observed<bool>{text == "true", true};
}

std::optional<LiveDirection> read_direction(const JsonPlace& place) {
  if (place.is_null()) return std::nullopt;
  return LiveDirection{.auth_mode = read_text(place[name(Field::auth_mode)]),
                       .port = read_port(place[name(Field::port)]),
                       .secure_media = read_flag(place[name(Field::secure_media)]),
                       .sip_endpoint = read_text(place[name(Field::sip_endpoint)]),
                       .transport = read_text(place[name(Field::transport)])};
}

}  // namespace

void write_live(JsonWriter& json, const LiveRecord& live) {
  json.begin_object();
  for (const Direction direction : all_directions) {
    json.key(name(direction));
    write_direction(json, live[direction]);
  }
  json.end_object();
}

LiveRecord read_live(const JsonPlace& place, const E164& number) {
  return {.number = number,
          .inbound = read_direction(place[name(Direction::inbound)]),
          .outbound = read_direction(place[name(Direction::outbound)])};
}

}  // namespace sipdrift
