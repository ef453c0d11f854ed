// The fleet that the sample API serves: what each number's live configuration is.

#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace sample {

/// What the API answers with.
struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  int delay_ms = 0;  ///< before it is sent
};

/// A fleet, read from a JSON file of this form:
///
///     {"+14155550100": {"inbound": null, "outbound": {"sip_endpoint": "sip:h", "options": {}}},
///      "+14155550101": {"reply": {"status": 500, "body": {"error": "down"}}}}
///
/// A direction's object needs only what it is about: the keys that every reply has (number,
/// direction, id, headers, ...) are filled in, unless they are given. `reply` is an answer of any
/// other kind: its `body` is JSON, or a text to be sent as it stands; `content_type` and `delay_ms`
/// may stand beside it.
class Fleet {
 public:
  /// Throws std::runtime_error or nlohmann::json::exception if the file is not of that form.
  explicit Fleet(const std::string& path);

  /// GET /v1/sip?phone_number=
  [[nodiscard]] Reply sip_config(const std::string& number) const;

  /// GET /v1/sip/numbers
  [[nodiscard]] Reply numbers() const;

 private:
  nlohmann::ordered_json numbers_;
};

/// The API's envelope for an error.
[[nodiscard]] Reply error(int status, const std::string& code, const std::string& message);

}  // namespace sample
