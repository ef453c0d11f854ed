// The API's error shapes: {"data":null,"errors":[{"error":CODE,"message":TEXT}]}, `errors` as a
// list of texts, {"status":"error","message":TEXT}, {"error":TEXT}, plain text, and HTML.

#include "provider/provider_error.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "model/sip_uri_text.hpp"
#include "model/visible_text.hpp"
#include "provider/strict_json.hpp"

namespace sipdrift {

namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 200;

/// The text under `key`, or an empty one.
std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string joined(std::string first, const std::string& second) {
  if (!first.empty() && !second.empty()) first.append(": ");
  return first.append(second);
}

std::string text_of_entry(const json& entry) {
  if (entry.is_string()) return entry.get<std::string>();
  if (!entry.is_object()) return {};
  return joined(text_at(entry, "error"), text_at(entry, "message"));
}

std::string text_of(const json& body) {
  if (body.is_string()) return body.get<std::string>();
  if (!body.is_object()) return {};
  const auto errors = body.find("errors");
  if (errors != body.end() && errors->is_array() && !errors->empty()) {
    return text_of_entry(errors->front());
  }
  return joined(text_at(body, "error"), text_at(body, "message"));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t start = std::min(text.find_first_not_of(blanks), text.size());
  text.remove_prefix(start);
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace

bool is_json(const HttpReply& reply) {
  const std::string_view value = reply.content_type;
  const std::string type = to_lower(trimmed(value.substr(0, value.find(';'))));
  return type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

bool says_not_configured(const HttpReply& reply) {
  if (reply.status != 404 || !is_json(reply)) return false;
  const auto parsed = parse_strict_json(reply.body);
  if (!parsed || !parsed->is_object()) return false;
  const auto data = parsed->find("data");
  const auto errors = parsed->find("errors");
  if (data == parsed->end() || !data->is_null() || errors == parsed->end() || !errors->is_array() ||
      errors->empty()) {
    return false;
  }
  return std::all_of(errors->begin(), errors->end(), [](const json& entry) {
    return entry.is_string() || (entry.is_object() && text_at(entry, "error") == "NOT_FOUND");
  });
}

std::string error_text(const HttpReply& reply) {
  const std::string_view body = trimmed(reply.body);
  if (body.starts_with('<')) return "an HTML page";
  if (!body.starts_with('{') && !body.starts_with('"')) return visible_excerpt(body, longest_text);
  const auto parsed = parse_strict_json(body);
  return parsed ? visible_excerpt(text_of(*parsed), longest_text) : std::string();
}

}  // namespace sipdrift
