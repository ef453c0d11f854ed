// Replies in the shape that the provider documents.

#include "fleet.hpp"

#include <fstream>
#include <stdexcept>
#include <utility>

namespace sample {

namespace {

using Json = nlohmann::ordered_json;

Json success(Json data) { return {{"data", std::move(data)}, {"errors", nullptr}}; }

/// A direction as replies have it: with everything that the fleet's file leaves out.
Json full_direction(const std::string& number, const std::string& direction, const Json& given) {
  if (!given.is_object()) return given;
  Json full{{"number", number},
            {"id", direction + "-" + number.substr(1)},
            {"org_id", "org_sample"},
            {"direction", direction},
            {"sip_endpoint", nullptr},
            {"created_at", "2026-03-09T12:00:00Z"},
            {"updated_at", "2026-03-09T12:00:00Z"},
            {"headers", nullptr},
            {"options", nullptr}};
  full.update(given);
  return full;
}

Json directions_of(const Json& config) {
  Json names = Json::array();
  for (const char* const name : {"inbound", "outbound"}) {
    if (config.contains(name) && !config[name].is_null()) names.push_back(name);
  }
  return names;
}

/// Where calls go out to, else where they come in; null if neither has an endpoint.
Json endpoint_of(const Json& config) {
  for (const char* const name : {"outbound", "inbound"}) {
    if (config.contains(name) && config[name].is_object() &&
        config[name].contains("sip_endpoint")) {
      return config[name]["sip_endpoint"];
    }
  }
  return nullptr;
}

}  // namespace

Fleet::Fleet(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  numbers_ = Json::parse(file);
  if (!numbers_.is_object()) throw std::runtime_error(path + ": is not an object of numbers");
}

Reply Fleet::sip_config(const std::string& number) const {
  const auto found = numbers_.find(number);
  if (found == numbers_.end()) {
    return error(404, "NOT_FOUND", "No SIP configuration for " + number);
  }
  const Json& config = *found;
  if (config.contains("reply")) {
    const Json& given = config["reply"];
    const Json body = given.value("body", Json(""));
    return {.status = given.value("status", 200),
            .content_type = given.value("content_type", "application/json"),
            .body = body.is_string() ? body.get<std::string>() : body.dump(),
            .delay_ms = given.value("delay_ms", 0)};
  }
  Json data;
  for (const char* const direction : {"inbound", "outbound"}) {
    data[direction] = full_direction(number, direction, config.value(direction, Json()));
  }
  return {.body = success(std::move(data)).dump()};
}

Reply Fleet::numbers() const {
  Json list = Json::array();
  for (const auto& [number, config] : numbers_.items()) {
    list.push_back({{"phone_number", number},
                    {"directions", directions_of(config)},
                    {"sip_endpoint", endpoint_of(config)},
                    {"health_status", "unchecked"}});
  }
  return {.body = success({{"numbers", std::move(list)}}).dump()};
}

Reply error(int status, const std::string& code, const std::string& message) {
  const Json body{{"data", nullptr}, {"errors", {{{"error", code}, {"message", message}}}}};
  return {.status = status, .body = body.dump()};
}

}  // namespace sample
