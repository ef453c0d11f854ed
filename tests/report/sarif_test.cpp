// The SARIF report: what code scanning needs to show drift where it is declared. Whether it fits
// the schema of the standard is for tests/program/test_reports.py.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_reports.hpp"

namespace sipdrift {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// The one run of the log.
json run_of(const Report& report) {
  return json::parse(written(*find_format("sarif"), report))["runs"][0];
}

json notifications_of(const Report& report) {
  return run_of(report)["invocations"][0]["toolExecutionNotifications"];
}

Finding with_live_endpoint(const std::string& live) {
  return {{Direction::outbound, Field::sip_endpoint},
          FindingKind::changed,
          Severity::major,
          std::string("sip:a"),
          live,
          Rule::none};
}

TEST(SarifFormat, HasOneResultForEachFindingAndOneRuleForEachThatOccurs) {
  const json run = run_of(report_of({drifted("+12", {finding_of(Severity::major)}),
                                     drifted("+13", {finding_of(Severity::major)}),
                                     drifted("+14", {finding_of(Severity::critical)})}));
  const json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0]["id"], "changed/outbound.port");
  EXPECT_EQ(rules[1]["id"], "changed/outbound.secure_media");
  EXPECT_EQ(rules[1]["name"], "ChangedOutboundSecureMedia");
  ASSERT_EQ(run["results"].size(), 3U);
  for (const json& result : run["results"]) {
    EXPECT_EQ(rules.at(result["ruleIndex"].get<std::size_t>())["id"], result["ruleId"]);
  }
}

TEST(SarifFormat, PutsTheWorstFirstAndTellsHowBadItIs) {
  const json run = run_of(report_of({drifted("+12", {finding_of(Severity::major)}),
                                     drifted("+13", {finding_of(Severity::critical)})}));
  EXPECT_EQ(run["results"][0]["level"], "error");
  EXPECT_EQ(run["results"][0]["message"]["text"],
            "+13: outbound.secure_media: expected true, live false [critical: encryption is lost]");
  EXPECT_EQ(run["results"][1]["level"], "warning");
  EXPECT_EQ(run["results"][1]["message"]["text"], "+12: outbound.port: expected 5061, live 5060");
}

TEST(SarifFormat, KnowsAFindingByItsFingerprint) {
  const Finding finding = finding_of(Severity::major);
  const json run = run_of(report_of({drifted("+12", {finding})}));
  EXPECT_EQ(run["results"][0]["partialFingerprints"]["primaryLocationLineHash"],
            fingerprint(E164::parse("+12").value(), finding));
}

TEST(SarifFormat, LeavesOutWhatIsInSync) {
  const json run = run_of(sample_reports().at(0).report);
  EXPECT_TRUE(run["results"].empty());
  EXPECT_TRUE(run["tool"]["driver"]["rules"].empty());
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
}

TEST(SarifFormat, TellsNoMoreThanCodeScanningShows) {
  const auto critical_last = [](const std::string& number) {
    const bool is_last = number == nth_number(5000);
    return drifted(number, {finding_of(is_last ? Severity::critical : Severity::major)});
  };
  EXPECT_TRUE(notifications_of(report_of(many(5000, critical_last))).empty());

  const Report report = report_of(many(5001, critical_last));
  const json run = run_of(report);
  ASSERT_EQ(run["results"].size(), 5000U);
  EXPECT_THAT(run["results"][0]["message"]["text"], StartsWith(nth_number(5000)));
  EXPECT_THAT(run["results"][4999]["message"]["text"], StartsWith(nth_number(4998)));
  ASSERT_EQ(notifications_of(report).size(), 1U);
  EXPECT_EQ(notifications_of(report)[0]["level"], "warning");
  EXPECT_EQ(notifications_of(report)[0]["message"]["text"],
            "only the worst 5000 of 5001 findings are told here");
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
}

TEST(SarifFormat, HasARuleOnlyForWhatIsTold) {
  const Report report = report_of(many(5001, [](const std::string& number) {
    const bool is_last = number == nth_number(5000);
    return drifted(number, {finding_of(is_last ? Severity::major : Severity::critical)});
  }));
  EXPECT_EQ(run_of(report)["tool"]["driver"]["rules"].size(), 1U);
}

