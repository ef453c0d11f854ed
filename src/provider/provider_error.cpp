// The API's error shapes: {"data":null,"errors":[{"error":CODE,"message":TEXT}]}, `errors` as a
// list of texts, {"status":"error","message":TEXT}, {"error":TEXT}, plain text, and HTML.

#include "provider/provider_error.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "model/redaction.hpp"
#include "model/sip_uri_text.hpp"
#include "provider/strict_json.hpp"

namespace sipdrift {

namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 200;

/// `errors` and its like: null, or a container with nothing in it.
bool is_empty(const json& value) {
  return value.is_null() || (value.is_structured() && value.empty());
}

bool says_ok(const json& status) {
  if (!status.is_string()) return status == 200;
  const std::string word = to_lower(status.get_ref<const std::string&>());
  return word == "success" || word == "ok";
}

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

/// Whether an error's message, "" if it has none, is about the number `asked`: a route or an
/// organisation can be what was not found, too.
bool is_about(std::string_view message, const E164& asked) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::size_t fewest_digits = 7;  // less is no telephone number
  for (std::size_t begin = message.find_first_of(digits); begin != std::string_view::npos;) {
    const std::size_t end = std::min(message.find_first_not_of(digits, begin), message.size());
    const std::string_view number = message.substr(begin, end - begin);
    if (number.size() >= fewest_digits && number != asked.text().substr(1)) return false;
    begin = message.find_first_of(digits, end);
  }
  const std::string words = to_lower(message);
  return words.empty() || words.find(asked.text().substr(1)) != std::string::npos ||
         words.find("number") != std::string::npos || words.find("config") != std::string::npos;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t start = std::min(text.find_first_not_of(blanks), text.size());
  text.remove_prefix(start);
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace

bool has_errors(const json& object) {
  const auto entries = object.items();
  return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
    const std::string name = to_lower(entry.key());
    return (name == "errors" || name == "error") && !is_empty(entry.value());
  });
}

bool reports_failure(const json& object) {
  if (has_errors(object)) return true;
  const auto entries = object.items();
  return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
    const std::string name = to_lower(entry.key());
    if (name == "success") return entry.value() != json(true);
    return name == "status" && !says_ok(entry.value());
  });
}

bool is_json(const HttpReply& reply) {
  const std::string_view value = reply.content_type;
  const std::string type = to_lower(trimmed(value.substr(0, value.find(';'))));
  return type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

bool says_not_configured(const HttpReply& reply, const E164& asked) {
  if (reply.status != 404 || !is_json(reply)) return false;
  const auto parsed = parse_strict_json(reply.body);
  if (!parsed || !parsed->is_object()) return false;
  const auto data = parsed->find("data");
  const auto errors = parsed->find("errors");
  if (data == parsed->end() || !data->is_null() || errors == parsed->end() || !errors->is_array() ||
      errors->empty()) {
    return false;
  }
  return std::all_of(errors->begin(), errors->end(), [&](const json& entry) {
    if (entry == "NOT_FOUND") return true;
    return entry.is_object() && text_at(entry, "error") == "NOT_FOUND" &&
           is_about(text_at(entry, "message"), asked);
  });
}

std::string error_text(const HttpReply& reply) {
  const std::string_view body = trimmed(reply.body);
  if (body.starts_with('<')) return "an HTML page";
  if (const auto parsed = parse_strict_json(body)) {
    return shown_excerpt(text_of(*parsed), longest_text);
  }
  // What has the marks of data could hold anything, a password among it.
  const bool is_prose =
      !body.starts_with('[') && body.find_first_of("{}<>\"=") == std::string_view::npos;
  return is_prose ? shown_excerpt(body, longest_text) : std::string();
}

}  // namespace sipdrift
