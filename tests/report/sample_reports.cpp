// Reports made by hand, as an audit would make them.

#include "report/sample_reports.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "sipdrift/exit_status.hpp"

namespace sipdrift {

namespace {

using std::chrono::milliseconds;

const Timestamp start{milliseconds(1795399205120)};  // 2026-11-23T02:00:05.120Z

FieldPath inbound(std::optional<Field> field) { return {Direction::inbound, field}; }
FieldPath outbound(std::optional<Field> field) { return {Direction::outbound, field}; }

Evidence evidence(int attempts, int status, std::string_view body) {
  return {.observed_at = start + milliseconds(51),
          .http_status = status,
          .attempts = attempts,
          .duration = milliseconds(51),
          .reply_sha256 = Sha256::of(body)};
}

/// Every kind of value that live can have.
LiveRecord observed(const E164& number) {
  return {.number = number,
          .inbound = LiveDirection{.auth_mode = "ip",
                                   .port = Observed<std::uint16_t>{5060, true},
                                   .secure_media = {},
                                   .sip_endpoint = {},
                                   .transport = {}},
          .outbound = LiveDirection{.auth_mode = {},
                                    .port = Observed<std::uint16_t>{5061, false},
                                    .secure_media = Observed<bool>{true, true},
                                    .sip_endpoint = "sip:trunk.provider.com",
                                    .transport = "tls"}};
}

NumberResult result(const char* number, std::uint32_t line, std::string profile,
                    std::variant<NotCompared, Comparison, Unmanaged> outcome) {
  const E164 e164 = E164::parse(number).value();
  const bool is_compared = std::holds_alternative<Comparison>(outcome);
  return {.number = e164,
          .source = Source{0, line},
          .profile = std::move(profile),
          .tags = {},
          .outcome = std::move(outcome),
          .evidence = evidence(1, 200, number),
          .observed = is_compared ? std::optional(observed(e164)) : std::nullopt};
}

Report base(int exit_code, std::size_t declared) {
  Report report;
  report.declared = declared;
  report.run.id = "00000000-0000-4000-8000-000000000001";
  report.run.started_at = start;
  report.run.finished_at = start + milliseconds(1204);
  report.run.duration = milliseconds(1204);
  report.run.manifests = {{"samples/manifest.yaml", Sha256::of("manifest")}};
  report.run.fetch = {
      .requests = declared + 3,
      .retries = {{ErrorKind::timeout, 2}, {ErrorKind::rate_limited, 1}},
      .connections = 2,
      .protocol = "HTTP/2",
      .pauses = 1,
      .paused = milliseconds(2000),
      .highest_concurrency = 16,
      .bytes = 4096,
      .latency = Latency{std::chrono::microseconds(52'480), std::chrono::microseconds(61'000),
                         std::chrono::microseconds(1'203'000)}};
  report.run.api_url = "https://api.bland.ai";
  report.run.complete = true;
  report.run.exit_code = exit_code;
  return report;
}

Report in_sync() {
  Report report = base(0, 2);
  report.results.push_back(result(
      "+14155550100", 12, "",
      Comparison{{},
                 {{inbound(Field::auth_mode), Agreement::identical, Rule::none},
                  {outbound(Field::port), Agreement::equivalent, Rule::taken_from_endpoint}}}));
  report.results.push_back(
      result("+14155550101", 13, "acme",
             Comparison{{}, {{outbound(std::nullopt), Agreement::identical, Rule::none}}}));
  return report;
}

Report mixed() {
  Report report = base(6, 4);
  report.results = in_sync().results;
  NumberResult drifted =
      result("+14155550102", 20, "acme",
             Comparison{{{inbound(std::nullopt),
                          FindingKind::unexpected,
                          Severity::major,
                          {},
                          std::string("configured"),
                          Rule::none},
                         {outbound(Field::port), FindingKind::changed, Severity::major,
                          std::int64_t{5061}, std::int64_t{5060}, Rule::options_over_endpoint},
                         {outbound(Field::secure_media), FindingKind::changed, Severity::critical,
                          true, false, Rule::none},
                         {outbound(Field::sip_endpoint), FindingKind::changed, Severity::major,
                          std::string("sip:a:[redacted]@h"), std::string("sip:a:[redacted]@h"),
                          Rule::redacted_part},
                         {outbound(Field::transport),
                          FindingKind::missing,
                          Severity::major,
                          std::string("tls"),
                          {},
                          Rule::none}},
                        {}});
  drifted.tags = {"site:ams", "gold"};
  report.results.push_back(std::move(drifted));
  NumberResult timed_out = result("+14155550103", 21, "acme",
                                  NotCompared{ErrorKind::timeout, "no whole reply within 10 s"});
  timed_out.evidence = {.observed_at = start + milliseconds(41000),
                        .http_status = std::nullopt,
                        .attempts = 4,
                        .duration = milliseconds(41000),
                        .reply_sha256 = std::nullopt};
  report.results.push_back(std::move(timed_out));
  report.notices.push_back({"4 of 14 numbers were selected by --only and --exclude"});
  return report;
}

Waiver waiver(std::variant<std::string, NumberRange> subject, std::uint32_t line,
              const std::string& expires) {
  return {.subject = std::move(subject),
          .path = outbound(Field::port),
          .observed = "5060",
          .reason = "the carrier moves its trunks in December",
          .owner = "voice@example.com",
          .ticket = "CHG-1042",
          .expires = expires,
          .ends_at = parse_expiry(expires).value(),
          .source = {1, line}};
}

/// A night in the life of a fleet: what is waived, what is new, what is gone.
Report history() {
  Report report = base(2, 5);
  report.run.manifests.push_back({"waivers.yaml", Sha256::of("waivers")});
  const E164 first = E164::parse("+14155550100").value();
  report.waivers = {{waiver(NumberRange{first, first}, 3, "2026-12-31"), WaiverState::in_use, 1},
                    {waiver("site:ams", 10, "2026-11-01"), WaiverState::expired, 1},
                    {waiver("gold", 17, "2026-12-01T12:00:00+01:00"), WaiverState::unused, 0}};
  const auto remembered = [](Finding finding, Baseline baseline) {
    finding.baseline = baseline;
    return finding;
  };
  const Baseline long_known{BaselineState::unchanged, start - std::chrono::days(9), 10};
  Finding waived = remembered(finding_of(Severity::major), long_known);
  waived.waiver = 0;
  report.results.push_back(result("+14155550100", 12, "acme", Comparison{{waived}, {}}));
  const Finding changed_again = remembered(
      finding_of(Severity::major), {BaselineState::updated, start - std::chrono::days(2), 3});
  NumberResult expired = result("+14155550101", 13, "acme", Comparison{{changed_again}, {}});
  expired.tags = {"site:ams"};
  report.results.push_back(std::move(expired));
  const Finding fresh =
      remembered(finding_of(Severity::critical), {BaselineState::fresh, start, 1});
  report.results.push_back(result("+14155550102", 14, "acme", Comparison{{fresh}, {}}));
  NumberResult unmanaged =
      result("+14155550103", 0, "",
             Unmanaged{{Direction::inbound, Direction::outbound}, "sip:old-trunk.provider.com"});
  unmanaged.source.reset();
  unmanaged.evidence = {};
  report.results.push_back(std::move(unmanaged));
  report.results.push_back(
      result("+14155550104", 15, "", Comparison{{}, {{.path = outbound(Field::port)}}}));
  report.results.push_back(
      result("+14155550105", 15, "", Comparison{{}, {{.path = outbound(Field::port)}}}));
  report.discovery = {.is_failure = true,
                      .listed = 6,
                      .others = {"2001"},
                      .error = {},
                      .evidence = evidence(1, 200, "list")};
  const auto gone = [&](const char* number, Finding finding, Fate fate) {
    return PastFinding{E164::parse(number).value(), std::move(finding), fate};
  };
  report.previous = {
      .id = "00000000-0000-4000-8000-000000000000",
      .started_at = start - std::chrono::days(1),
      .findings = {
          gone("+14155550104", remembered(finding_of(Severity::major), long_known), Fate::resolved),
          gone("+14155550105", remembered(finding_of(Severity::major), long_known), Fate::resolved),
          gone("+14155550105", remembered(finding_of(Severity::critical), long_known),
               Fate::not_declared),
          gone("+14155550199", remembered(finding_of(Severity::major), long_known),
               Fate::not_compared)}};
  std::sort(report.previous->findings.begin(), report.previous->findings.end(),
            [](const PastFinding& a, const PastFinding& b) {
              return std::pair(a.number, a.finding.path) < std::pair(b.number, b.finding.path);
            });
  report.notices.push_back(
      {"the waiver at waivers.yaml:10 (tag:site:ams, outbound.port) has expired (2026-11-01): 1 "
       "finding counts again"});
  return report;
}

/// The provider's list could not be had.
Report undiscovered() {
  Report report = base(4, 2);
  report.results = in_sync().results;
  report.discovery = {.is_failure = false,
                      .listed = 0,
                      .others = {},
                      .error = NotCompared{ErrorKind::http_status, "HTTP 503"},
                      .evidence = {.observed_at = start,
                                   .http_status = 503,
                                   .attempts = 4,
                                   .duration = milliseconds(9000),
                                   .reply_sha256 = Sha256::of("x")}};
  return report;
}

Report nothing_selected() {
  Report report = base(0, 0);
  report.run.fetch = {};
  report.notices.push_back({"no number was selected: --only and --exclude leave nothing to audit"});
  return report;
}

Report interrupted() {
  Report report = base(130, 1);
  report.run.complete = false;
  report.run.manifests.push_back({"b & <c>.yaml", Sha256::of("b")});
  NumberResult dropped = result("+14155550100", 12, "",
                                NotCompared{ErrorKind::interrupted, "the run was interrupted"});
  dropped.evidence = {};
  report.results.push_back(std::move(dropped));
  report.notices.push_back({"the run was interrupted"});
  return report;
}

}  // namespace

std::vector<SampleReport> sample_reports() {
  return {{"in_sync", in_sync()},
          {"mixed", mixed()},
          {"history", history()},
          {"undiscovered", undiscovered()},
          {"nothing_selected", nothing_selected()},
          {"interrupted", interrupted()}};
}

Report many_causes(std::size_t count) {
  Report report = sample_reports()[1].report;
  const NumberResult drifted = report.results.at(2);
  NumberResult timed_out = report.results.at(3);
  timed_out.number = E164::parse("+14155559999").value();
  report.results.clear();
  for (std::size_t i = 0; i < count; ++i) {
    NumberResult result = drifted;
    result.number = E164::parse("+1415555" + std::to_string(1000 + 2 * i)).value();
    Finding finding = drifted.findings().at(1);
    finding.actual = static_cast<std::int64_t>(i);
    result.outcome = Comparison{{finding}, {}};
    report.results.push_back(std::move(result));
  }
  report.results.push_back(timed_out);
  report.declared = report.results.size();
  return report;
}

Report report_full_of(const std::string& text) {
  Report report = base(6, 3);
  report.run.id = text;
  report.run.api_url = text;
  report.run.manifests = {{text, Sha256::of(text)}};
  NumberResult drifted =
      result("+14155550100", 1, text,
             Comparison{{{outbound(Field::sip_endpoint), FindingKind::changed, Severity::major,
                          "expected " + text, text, Rule::none}},
                        {}});
  drifted.tags = {text};
  report.results.push_back(std::move(drifted));
  report.results.push_back(result("+14155550101", 2, text, NotCompared{ErrorKind::tls, text}));
  const E164 third = E164::parse("+14155550102").value();
  const std::string words = text.empty() ? "-" : text;
  report.waivers = {{.waiver = {.subject = NumberRange{third, third},
                                .path = outbound(Field::sip_endpoint),
                                .observed = {},
                                .reason = words,
                                .owner = words,
                                .ticket = words,
                                .expires = "2099-12-31",
                                .ends_at = parse_expiry("2099-12-31").value(),
                                .source = {0, 1}},
                     .state = WaiverState::in_use,
                     .findings = 1}};
  const auto finding = [&](BaselineState state, std::size_t runs) {
    return Finding{.path = outbound(Field::sip_endpoint),
                   .kind = FindingKind::changed,
                   .severity = Severity::major,
                   .expected = "expected " + text,
                   .actual = text,
                   .rule = Rule::none,
                   .waiver = {},
                   .baseline = Baseline{state, start, runs}};
  };
  std::get<Comparison>(report.results[0].outcome).findings = {finding(BaselineState::fresh, 1)};
  Finding waived = finding(BaselineState::unchanged, 2);
  waived.waiver = 0;
  report.results.push_back(result("+14155550102", 3, text, Comparison{{waived}, {}}));
  for (NumberResult& result : report.results) {
    if (!result.observed) continue;
    result.observed->outbound->transport = text;
    result.observed->outbound->sip_endpoint = text;
    result.observed->inbound->auth_mode = text;
  }
  NumberResult unmanaged = result("+14155550103", 0, "", Unmanaged{{Direction::inbound}, text});
  unmanaged.source.reset();
  unmanaged.evidence = {};
  report.results.push_back(std::move(unmanaged));
  report.discovery = {.is_failure = true,
                      .listed = 4,
                      .others = {text},
                      .error = {},
                      .evidence = evidence(1, 200, "list")};
  report.previous = {.id = words,
                     .started_at = start,
                     .findings = {{E164::parse("+14155550199").value(),
                                   finding(BaselineState::fresh, 1), Fate::not_declared}}};
  report.notices.push_back({text});
  return report;
}

Report report_of(std::vector<NumberResult> results) {
  Report report = base(0, results.size());
  report.results = std::move(results);
  report.run.exit_code = exit_status_of(report, {});
  return report;
}

NumberResult drifted(const std::string& number, std::vector<Finding> findings) {
  return result(number.c_str(), 1, "", Comparison{std::move(findings), {}});
}

NumberResult not_compared(const std::string& number, ErrorKind kind, const std::string& message) {
  return result(number.c_str(), 1, "", NotCompared{kind, message});
}

std::string nth_number(int n) { return "+" + std::to_string(1'000'000 + n); }

std::vector<NumberResult> many(int count,
                               const std::function<NumberResult(const std::string& number)>& make) {
  std::vector<NumberResult> results;
  results.reserve(static_cast<std::size_t>(count));
  for (int n = 0; n < count; ++n) results.push_back(make(nth_number(n)));
  return results;
}

Finding finding_of(Severity severity) {
  if (severity == Severity::critical) {
    return {outbound(Field::secure_media), FindingKind::changed, severity, true, false, Rule::none};
  }
  return {outbound(Field::port), FindingKind::changed, severity,
          std::int64_t{5061},    std::int64_t{5060},   Rule::none};
}

std::string written(const Format& format, const Report& report, const FormatOptions& options) {
  std::ostringstream out;
  format.write(report, out, options);
  return out.str();
}

}  // namespace sipdrift
