// Text that is fit to be shown: control characters made visible, passwords taken out.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/redaction.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {
namespace {

TEST(VisibleText, LeavesReadableTextAlone) {
  EXPECT_EQ(visible(""), "");
  EXPECT_EQ(visible("sip:trunk.example.com;transport=tls \\ \"'<&>"),
            "sip:trunk.example.com;transport=tls \\ \"'<&>");
  EXPECT_EQ(visible("Zürich 東京 \U0001F4DE"), "Zürich 東京 \U0001F4DE");
}

TEST(VisibleText, ShowsWhatWouldActOnATerminal) {
  EXPECT_EQ(visible("\x1b[31mred\a\b"), "\\u{1B}[31mred\\u{7}\\u{8}");
  EXPECT_EQ(visible("a\nb\r\tc\x7f"), "a\\u{A}b\\u{D}\\u{9}c\\u{7F}");
  EXPECT_EQ(visible(std::string("a\0b", 3)), "a\\u{0}b");
  EXPECT_EQ(visible("\xC2\x9B"
                    "31m"),
            "\\u{9B}31m");
}

TEST(VisibleText, ShowsWhatWouldTurnTheReadingDirection) {
  EXPECT_EQ(visible("\u202Egnp.exe\u2066\u200F"), "\\u{202E}gnp.exe\\u{2066}\\u{200F}");
  EXPECT_EQ(visible("\u2028\uFEFF\uFFFE"), "\\u{2028}\\u{FEFF}\\u{FFFE}");
}

TEST(VisibleText, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(visible("a\xFFz"), "a\\x{FF}z");
  EXPECT_EQ(visible("\xC3"), "\\x{C3}");
  EXPECT_EQ(visible("\xC0\xAF"), "\\x{C0}\\x{AF}");             // overlong
  EXPECT_EQ(visible("\xED\xA0\x80"), "\\x{ED}\\x{A0}\\x{80}");  // a surrogate
}

TEST(VisibleText, CutsAnExcerptBetweenCharacters) {
  EXPECT_EQ(visible_excerpt("short", 10), "short");
  EXPECT_EQ(visible_excerpt("0123456789", 4), "0123...");
  EXPECT_EQ(visible_excerpt("ab\u00e9\u00e9", 3), "ab...");
}

TEST(Redaction, TakesThePasswordOutOfAnEndpoint) {
  EXPECT_EQ(redacted_endpoint("sip:alice:secret@h:5061;lr"), "sip:alice:[redacted]@h:5061;lr");
  EXPECT_EQ(redacted_endpoint("SIPS:alice:s%65cret@h"), "SIPS:alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("alice:secret@h"), "alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("tls://alice:secret@h"), "tls://alice:[redacted]@h");
}

TEST(Redaction, TakesItOutOfABrokenEndpointToo) {
  EXPECT_EQ(redacted_endpoint("sip:alice:sec ret@h"), "sip:alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:p@ss@h"), "sip:alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:se:cr:et@"), "sip:alice:[redacted]@");
}

TEST(Redaction, LeavesAnEndpointWithoutPasswordAlone) {
  for (const char* const text :
       {"sip:alice@h:5061", "h:5061", "sip:[2001:db8::1]:5061", "", "@", "sip:h;maddr=[::1]"}) {
    EXPECT_EQ(redacted_endpoint(text), text);
  }
}

TEST(Redaction, FindsEndpointsInALine) {
  EXPECT_EQ(redacted_line("  sip_endpoint: \"sip:a:secret@h\"  # it's"),
            "  sip_endpoint: \"sip:a:[redacted]@h\"  # it's");
  EXPECT_EQ(redacted_line("  sip_endpoint: sip:a:sec ret@h"), "  sip_endpoint: sip:a:[redacted]@h");
  EXPECT_EQ(redacted_line("{ sip_endpoint: sip:a@h, port: 5, x: sip:b:c@h }"),
            "{ sip_endpoint: sip:a@h, port: 5, x: sip:b:[redacted]@h }");
  EXPECT_EQ(redacted_line("port: 5061 # ask bob@example.com"), "port: 5061 # ask bob@example.com");
}

}  // namespace
}  // namespace sipdrift
