// The JSON report, read back: all of it or nothing, and nothing that does not add up.

#include "sipdrift/report_reader.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_reports.hpp"
#include "sipdrift/formats.hpp"

namespace sipdrift {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string as_json(const Report& report) { return written(*find_format("json"), report); }

/// The report with a finding of every kind, as nlohmann reads it.
json mixed() { return json::parse(as_json(sample_reports().at(1).report)); }

TEST(ReportReader, GivesEveryFormatByteForByte) {
  for (const SampleReport& sample : sample_reports()) {
    const auto report = read_report(as_json(sample.report));
    ASSERT_TRUE(report) << sample.name << ": " << report.error().path << report.error().message;
    for (const Format& format : formats()) {
      EXPECT_EQ(written(format, *report), written(format, sample.report)) << sample.name;
    }
  }
}

TEST(ReportReader, KeepsTextsThatAnythingCanBeIn) {
  const Report report = report_full_of("\x1b[2J \u202E ]]> | ` \n::error::x \"\\");
  const auto again = read_report(as_json(report));
  ASSERT_TRUE(again) << again.error().path << " " << again.error().message;
  EXPECT_EQ(as_json(*again), as_json(report));
}

TEST(ReportReader, IgnoresWhatAMinorVersionAdds) {
  json report = mixed();
  report["format_version"] = "1.7";
  report["run"]["hostname"] = "a";
  report["results"][2]["findings"][0]["colour"] = "new";
  const auto read = read_report(report.dump());
  ASSERT_TRUE(read) << read.error().path;
  EXPECT_EQ(as_json(*read), as_json(sample_reports().at(1).report));
}

struct Change {
  const char* path;   // what is changed, as nlohmann's pointer
  json value;         // to what; discarded: it is taken away
  const char* where;  // the path of the fault
  const char* what;   // in its message
};

void PrintTo(const Change& change, std::ostream* out) { *out << change.path << change.value; }

class RefusedReport : public ::testing::TestWithParam<Change> {};

TEST_P(RefusedReport, SaysWhereAndWhat) {
  const Change& change = GetParam();
  json report = mixed();
  const json::json_pointer pointer(change.path);
  if (change.value.is_discarded()) {
    report[pointer.parent_pointer()].erase(pointer.back());
  } else {
    report[pointer] = change.value;
  }
  const auto read = read_report(report.dump());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().path, change.where);
  EXPECT_THAT(read.error().message, HasSubstr(change.what));
}

const json gone(json::value_t::discarded);

INSTANTIATE_TEST_SUITE_P(
    All, RefusedReport,
    ::testing::Values(
        Change{"/format_version", "2.0", "format_version", "is not 1."},
        Change{"/format_version", gone, "", "has no \"format_version\""},
        Change{"/tool/name", "goss", "tool.name", "sipdrift"},
        Change{"/run/exit_code", 130, "run.exit_code", "this is complete"},
        Change{"/run/started_at", "2026-02-30T00:00:00.000Z", "run.started_at", "no time"},
        Change{"/run/shard",
               {{"index", 5}, {"count", 4}, {"selected", 9}, {"declared", 9}},
               "run.shard.index",
               "none of its parts"},
        Change{"/run/shard",
               {{"index", 1}, {"count", 0}, {"selected", 9}, {"declared", 9}},
               "run.shard.count",
               "no number of parts"},
        Change{"/run/shard",
               {{"index", 1}, {"count", 1}, {"selected", 9}, {"declared", 8}},
               "run.shard.selected",
               "more than are declared"},
        Change{"/run/shard",
               {{"index", 1}, {"count", 1}, {"selected", 1}, {"declared", 9}},
               "run.shard.selected",
               "less than the numbers of this part"},
        Change{"/run/shard",
               {{"index", 1}, {"count", 999'983}, {"selected", 9}, {"declared", 9}},
               "results[0].number",
               "of another part"},
        Change{"/run/manifests", json::array(), "run.manifests", "empty"},
        Change{"/run/manifests/0/sha256", "00", "run.manifests[0].sha256", "no SHA-256"},
        Change{"/run/fetch/retries", {{"sloth", 1}}, "run.fetch.retries.sloth", "no kind"},
        Change{"/run/fetch/requests", -1, "run.fetch.requests", "no count"},
        Change{"/run/fetch/bytes", 1.5, "run.fetch.bytes", "not an integer"},
        Change{"/run/complete", "yes", "run.complete", "not a boolean"},
        Change{"/run/exit_code", 3, "run.exit_code", "no exit status"},
        Change{"/summary/in_sync", 3, "summary.in_sync", "but the results come to 2"},
        Change{"/summary/findings/by_field/inbound.port", 0, "summary.findings.by_field",
               "without findings"},
        Change{"/results", {{"a", 1}}, "results", "not a list"},
        Change{"/results/0/number", "+14155550109", "results[1].number", "does not come after"},
        Change{"/results/0/number", "0041", "results[0].number", ""},
        Change{"/results/0/status", "drifted", "results[0].status", "is not in_sync"},
        Change{"/results/0/matched", json::array(), "results[0].status", "rests on nothing"},
        Change{"/results/0/evidence/reply_sha256", nullptr, "results[0].evidence", "no reply"},
        Change{"/results/0/evidence/http_status", 500, "results[0].evidence", "no reply"},
        Change{"/results/2/evidence/attempts", 0, "results[2].evidence", "no reply"},
        Change{"/results/2/evidence/observed_at", nullptr, "results[2].evidence", "no reply"},
        Change{"/results/2/findings/1/actual", 5061, "results[2].findings[1].actual", "the same"},
        Change{"/format_version", "1.x", "format_version", "is not 1."},
        Change{"/format_version", "1.", "format_version", "is not 1."},
        Change{"/results/0/evidence/http_status", 42, "results[0].evidence.http_status", "HTTP"},
        Change{"/results/0/source/file", "other", "results[0].source.file", "none of the run"},
        Change{"/results/0/source/line", 0, "results[0].source.line", "no line"},
        Change{"/results/0/tags/0", 5, "results[0].tags[0]", "not a text"},
        Change{"/results/2/findings/1/path", "outbound.colour", "results[2].findings[1].path",
               "no direction or field"},
        Change{"/results/2/findings/1/kind", "sip:a:hunter2@h", "results[2].findings[1].kind",
               "[redacted]"},
        Change{"/results/2/findings/1/fingerprint", "00", "results[2].findings[1].fingerprint",
               "is not that"},
        Change{"/results/2/findings/1/actual", json::array(), "results[2].findings[1].actual",
               "is a list, not an integer"},
        Change{"/results/2/findings/1/rule", "rule of thumb", "results[2].findings[1].rule",
               "means nothing"},
        Change{"/results/3/error", nullptr, "results[3].status", "rests on nothing"},
        Change{"/results/3/error/kind", "sloth", "results[3].error.kind", "means nothing"},
        Change{"/notices/0", "text", "notices[0]", "not an object"}));

TEST(ReportReader, RefusesWhatIsNoJson) {
  EXPECT_THAT(read_report("").error().message, HasSubstr("is no JSON report"));
  EXPECT_THAT(read_report("[1").error().message, HasSubstr("breaks off"));
  EXPECT_THAT(read_report("[]").error().message, HasSubstr("not an object"));
  const std::string whole = as_json(sample_reports().at(0).report);
  EXPECT_FALSE(read_report(whole.substr(0, whole.size() / 2)));
  EXPECT_FALSE(read_report(whole + "{}"));
}

}  // namespace
}  // namespace sipdrift
