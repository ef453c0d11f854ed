// Lines for log collectors, whatever the text.

#include "cli/log_line.hpp"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sipdrift {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Timestamp time_of_line{std::chrono::milliseconds(1'795'401'000'007)};

std::string line_of(const std::string& text, const SecretFilter& secrets = {}) {
  return json_log_line(time_of_line, "warning", text, secrets);
}

std::string message_of(const std::string& line) {
  return nlohmann::json::parse(line).at("message").get<std::string>();
}

TEST(JsonLogLine, HasWhatCollectorsLookFor) {
  EXPECT_EQ(line_of("a \"message\""),
            R"({ "time": "2026-11-23T02:30:00.007Z", "level": "warning", "service": "sipdrift", )"
            R"("message": "a \"message\"" })"
            "\n");
}

TEST(JsonLogLine, IsOneLineOfUtf8InWhichNothingActs) {
  for (const std::string text :
       {"two\nlines\r\n", "\x1b[31mred\x07", "\xff\xfe no UTF-8 \xc3", "a\x01b\x7f",
        "\u202eback\u2028", "\\u0041 \\", "", "\xf0\x9f\x98\x80 \u00e9"}) {
    const std::string line = line_of(text);
    EXPECT_EQ(line.find('\n'), line.size() - 1) << text;
    EXPECT_TRUE(nlohmann::json::accept(line)) << line;  // of UTF-8 alone
    for (const char c : line.substr(0, line.size() - 1)) {
      EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) << line;
    }
    EXPECT_THAT(line, Not(HasSubstr("\u202e")));
  }
  EXPECT_EQ(message_of(line_of("two\nlines\u202e")), "two\nlines\u202e");
}

TEST(JsonLogLine, HoldsNoSecret) {
  const SecretFilter secrets(R"(k"e\y/1)");
  for (const char* const text : {R"(k"e\y/1)", R"(k\"e\\y/1)", R"(k\"e\\y\/1)", "k%22e%5Cy%2F1"}) {
    EXPECT_EQ(message_of(line_of(std::string("is ") + text, secrets)), "is [redacted]") << text;
  }
}

TEST(JsonLogLine, HoldsNoSecretThatEscapingMakes) {
  // Not in the text, and in what it becomes.
  EXPECT_EQ(message_of(line_of(R"(say ab"cdef)", SecretFilter(R"(ab\"cdef)"))), "[redacted]");
  EXPECT_EQ(message_of(line_of("say abcde\nf", SecretFilter(R"(abcde\n)"))), "[redacted]");
  // Whose replacement would leave a quote that ends the string.
  EXPECT_EQ(message_of(line_of(R"(say abcde")", SecretFilter(R"(abcde\)"))), "[redacted]");
}

}  // namespace
}  // namespace sipdrift
