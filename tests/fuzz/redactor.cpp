// A password in a live endpoint, and around it anything: no format ever shows it.

#include "fuzz/fuzz.hpp"
#include <nlohmann/json.hpp>

#include "audit/judge.hpp"
#include "model/redaction.hpp"
#include "sipdrift/audit.hpp"
#include "sipdrift/formats.hpp"

namespace {

using namespace sipdrift;

constexpr std::string_view secret = "hQ7zWx9vKp";

/// The secret, some of its characters percent-escaped.
std::string escaped(unsigned mask) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    const auto byte = static_cast<unsigned char>(secret[i]);
    if ((mask >> i & 1U) == 0) {
      text.push_back(secret[i]);
    } else {
      text.append({'%', digits[byte / 16U], digits[byte % 16U]});
    }
  }
  return text;
}

Manifest manifest() {
  return read_manifest({{"m.yaml",
                         "version: 1\nnumbers: [{number: +12, outbound: {sip_endpoint: "
                         "sip:trunk.example.com, transport: tls}, inbound: {auth_mode: ip}}]\n"}})
      .value();
}

AuditOptions options() {
  AuditOptions options;
  options.run_id = "run";
  options.api_url = "https://api.example.com";
  options.now = [] { return Timestamp{}; };
  options.elapsed = [] { return std::chrono::milliseconds(0); };
  return options;
}

/// With one result, which has no outcome yet.
Report report_on(const Manifest& declared) {
  Report report;
  report.run.manifests = declared.files;
  report.declared = 1;
  report.results.push_back({.number = declared.numbers[0].number,
                            .source = declared.numbers[0].source,
                            .profile = "acme",
                            .tags = {},
                            .outcome = NotCompared{},
                            .evidence = {}});
  return report;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Manifest declared = manifest();
  static const AuditOptions plain = options();
  static const Report empty = report_on(declared);
  Input input(data, size);
  const std::uint8_t how = input.byte();
  const unsigned mask = input.byte() + 256U * input.byte();
  const std::string hidden = escaped(mask);
  const std::string user(input.line());
  const std::string host(input.line());
  const std::string around(input.line());
  const auto holds = [&](std::string_view text) {
    return text.find(secret) != std::string_view::npos ||
           text.find(hidden) != std::string_view::npos;
  };
  if (holds(user) || holds(host) || holds(around)) return 0;

  const std::string endpoint = (how % 2 == 0 ? "sip:" : "SIPS:") + user + ":" + hidden + "@" + host;
  require(!holds(redacted_endpoint(endpoint)), "a redacted endpoint shows no password");
  // In a line, "sip:x sip:SECRET@h" are two endpoints, the second of which has a user.
  const bool is_one_endpoint = user.find_first_of(" \t\r\"'<([{,") == std::string::npos;
  if (is_one_endpoint) {
    require(!holds(redacted_line("  sip_endpoint: \"" + endpoint + "\"")),
            "a redacted line shows no password");
  }

  using nlohmann::json;
  json outbound = {{"number", "+12"}, {"direction", "outbound"}, {"sip_endpoint", endpoint}};
  json live_options = {{"transport", "tls"}};
  if ((how & 4U) != 0) live_options["password"] = std::string(secret);
  if ((how & 8U) != 0) live_options["headers"] = {{around, std::string(secret)}};
  if ((how & 16U) != 0) live_options["username"] = around;
  if ((how & 32U) != 0) live_options["transport"] = "sip:a:" + hidden + "@" + around;
  outbound["options"] = live_options;
  json reply = {{"data", {{"inbound", nullptr}, {"outbound", outbound}}}, {"errors", nullptr}};
  if ((how & 64U) != 0 && is_one_endpoint)
    reply["errors"] = json::array({{{"error", "X"}, {"message", endpoint}}});
  const std::string body = reply.dump(-1, ' ', (how & 128U) != 0, json::error_handler_t::replace);

  const FetchOutcome fetched{
      .position = 0,
      .answer = HttpReply{how % 4 == 3 ? 400 : 200, "application/json", body, false},
      .attempts = 1,
      .duration = {},
      .given_up = {}};
  Report report = empty;
  judge(declared.declaration_of(declared.numbers[0]).expectation, fetched, plain,
        report.results[0]);
  for (const Format& format : formats()) {
    Collected collected;
    format.write(report, collected.out(), {});
    require(!holds(collected.text()), "no format shows a password");
  }
  return 0;
}
