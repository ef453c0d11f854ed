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

TEST(VisibleText, ShowsWhatHasNoWidth) {
  EXPECT_EQ(visible("tls\u200B\u00AD\u2060"), "tls\\u{200B}\\u{AD}\\u{2060}");
  EXPECT_EQ(visible("a\u00A0b\u3000\u3164\U000E0041"), "a\\u{A0}b\\u{3000}\\u{3164}\\u{E0041}");
}

TEST(VisibleText, HoldsNoCommandToTheLogOfACi) {
  EXPECT_EQ(visible("a ##[stop-commands]x"), "a \\u{23}#[stop-commands]x");
  EXPECT_EQ(visible("##vso[task.setvariable]"), "\\u{23}#vso[task.setvariable]");
  EXPECT_EQ(visible("###[x"), "#\\u{23}#[x");
  EXPECT_EQ(visible("## # ##a #[ ##A["), "## # ##a #[ ##A[");
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
  EXPECT_EQ(redacted_endpoint("sip:[:secret@h]"), "sip:[:[redacted]@h]");
  EXPECT_EQ(redacted_endpoint("tls://alice:secret@h"), "tls://alice:[redacted]@h");
}

TEST(Redaction, TakesItOutOfABrokenEndpointToo) {
  EXPECT_EQ(redacted_endpoint("sip:alice:sec ret@h"), "sip:alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:p@ss@h"), "sip:alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:se:cr:et@"), "sip:alice:[redacted]@");
  EXPECT_EQ(redacted_endpoint("sip:alice:secret"), "sip:alice:[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:alice%3Asecret@h"), "sip:alice%3A[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:secret\uFF20h"), "sip:alice:[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:a@b:secret"), "sip:a@b:[redacted]");
}

TEST(Redaction, IsNotMisledByWhatStandsInThePassword) {
  EXPECT_EQ(redacted_endpoint("alice:sec://ret@h"), "alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:it's@h"), "sip:alice:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:alice:secret%40h"), "sip:alice:[redacted]%40h");
}

TEST(Redaction, TakesOutAllUpToWhateverCouldBeTheLastAt) {
  EXPECT_EQ(redacted_endpoint("sip:a b:sec%40ret@h"), "sip:a b:[redacted]@h");
  EXPECT_EQ(redacted_endpoint("sip:a b:sec@ret%40h"), "sip:a b:[redacted]%40h");
}

TEST(Redaction, TakesForAPortOnlyWhatCouldBeOne) {
  EXPECT_EQ(redacted_endpoint("sip:h:5060!secret"), "sip:h:[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:h:5060secret"), "sip:h:[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:h:"), "sip:h:");
  EXPECT_EQ(redacted_endpoint("h h:sip:a:secret"), "h h:[redacted]");
  EXPECT_EQ(redacted_endpoint("h:5060,sips:secret"), "h:5060,sips:secret");
}

TEST(Redaction, TakesNoPasswordWithABlankInItForAPort) {
  EXPECT_EQ(redacted_endpoint("sip:a:12 secret"), "sip:a:[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:h:5061  "), "sip:h:5061  ");
  EXPECT_EQ(redacted_line("sip_endpoint: \"sip:a:12 secret\" # c"),
            "sip_endpoint: \"sip:a:[redacted]\" # c");
  EXPECT_EQ(redacted_endpoint("sip:h;password=first secret"), "sip:h;password=[redacted]");
  EXPECT_EQ(redacted_line("x: password=[redacted]] y"), "x: password=[redacted]] y");
}

TEST(Redaction, MakesOneOfWhatOverlaps) {
  EXPECT_EQ(redacted_line("x: sip:a:b;password=secret@h"), "x: sip:a:[redacted]");
  EXPECT_EQ(redacted_line("{token: a:secret@h}"), "{token: [redacted]}");
}

TEST(Redaction, LeavesNothingWhereNothingIs) {
  EXPECT_EQ(redacted_line("password="), "password=");
  EXPECT_EQ(redacted_line("x: a:@h"), "x: a:@h");
  EXPECT_EQ(redacted_line("x: sip:a:@h"), "x: sip:a:@h");
}

TEST(Redaction, TakesOutWhatIsNamedLikeACredential) {
  EXPECT_EQ(redacted_endpoint("sip:h;pin=1234;key=a"), "sip:h;pin=[redacted];key=[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:h;password=a;lr"), "sip:h;password=[redacted];lr");
  EXPECT_EQ(redacted_endpoint("sip:h:5060;SIP_Passw%6Frd=a"),
            "sip:h:5060;SIP_Passw%6Frd=[redacted]");
  EXPECT_EQ(redacted_endpoint("sip:h?subject=x&Authorization=Digest%20a"),
            "sip:h?subject=x&Authorization=[redacted]");
}

