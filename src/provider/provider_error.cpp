// The API's error shapes: {"data":null,"errors":[{"error":CODE,"message":TEXT}]}, `errors` as a
// list of texts, {"status":"error","message":TEXT}, {"error":TEXT}, plain text, and HTML.

#include "provider/provider_error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "model/characters.hpp"
#include "model/redaction.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t longest_text = 200;

/// `errors` and its like: null, or a container with nothing in it.
bool is_empty(const JsonValue& value) {
  const auto object = as_object(value);
  const auto array = as_array(value);
  return value.is_null() || (object && object->begin() == object->end()) ||
         (array && array->begin() == array->end());
}

bool says_ok(const JsonValue& status) {
  if (const auto word = as_text(status)) {
    return same_but_for_case(*word, "success") || same_but_for_case(*word, "ok");
  }
  std::int64_t number = 0;
  return status.get_int64().get(number) == simdjson::SUCCESS && number == 200;
}

bool says_yes(const JsonValue& success) {
  return success.is_bool() && success.get_bool().value_unsafe();
}

/// The text under `key`, or an empty one.
std::string text_at(const JsonObject& object, std::string_view key) {
  const auto value = find(object, key);
  return std::string(value ? as_text(*value).value_or("") : "");
}

std::string joined(std::string first, const std::string& second) {
  if (!first.empty() && !second.empty()) first.append(": ");
  return first.append(second);
}

std::string text_of_entry(const JsonValue& entry) {
  if (const auto text = as_text(entry)) return std::string(*text);
  const auto object = as_object(entry);
  if (!object) return {};
  return joined(text_at(*object, "error"), text_at(*object, "message"));
}

/// The list under `errors`, nothing if there is none or nothing is in it.
std::optional<JsonArray> errors_of(const JsonObject& body) {
  const auto errors = find(body, "errors");
  return errors && !is_empty(*errors) ? as_array(*errors) : std::nullopt;
}

std::string text_of(const JsonValue& body) {
  const auto object = as_object(body);
  const auto errors = object ? errors_of(*object) : std::nullopt;
  return text_of_entry(errors ? *errors->begin() : body);
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
  constexpr std::array<std::string_view, 8> of_others{"route",   "cannot",  "url",    "path",
                                                      "service", "gateway", "server", "upstream"};
  const bool is_about_another =
      std::any_of(of_others.begin(), of_others.end(),
                  [&](std::string_view other) { return words.find(other) != std::string::npos; });
  if (is_about_another) return false;
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

bool has_errors(const JsonObject& object) {
  return std::any_of(object.begin(), object.end(), [](const auto& member) {
    const bool is_error =
        same_but_for_case(member.key, "errors") || same_but_for_case(member.key, "error");
    return is_error && !is_empty(member.value);
  });
}

bool reports_failure(const JsonObject& object) {
  if (has_errors(object)) return true;
  return std::any_of(object.begin(), object.end(), [](const auto& member) {
    if (same_but_for_case(member.key, "success")) return !says_yes(member.value);
    return same_but_for_case(member.key, "status") && !says_ok(member.value);
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
  const auto parsed = JsonDocument::parse(reply.body);
  const auto body = parsed ? as_object(parsed->root()) : std::nullopt;
  if (!body) return false;
  const auto data = find(*body, "data");
  const auto errors = errors_of(*body);
  if (!data || !data->is_null() || !errors) return false;
  return std::all_of(errors->begin(), errors->end(), [&](const JsonValue& entry) {
    if (as_text(entry) == "NOT_FOUND") return true;
    const auto object = as_object(entry);
    return object && text_at(*object, "error") == "NOT_FOUND" &&
           is_about(text_at(*object, "message"), asked);
  });
}

std::string error_text(const HttpReply& reply) {
  const std::string_view body = trimmed(reply.body);
  if (body.starts_with('<')) return "an HTML page";
  if (const auto parsed = JsonDocument::parse(body)) {
    return shown_excerpt(text_of(parsed->root()), longest_text);
  }
  // What has the marks of data could hold anything, a password among it.
  const bool is_prose =
      !body.starts_with('[') && body.find_first_of("{}<>\"=") == std::string_view::npos;
  return is_prose ? shown_excerpt(body, longest_text) : std::string();
}

}  // namespace sipdrift
