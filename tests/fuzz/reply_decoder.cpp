// Any bytes for a reply: there is a verdict only where another reader of JSON finds the proof.

#include "fuzz/fuzz.hpp"
#include <nlohmann/json.hpp>

#include "sipdrift/compare.hpp"
#include "sipdrift/provider.hpp"

namespace {

using namespace sipdrift;
using nlohmann::json;

Expectation expectation() {
  Expectation expected;
  expected.outbound.port = Declared<std::uint16_t>{5061};
  expected.outbound.transport = Declared<Transport>{Transport::tls};
  return expected;
}

/// Whether `value` is what `expected` says, as far as documents and their readers may differ.
bool says(const json& value, const std::string& expected) {
  if (value.is_number()) return value.dump() == expected;
  if (!value.is_string()) return false;
  std::string text = value.get<std::string>();
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text == expected;
}

/// Where a SIP URI may say it.
bool says_within(const json& outbound, std::string_view what) {
  const json endpoint = outbound.value("sip_endpoint", json());
  if (!endpoint.is_string()) return false;
  std::string text = endpoint.get<std::string>();
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text.find(what) != std::string::npos || text.find('%') != std::string::npos;
}

/// Read by another parser: the reply is about the number, and has port 5061 over TLS.
bool is_proven(std::string_view body) {
  const json reply = json::parse(body, nullptr, false);
  if (reply.is_discarded() || !reply.is_object()) return false;
  const json data = reply.value("data", json());
  if (!data.is_object()) return false;
  const json outbound = data.value("outbound", json());
  if (!outbound.is_object() || !says(outbound.value("number", json()), "+14150000000"))
    return false;
  json options = outbound.value("options", json());
  if (!options.is_object()) options = json::object();
  const auto has = [&](const char* key, const char* value, const char* within) {
    const json option = options.value(key, json());
    return option.is_null() ? says_within(outbound, within) : says(option, value);
  };
  return has("port", "5061", "5061") && has("transport", "tls", "tls");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const E164 number = E164::parse("+14150000000").value();
  static const Expectation expected = expectation();
  Input input(data, size);
  const std::uint8_t how = input.byte();
  HttpReply reply;
  reply.status = how % 8 == 1 ? 404 : how % 8 == 2 ? 500 : 200;
  reply.content_type = how % 16 < 8 ? "application/json" : "text/html";
  reply.body = input.rest();
  const auto live = decode_sip_config(number, reply);
  if (!live) {
    require(!live.error().message.empty(), "what is not understood has a reason");
    return 0;
  }
  require(how % 16 < 8 && reply.status != 500, "no record without a reply that may hold one");
  for (const MatchMode mode : {MatchMode::sip, MatchMode::exact}) {
    const Comparison comparison = compare(expected, *live, mode);
    require(comparison.findings.size() + comparison.matches.size() == expected.check_count(),
            "every declared field has its verdict");
    require(!comparison.findings.empty() || is_proven(reply.body), "in sync only with proof");
  }
  return 0;
}