TEST(Redaction, LeavesWhatDiffersInSight) {
  for (const char* const text :
       {"sip:trunk.provider.com:5061 ", "<sip:h:5061>", "sip:a.com:5061,sip:b.com:5062",
        "sip:2001:db8::1;transport=tls", "sip:h;mapping=x;spin=1;pinning=on;keyset=2",
        "sip:x@h:[redacted]"}) {
    EXPECT_EQ(redacted_endpoint(text), text);
  }
  for (const char* const text :
       {"  - { number: \"+14155550100\", port: 05060, tags: [a] }   # ask bob@example.com",
        "sip_endpoint: \"alice@pbx.example.com\"", "inbound: [\"a\", b@c]",
        "SIP is not enabled; see https://app.bland.ai/billing or mail support@bland.ai",
        "at 12:30, contact ops@bland.ai", "auth_mode: Register",
        "sip_endpoint: sip:h:[redacted], port: 5"}) {
    EXPECT_EQ(redacted_line(text), text);
  }
}

TEST(Redaction, FindsWhatIsNamedLikeACredentialInALine) {
  EXPECT_EQ(redacted_line("sip_endpoint: sip:h:99999;password=S3cr3t"),
            "sip_endpoint: sip:h:99999;password=[redacted]");
  EXPECT_EQ(redacted_line("{ sip_password: S3cr3t, port: 1 }"),
            "{ sip_password: [redacted], port: 1 }");
  EXPECT_EQ(redacted_line("api_key: \"S3 cr3t\" # x"), "api_key: \"[redacted]\" # x");
  EXPECT_EQ(redacted_line("config {\"sip_password\":\"S3cr3t\"}"),
            "config {\"sip_password\":\"[redacted]\"}");
  EXPECT_EQ(redacted_line("sip:h?X-Token=S3cr3t&a=b"), "sip:h?X-Token=[redacted]&a=b");
}

TEST(Redaction, LeavesAnEndpointWithoutPasswordAlone) {
  for (const char* const text :
       {"sip:alice@h:5061", "h:5061", "sip:[2001:db8::1]:5061", "", "@", "sip:h;maddr=[::1]",
        "sip:h:5060;x=a%40b", "sip:h:99999", "sip:2001:db8::1", "trunk provider", "tel:911",
        "tel:+14155550100"}) {
    EXPECT_EQ(redacted_endpoint(text), text);
  }
}

TEST(Redaction, FindsEndpointsInALine) {
  EXPECT_EQ(redacted_line("  sip_endpoint: \"sip:a:secret@h\"  # it's"),
            "  sip_endpoint: \"sip:a:[redacted]@h\"  # it's");
  EXPECT_EQ(redacted_line("  sip_endpoint: sip:a:sec ret@h"), "  sip_endpoint: sip:a:[redacted]@h");
  EXPECT_EQ(redacted_line("{ sip_endpoint: sip:a@h, port: 5, x: sip:b:c@h }"),
            "{ sip_endpoint: sip:a@h, port: 5, x: sip:b:[redacted]@h }");
  EXPECT_EQ(redacted_line("{ sip_endpoint: sip:a:it's-secret@h:5, port: 5060 }"),
            "{ sip_endpoint: sip:a:[redacted]@h:5, port: 5060 }");
  EXPECT_EQ(redacted_line("sip_endpoint: \"sip:a:se\\\"cret, ok@h\" # c"),
            "sip_endpoint: \"sip:a:[redacted]@h\" # c");
  EXPECT_EQ(redacted_line("sip_endpoint: 'sip:a:it''s secret@h', port: 5"),
            "sip_endpoint: 'sip:a:[redacted]@h', port: 5");
  EXPECT_EQ(redacted_line("sip_endpoint: \"sip:a:secret@h"), "sip_endpoint: \"sip:a:[redacted]@h");
  EXPECT_EQ(redacted_line("sip_endpoint: a:secret@h"), "sip_endpoint: a:[redacted]@h");
  EXPECT_EQ(redacted_line("sip_endpoint: \"a: secret@h\""), "sip_endpoint: \"a:[redacted]@h\"");
  EXPECT_EQ(redacted_line("sip_endpoint: sip:a:secret"), "sip_endpoint: sip:a:[redacted]");
  EXPECT_EQ(redacted_line("sip_endpoint: \"sip:a:se\\u0040h\", port: 5"),
            "sip_endpoint: \"sip:a:[redacted]\", port: 5");
  EXPECT_EQ(redacted_line("sip_endpoint: \"sip:a\\x3asecret@h\""),
            "sip_endpoint: \"sip:a\\x3a[redacted]@h\"");
  EXPECT_EQ(redacted_line("{ sip_endpoint: sip:a:hun,secret@h }"),
            "{ sip_endpoint: sip:a:[redacted]@h }");
  EXPECT_EQ(redacted_line("{sip_endpoint: sip:h:99999}"), "{sip_endpoint: sip:h:99999}");
  EXPECT_EQ(redacted_line("sip_endpoint:sip:a:secret@h"), "sip_endpoint:[redacted]@h");
  EXPECT_EQ(redacted_line("port: 5061 # ask bob@example.com"), "port: 5061 # ask bob@example.com");
}

}  // namespace
}  // namespace sipdrift
