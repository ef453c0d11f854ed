// From findings to waivers: never more than was asked for, and as few as will do.

#include "audit/waiver_plan.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr FieldPath port_path{Direction::outbound, Field::port};
constexpr FieldPath transport_path{Direction::outbound, Field::transport};

Finding finding(Value live, FieldPath path = port_path) {
  Finding one;
  one.path = path;
  one.expected = std::int64_t{5061};
  one.actual = std::move(live);
  return one;
}

Finding port(std::int64_t live) { return finding(live); }

NumberResult result(const std::string& number, std::vector<Finding> findings,
                    std::vector<std::string> tags = {}) {
  return {.number = E164::parse(number).value(),
          .source = Source{0, 3},
          .profile = {},
          .tags = std::move(tags),
          .outcome = Comparison{std::move(findings), {}},
          .evidence = {}};
}

Report report(std::vector<NumberResult> results) {
  Report one;
  one.results = std::move(results);
  return one;
}

Waiver terms() {
  Waiver one;
  one.reason = "r";
  one.owner = "o";
  one.ticket = "t";
  one.expires = "2027-03-31";
  return one;
}

WaiverPlan plan(const Report& report, const FindingSelection& selection = {},
                Pin pin = Pin::to_live_value) {
  return plan_waivers(report, selection, terms(), pin);
}

/// "+12..+13 outbound.port = 5060"
std::vector<std::string> texts(const WaiverPlan& plan) {
  std::vector<std::string> list;
  for (const Waiver& waiver : plan.waivers) {
    list.push_back(subject_text(waiver) + " " + waiver.path.text() +
                   (waiver.observed ? " = " + *waiver.observed : ""));
  }
  return list;
}

TEST(WaiverPlan, JoinsNeighboursWithTheSameFieldAndLiveValue) {
  const WaiverPlan made = plan(report({result("+12", {port(5060)}), result("+13", {port(5060)}),
                                       result("+14", {port(5062)}), result("+15", {port(5062)})}));
  EXPECT_THAT(texts(made),
              ElementsAre("+12..+13 outbound.port = 5060", "+14..+15 outbound.port = 5062"));
  EXPECT_EQ(made.waivers[0].reason, "r");
  EXPECT_EQ(made.waivers[0].expires, "2027-03-31");
}

TEST(WaiverPlan, CoversNoNumberBetweenThatIsNotAskedFor) {
  // +13 agrees, +15 is not in the report, +17 has another field, +120 only looks like a neighbour.
  const auto all = {result("+12", {port(5060)}), result("+120", {port(5060)}),
                    result("+13", {}),           result("+14", {port(5060)}),
                    result("+16", {port(5060)}), result("+17", {finding("udp"s, transport_path)}),
                    result("+18", {port(5060)}), result("+19", {port(5060)}),
                    result("+20", {port(5060)})};
  EXPECT_THAT(texts(plan(report(all))),
              ElementsAre("+12 outbound.port = 5060", "+120 outbound.port = 5060",
                          "+14 outbound.port = 5060", "+16 outbound.port = 5060",
                          "+17 outbound.transport = udp", "+18..+20 outbound.port = 5060"));
}

TEST(WaiverPlan, GoesOnBehindANumberThatIsLonger) {
  EXPECT_THAT(texts(plan(report({result("+19", {port(1)}), result("+190", {port(1)}),
                                 result("+191", {port(1)}), result("+20", {port(1)})}))),
              ElementsAre("+19..+20 outbound.port = 1", "+190..+191 outbound.port = 1"));
}

TEST(WaiverPlan, LeavesWhatIsWaivedAlready) {
  Finding waived = port(5060);
  waived.waiver = 0;
  const WaiverPlan made = plan(report({result("+12", {waived}), result("+13", {port(5060)})}));
  EXPECT_THAT(texts(made), ElementsAre("+13 outbound.port = 5060"));
  EXPECT_EQ(made.open, 1U);
  EXPECT_EQ(made.open_numbers, 1U);
}

