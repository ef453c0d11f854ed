// Waivers: whom they concern, which findings they cover, and when they end.

#include "sipdrift/waiver.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using namespace std::string_literals;

E164 number(const std::string& text) { return E164::parse(text).value(); }

NumberRange range(const std::string& first, const std::string& last) {
  return {number(first), number(last)};
}

const FieldPath outbound_port{Direction::outbound, Field::port};

Waiver waiver(std::variant<std::string, NumberRange> subject) {
  Waiver one;
  one.subject = std::move(subject);
  one.path = outbound_port;
  return one;
}

Finding finding(Value actual) {
  Finding one;
  one.path = outbound_port;
  one.expected = std::int64_t{5061};
  one.actual = std::move(actual);
  return one;
}

const std::vector<std::string> no_tags;

TEST(Waiver, OfARangeConcernsItsEndsAndNoNumberOfAnotherLength) {
  const Waiver one = waiver(range("+1410", "+1419"));
  for (const char* const inside : {"+1410", "+1415", "+1419"}) {
    EXPECT_TRUE(concerns(one, number(inside), no_tags)) << inside;
  }
  // As texts, the last two would lie between the ends.
  for (const char* const outside : {"+1409", "+1420", "+14105", "+141"}) {
    EXPECT_FALSE(concerns(one, number(outside), no_tags)) << outside;
  }
}

TEST(Waiver, OfATagConcernsNumbersWithExactlyThatTag) {
  const Waiver one = waiver("site:ams"s);
  EXPECT_TRUE(concerns(one, number("+12"), std::vector{"gold"s, "site:ams"s}));
  EXPECT_FALSE(concerns(one, number("+12"), std::vector{"site:ams2"s, "site"s}));
  EXPECT_FALSE(concerns(one, number("+12"), no_tags));
}

TEST(Waiver, CoversItsFieldAlone) {
  const Waiver one = waiver(range("+12", "+12"));
  Finding other = finding(std::int64_t{5060});
  EXPECT_TRUE(covers(one, number("+12"), no_tags, other));
  EXPECT_FALSE(covers(one, number("+13"), no_tags, other));
  other.path = {Direction::inbound, Field::port};
  EXPECT_FALSE(covers(one, number("+12"), no_tags, other));
  other.path = {Direction::outbound, std::nullopt};
  EXPECT_FALSE(covers(one, number("+12"), no_tags, other)) << "a direction is not its fields";
}

TEST(Waiver, WithAPinCoversThatValueAlone) {
  Waiver one = waiver(range("+12", "+12"));
  const auto covers_value = [&](const Value& value) {
    return covers(one, number("+12"), no_tags, finding(value));
  };
  one.observed = "5060";
  EXPECT_TRUE(covers_value(std::int64_t{5060}));
  EXPECT_FALSE(covers_value(std::int64_t{5062}));
  EXPECT_FALSE(covers_value(Value()));
  one.observed = "unset";
  EXPECT_TRUE(covers_value(Value()));
  EXPECT_FALSE(covers_value(std::int64_t{5060}));
  EXPECT_FALSE(covers_value("unset"s)) << "a host may be called so";
  one.observed = "false";
  EXPECT_TRUE(covers_value(false));
  EXPECT_FALSE(covers_value(true));
}

TEST(Waiver, WithAPinCoversNothingOfWhichAPartIsNotShown) {
  Waiver one = waiver(range("+12", "+12"));
  one.observed = "sip:alice:[redacted]@h";
  EXPECT_FALSE(covers(one, number("+12"), no_tags, finding("sip:alice:[redacted]@h"s)));
  one.observed = "sip:h";
  Finding hidden = finding("sip:h"s);
  EXPECT_TRUE(covers(one, number("+12"), no_tags, hidden));
  hidden.rule = Rule::redacted_part;
  EXPECT_FALSE(covers(one, number("+12"), no_tags, hidden));
  one.observed.reset();
  EXPECT_TRUE(covers(one, number("+12"), no_tags, hidden)) << "whatever is live";
}

TEST(PinText, SpellsWhatItCanTellApart) {
  EXPECT_EQ(pin_text(std::int64_t{5061}), "5061");
  EXPECT_EQ(pin_text(true), "true");
  EXPECT_EQ(pin_text(Value()), "unset");
  EXPECT_EQ(pin_text("configured"s), "configured");
  EXPECT_EQ(pin_text("sip:pbx.example.com;transport=tls"s), "sip:pbx.example.com;transport=tls");
  for (const char* const text :
       {"", "unset", "sip:a:[redacted]@h", "sip:a:hunter2@h", "a\x1b[2J"}) {
    EXPECT_EQ(pin_text(std::string(text)), std::nullopt) << text;
  }
}

TEST(Waiver, IsNamedByItsNumbersOrItsTag) {
  EXPECT_EQ(subject_text(waiver(range("+12", "+12"))), "+12");
  EXPECT_EQ(subject_text(waiver(range("+12", "+19"))), "+12..+19");
  EXPECT_EQ(subject_text(waiver("site:ams"s)), "tag:site:ams");
}

std::string expiry(std::string_view text) {
  const auto time = parse_expiry(text);
  return time ? rfc3339(*time) : "";
}

TEST(Expiry, OfADayIsTheEndOfThatDayInUtc) {
  EXPECT_EQ(expiry("2026-12-31"), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(expiry("2028-02-28"), "2028-02-29T00:00:00.000Z");
}

TEST(Expiry, OfATimeIsThatMomentWhateverItsOffset) {
  EXPECT_EQ(expiry("2026-12-31T18:00:00Z"), "2026-12-31T18:00:00.000Z");
  EXPECT_EQ(expiry("2026-12-31t18:00:00z"), "2026-12-31T18:00:00.000Z");
  EXPECT_EQ(expiry("2026-12-31T18:00:00+02:00"), "2026-12-31T16:00:00.000Z");
  EXPECT_EQ(expiry("2026-12-31T18:00:00-05:30"), "2026-12-31T23:30:00.000Z");
  EXPECT_EQ(expiry("2026-12-31T23:59:59.999-00:30"), "2027-01-01T00:29:59.000Z");
}

TEST(Expiry, IsNothingElse) {
  for (const char* const text : {"",
                                 "tomorrow",
                                 "2026-12",
                                 "2026-2-3",
                                 "2026-02-30",
                                 "2026-13-01",
                                 "2026-12-31 ",
                                 "31.12.2026",
                                 "2026-12-31T",
                                 "2026-12-31T18:00",
                                 "2026-12-31T18:00:00",
                                 "2026-12-31T24:00:00Z",
                                 "2026-12-31T18:60:00Z",
                                 "2026-12-31T18:00:60Z",
                                 "2026-12-31 18:00:00Z",
                                 "2026-12-31T18:00:00+2",
                                 "2026-12-31T18:00:00+0200",
                                 "2026-12-31T18:00:00+24:00",
                                 "2026-12-31T18:00:00+02:60",
                                 "2026-12-31T18:00:00.Z",
                                 "2026-12-31T18:00:00.5",
                                 "2026-12-31T18:00:00Zx",
                                 "20261231",
                                 "9999-12-31",
                                 "0000-01-01T00:00:00+00:01",
                                 "9999-12-31T23:59:00-00:01"}) {
    EXPECT_EQ(expiry(text), "") << text;
  }
  EXPECT_EQ(expiry("9999-12-30"), "9999-12-31T00:00:00.000Z");
}

}  // namespace
}  // namespace sipdrift
