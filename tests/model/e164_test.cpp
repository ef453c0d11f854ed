// E.164 numbers: what is one, what is not, and counting through a range.

#include "sipdrift/e164.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using ::testing::HasSubstr;

std::string reason_against(std::string_view text) {
  const auto number = E164::parse(text);
  return number ? "it was accepted" : number.error();
}

TEST(E164, ReadsTheShortestAndTheLongestNumber) {
  EXPECT_EQ(E164::parse("+14150000000")->text(), "+14150000000");
  EXPECT_EQ(E164::parse("+12")->text(), "+12");
  EXPECT_EQ(E164::parse("+123456789012345")->text(), "+123456789012345");
}

TEST(E164, RefusesWhatIsNotExactlyANumber) {
  EXPECT_THAT(reason_against(""), HasSubstr("it starts with \"+\""));
  EXPECT_THAT(reason_against("+"), HasSubstr("it has 0 digits"));
  EXPECT_THAT(reason_against("+1"), HasSubstr("it has 1 digit, "));
  EXPECT_THAT(reason_against("+1234567890123456"), HasSubstr("it has 16 digits"));
  EXPECT_THAT(reason_against("+04150000000"), HasSubstr("no country code begins with 0"));
  EXPECT_THAT(reason_against("+1415 0000000"), HasSubstr("only digits"));
  EXPECT_THAT(reason_against("+1-415-000-0000"), HasSubstr("only digits"));
  EXPECT_THAT(reason_against("++14150000000"), HasSubstr("only digits"));
  EXPECT_THAT(reason_against("+1415000000x"), HasSubstr("only digits"));
  EXPECT_THAT(reason_against(" +14150000000"), HasSubstr("it starts with \"+\""));
  EXPECT_THAT(reason_against("bland-001"), HasSubstr("it starts with \"+\""));
  EXPECT_THAT(reason_against(std::string_view("+1415\0"
                                              "000000",
                                              12)),
              HasSubstr("only digits"));
}

TEST(E164, SuggestsThePlusThatWasForgotten) {
  EXPECT_THAT(reason_against("14150000000"), HasSubstr("write \"+14150000000\""));
}

TEST(E164, IsOrderedAsItsText) {
  EXPECT_LT(*E164::parse("+1415"), *E164::parse("+14150"));
  EXPECT_LT(*E164::parse("+14159"), *E164::parse("+1416"));
  EXPECT_EQ(*E164::parse("+1415"), *E164::parse("+1415"));
}

TEST(E164, CountsOnWithoutGrowing) {
  EXPECT_EQ(E164::parse("+14150000009")->next()->text(), "+14150000010");
  EXPECT_EQ(E164::parse("+19999")->next()->text(), "+20000");
  EXPECT_EQ(E164::parse("+9999")->next(), std::nullopt);
  EXPECT_EQ(E164::parse("+123456789012345")->digits(), 123456789012345U);
}

}  // namespace
}  // namespace sipdrift
