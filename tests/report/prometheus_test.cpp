// The report as figures: every series always there, but for one that an incomplete run has from the
// report before it. Whether Prometheus can read it is for tests/program/test_reports.py.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/sample_reports.hpp"

namespace sipdrift {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* last_complete = "sipdrift_last_complete_timestamp_seconds";

std::string metrics(const Report& report, const std::string& earlier = {}) {
  return written(*find_format("prometheus"), report, {.earlier = earlier});
}

Report incomplete() {
  Report report = report_of({not_compared("+12", ErrorKind::interrupted, "stopped")});
  report.run.complete = false;
  return report;
}

TEST(PrometheusFormat, HasEveryStatusAndSeverityWhateverItsCount) {
  const std::string text = metrics(report_of({drifted("+12", {finding_of(Severity::critical)}),
                                              drifted("+13", {finding_of(Severity::critical)})}));
  for (const char* const sample :
       {"sipdrift_numbers{status=\"in_sync\"} 0\n", "sipdrift_numbers{status=\"drifted\"} 2\n",
        "sipdrift_numbers{status=\"waived\"} 0\n", "sipdrift_numbers{status=\"not_compared\"} 0\n",
        "sipdrift_findings{severity=\"critical\"} 2\n", "sipdrift_findings{severity=\"major\"} 0\n",
        "sipdrift_run_exit_code 2\n"}) {
    EXPECT_THAT(text, HasSubstr(sample));
  }
}

TEST(PrometheusFormat, CountsNoUnmanagedNumbersWhereNobodyKnowsThem) {
  Report report = report_of({drifted("+12", {finding_of(Severity::major)})});
  EXPECT_THAT(metrics(report), Not(HasSubstr("unmanaged")));
  report.discovery = Discovery{};
  EXPECT_THAT(metrics(report), HasSubstr("sipdrift_numbers{status=\"unmanaged\"} 0\n"));
  report.discovery->error = NotCompared{ErrorKind::timeout, "no list"};
  EXPECT_THAT(metrics(report), Not(HasSubstr("unmanaged")));
}

TEST(PrometheusFormat, TellsWhenSomebodyHasToLookAtAWaiver) {
  const Report report = sample_reports().at(2).report;
  EXPECT_THAT(metrics(report), HasSubstr("\nsipdrift_waivers{state=\"expired\"} 1\n"));
  EXPECT_THAT(metrics(report),  // the expired one, which ends before, does not count
              HasSubstr("\nsipdrift_waiver_next_expiry_timestamp_seconds 1796122800.000\n"));
}

TEST(PrometheusFormat, HasTimesInSeconds) {
  Report report = report_of({drifted("+12", {finding_of(Severity::major)})});
  report.run.duration = std::chrono::milliseconds(61'007);
  report.run.finished_at = Timestamp(std::chrono::milliseconds(1'795'399'206'040));
  const std::string text = metrics(report);
  EXPECT_THAT(text, HasSubstr("\nsipdrift_run_duration_seconds 61.007\n"));
  EXPECT_THAT(text, HasSubstr("\nsipdrift_last_run_timestamp_seconds 1795399206.040\n"));
  EXPECT_THAT(text, HasSubstr("\nsipdrift_last_complete_timestamp_seconds 1795399206.040\n"));
  report.run.finished_at = Timestamp(std::chrono::milliseconds(-1'040));
  EXPECT_THAT(metrics(report), HasSubstr("\nsipdrift_last_run_timestamp_seconds -1.040\n"));
}

TEST(PrometheusFormat, TakesNothingOverIntoACompleteRun) {
  const Report report = report_of({drifted("+12", {finding_of(Severity::major)})});
  EXPECT_EQ(metrics(report, std::string(last_complete) + " 17.000\n"), metrics(report));
}

TEST(PrometheusFormat, TakesARunThatLookedAtNothingForNoCompleteOne) {
  EXPECT_THAT(metrics(report_of({})), Not(HasSubstr(last_complete)));
  EXPECT_THAT(metrics(report_of({}), std::string(last_complete) + " 17.000\n"),
              HasSubstr(std::string(last_complete) + " 17.000\n"));
}

TEST(PrometheusFormat, TakesOverNoTimeThatIsYetToCome) {
  EXPECT_THAT(metrics(incomplete(), std::string(last_complete) + " 99999999999\n"),
              Not(HasSubstr(last_complete)));
}

TEST(PrometheusFormat, TakesTheLastCompleteRunOverIntoOneThatIsNot) {
  const std::string before = metrics(report_of({drifted("+12", {finding_of(Severity::major)})}));
  const std::string text = metrics(incomplete(), before);
  EXPECT_THAT(text, HasSubstr("\nsipdrift_last_complete_timestamp_seconds 1795399206.324\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE sipdrift_last_complete_timestamp_seconds gauge\n"));
  EXPECT_THAT(text, HasSubstr("{status=\"drifted\"} 0\n"));
  EXPECT_EQ(metrics(incomplete(), text), text);
}

TEST(PrometheusFormat, TakesANumberOverAsItStands) {
  for (const std::string number : {"0", "17", "17.000", "1.7953992e9"}) {
    EXPECT_THAT(metrics(incomplete(), std::string("x 1\n") + last_complete + " " + number + "\n"),
                HasSubstr(std::string("\n") + last_complete + " " + number + "\n"));
  }
}

TEST(PrometheusFormat, TakesNoNumberOverThatIsNoTime) {
  for (const std::string number : {"", " ", "-17", "-0", "+17", "nan", "inf", "1e999", "0x17",
                                   "17 18", " 17", "17\r", "17 # {}", "seventeen"}) {
    EXPECT_THAT(metrics(incomplete(), std::string(last_complete) + " " + number + "\n"),
                Not(HasSubstr(last_complete)))
        << number;
  }
}

TEST(PrometheusFormat, TakesNothingOverThatIsInDoubt) {
  const std::string sample = std::string(last_complete) + " 17\n";
  const std::string cut_off = sample.substr(0, sample.size() - 1);  // of 1795399206, perhaps
  const std::string labelled = std::string(last_complete) + "{a=\"b\"} 17\n";
  for (const std::string& earlier :
       {std::string("\n"), std::string("{\"json\": true}\n"), cut_off, labelled, sample + sample,
        " " + sample, "#" + sample, cut_off + std::string("\0\n", 2)}) {
    EXPECT_THAT(metrics(incomplete(), earlier), Not(HasSubstr(last_complete))) << earlier;
  }
}

TEST(PrometheusFormat, HoldsNoTextFromOutside) {
  EXPECT_THAT(metrics(report_full_of("hostile")), Not(HasSubstr("hostile")));
}

}  // namespace
}  // namespace sipdrift