TEST(WaiverPlan, SelectsByNumberTagAndField) {
  const Report all =
      report({result("+12", {port(5060), finding("udp"s, transport_path)}, {"site:ams"}),
              result("+13", {port(5060)}, {"site:sfo"})});
  EXPECT_THAT(
      texts(plan(all,
                 {.numbers = {.only = {"+13"}, .exclude = {}}, .fields = {}, .fingerprints = {}})),
      ElementsAre("+13 outbound.port = 5060"));
  EXPECT_THAT(texts(plan(all, {.numbers = {.only = {"tag:*:ams"}, .exclude = {}},
                               .fields = {port_path},
                               .fingerprints = {}})),
              ElementsAre("+12 outbound.port = 5060"));
  EXPECT_THAT(texts(plan(all, {.numbers = {.only = {}, .exclude = {"tag:site:ams"}},
                               .fields = {},
                               .fingerprints = {}})),
              ElementsAre("+13 outbound.port = 5060"));
  const WaiverPlan none =
      plan(all, {.numbers = {.only = {"+19"}, .exclude = {}}, .fields = {}, .fingerprints = {}});
  EXPECT_THAT(none.waivers, IsEmpty());
  EXPECT_EQ(none.open, 3U);
  EXPECT_EQ(none.open_by_field.at(port_path), 2U);
}

TEST(WaiverPlan, TakesTheBeginningOfAFingerprintThatIsOfOneFindingAlone) {
  const Report all = report({result("+12", {port(5060)}), result("+13", {port(5060)})});
  const std::string second =
      fingerprint(all.results[1].number, all.results[1].findings()[0]).substr(0, 8);
  const auto with = [&](std::vector<std::string> fingerprints) {
    return plan(all, {.numbers = {}, .fields = {}, .fingerprints = std::move(fingerprints)});
  };
  EXPECT_THAT(texts(with({second})), ElementsAre("+13 outbound.port = 5060"));
  EXPECT_THAT(with({second}).faults, IsEmpty());
  EXPECT_THAT(with({""}).faults,
              ElementsAre(HasSubstr("2 findings have a fingerprint that begins")));
  EXPECT_THAT(with({second, "zz"}).faults, ElementsAre(HasSubstr("has the fingerprint zz")));
}

TEST(WaiverPlan, PinsNothingOfWhichAPartIsNotShown) {
  Finding hidden = port(5060);
  hidden.rule = Rule::redacted_part;
  const FieldPath endpoint{Direction::outbound, Field::sip_endpoint};
  const Report all =
      report({result("+12", {hidden}), result("+13", {finding("sip:a:[redacted]@h"s, endpoint)}),
              result("+14", {finding(Value())}), result("+15", {finding("a\x1b"s, endpoint)})});
  const WaiverPlan pinned = plan(all);
  EXPECT_THAT(texts(pinned), ElementsAre("+14 outbound.port = unset"));
  ASSERT_THAT(pinned.unpinned, SizeIs(3));
  EXPECT_EQ(pinned.unpinned[1].number.text(), "+13");
  EXPECT_EQ(pinned.unpinned[1].path, endpoint);

  const WaiverPlan whatever = plan(all, {}, Pin::to_none);
  EXPECT_THAT(texts(whatever), ElementsAre("+12 outbound.port", "+13 outbound.sip_endpoint",
                                           "+14 outbound.port", "+15 outbound.sip_endpoint"));
  EXPECT_THAT(whatever.unpinned, IsEmpty());
}

TEST(WaiverPlan, MadeForAReportCoversItAsAWhole) {
  const Report all = report({result("+12", {port(5060), finding("udp"s, transport_path)}),
                             result("+13", {port(5060)}),
                             result("+15", {finding("configured"s, {Direction::inbound, {}})})});
  for (const Pin pin : {Pin::to_live_value, Pin::to_none}) {
    const WaiverPlan made = plan(all, {}, pin);
    for (const NumberResult& one : all.results) {
      for (const Finding& open : one.findings()) {
        const auto is_covered = [&](const Waiver& waiver) {
          return covers(waiver, one.number, one.tags, open);
        };
        EXPECT_EQ(std::count_if(made.waivers.begin(), made.waivers.end(), is_covered), 1)
            << one.number.text() << " " << open.path.text();
      }
    }
  }
}

}  // namespace
}  // namespace sipdrift