TEST(SarifFormat, TellsOfNumbersThatWereNotComparedByTheReason) {
  const Report report = report_of({not_compared("+12", ErrorKind::timeout, "no reply"),
                                   not_compared("+13", ErrorKind::tls, "bad"),
                                   not_compared("+14", ErrorKind::timeout, "no reply")});
  const json notifications = notifications_of(report);
  ASSERT_EQ(notifications.size(), 2U);
  EXPECT_EQ(notifications[0]["descriptor"]["id"], "timeout");
  EXPECT_EQ(notifications[0]["level"], "error");
  EXPECT_EQ(notifications[0]["message"]["text"],
            "not compared: timeout: no reply (2 numbers: +12, +14)");
  EXPECT_EQ(notifications[1]["message"]["text"], "not compared: tls: bad (1 number: +13)");
  EXPECT_TRUE(run_of(report)["results"].empty());
}

TEST(SarifFormat, TellsAHundredReasonsAndHowManyMoreThereAre) {
  const auto each_for_its_own = [](const std::string& number) {
    return not_compared(number, ErrorKind::bad_reply, number.substr(1));
  };
  const json notifications = notifications_of(report_of(many(102, each_for_its_own)));
  ASSERT_EQ(notifications.size(), 101U);
  EXPECT_EQ(notifications[100]["message"]["text"], "not compared, for 2 more reasons: 2 numbers");
  EXPECT_EQ(notifications[100]["level"], "error");
}

TEST(SarifFormat, CallsARunSuccessfulOnlyWhereEveryNumberWasCompared) {
  const auto is_successful = [](const Report& report) {
    return run_of(report)["invocations"][0]["executionSuccessful"].get<bool>();
  };
  Report report = report_of({drifted("+12", {finding_of(Severity::critical)})});
  EXPECT_TRUE(is_successful(report));
  report.run.exit_code = 1;  // another report could not be written
  EXPECT_FALSE(is_successful(report));
  report.run.exit_code = 130;
  report.run.complete = false;
  EXPECT_FALSE(is_successful(report));
  Report milder = report_of({not_compared("+12", ErrorKind::timeout, "no reply")});
  milder.run.exit_code = 0;  // --exit-zero
  EXPECT_FALSE(is_successful(milder));
}

TEST(SarifFormat, HasUrisOfPaths) {
  const auto place_of = [](const std::string& path) {
    Report report = report_of({drifted("+12", {finding_of(Severity::major)})});
    report.run.manifests[0].path = path;
    return run_of(report)["results"][0]["locations"][0]["physicalLocation"];
  };
  const std::vector<std::pair<std::string, std::string>> relative = {
      {"samples/manifest.yaml", "samples/manifest.yaml"},
      {"./a/../b c.yaml", "b%20c.yaml"},
      {"a//b/./c.yaml", "a/b/c.yaml"},
      {"../numbers.yaml", "../numbers.yaml"},
      {"acme:ams.yaml", "acme%3Aams.yaml"},
      {"100%25#?.yaml", "100%2525%23%3F.yaml"},
      {"\xC3\xA9-._~.yaml", "%C3%A9-._~.yaml"},
      {"\xFF\n\"", "%FF%0A%22"},
  };
  for (const auto& [path, uri] : relative) {
    const json location = place_of(path)["artifactLocation"];
    EXPECT_EQ(location["uri"], uri);
    EXPECT_EQ(location["uriBaseId"], "%SRCROOT%");
  }
  const json absolute = place_of("/etc/sip drift/../numbers.yaml");
  EXPECT_EQ(absolute["artifactLocation"], json::object({{"uri", "file:///etc/numbers.yaml"}}));
  EXPECT_EQ(absolute["region"]["startLine"], 1);
}

TEST(SarifFormat, TellsAPlaceOnStdinInWords) {
  Report report = report_of({drifted("+12", {finding_of(Severity::major)})});
  report.run.manifests[0].path = "-";
  EXPECT_EQ(run_of(report)["results"][0]["locations"][0],
            json::object({{"message", {{"text", "line 1 of stdin"}}}}));
}

TEST(SarifFormat, LetsNoTextBeALinkOrAPlaceholder) {
  const Report report =
      report_of({drifted("+12", {with_live_endpoint("[here](https://evil.example) {0} \x1b")})});
  EXPECT_THAT(run_of(report)["results"][0]["message"]["text"],
              HasSubstr("live [here] (https://evil.example) {{0}} \\u{{1B}}"));
  const Report failed = report_of({not_compared("+12", ErrorKind::bad_reply, "[a](b){1}")});
  EXPECT_THAT(notifications_of(failed)[0]["message"]["text"], HasSubstr("[a] (b){{1}}"));
}

TEST(SarifFormat, TellsNotices) {
  Report report = report_of({});
  report.notices.push_back({"no number was selected"});
  EXPECT_EQ(notifications_of(report)[0]["level"], "note");
  EXPECT_EQ(notifications_of(report)[0]["message"]["text"], "no number was selected");
}

}  // namespace
}  // namespace sipdrift
