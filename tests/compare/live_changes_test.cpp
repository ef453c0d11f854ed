// What was live against what is now: what is a change, and what only another spelling.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compare/comparing.hpp"
#include "compare/shown_part.hpp"

namespace sipdrift {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const FieldPath the_direction{Direction::outbound, std::nullopt};

std::vector<Change> changes(const std::optional<LiveDirection>& before,
                            const std::optional<LiveDirection>& after,
                            MatchMode mode = MatchMode::sip) {
  return compare(LiveRecord{some_number, std::nullopt, before},
                 LiveRecord{some_number, std::nullopt, after}, mode);
}

Change only_change(const LiveDirection& before, const LiveDirection& after,
                   MatchMode mode = MatchMode::sip) {
  const auto found = changes(before, after, mode);
  EXPECT_THAT(found, SizeIs(1));
  return found.empty() ? Change() : found.front();
}

LiveDirection with(const char* endpoint, std::optional<std::uint16_t> port,
                   std::optional<std::string> transport = {}) {
  LiveDirection live;
  if (endpoint != nullptr) live.sip_endpoint = endpoint;
  if (port) live.port = Observed<std::uint16_t>{*port, false};
  live.transport = std::move(transport);
  return live;
}

std::vector<std::string> told(const std::vector<Change>& changes) {
  std::vector<std::string> words;
  words.reserve(changes.size());
  for (const Change& change : changes) {
    words.push_back(change.path.text() + " " + std::string(name(change.state)) +
                    (change.severity == Severity::critical ? " critical" : ""));
  }
  return words;
}

TEST(LiveChanges, AreNoneWhereAllIsAlike) {
  const LiveDirection live{.auth_mode = "ip",
                           .port = Observed<std::uint16_t>{5061, true},
                           .secure_media = Observed<bool>{true, false},
                           .sip_endpoint = "no URI at all",
                           .transport = "TLS"};
  for (const MatchMode mode : all_match_modes) EXPECT_THAT(changes(live, live, mode), IsEmpty());
  EXPECT_THAT(changes(std::nullopt, std::nullopt), IsEmpty());
}

TEST(LiveChanges, AreOfEveryFieldAsItStood) {
  const LiveDirection before{.auth_mode = "ip",
                             .port = Observed<std::uint16_t>{5060, true},
                             .secure_media = Observed<bool>{false, false},
                             .sip_endpoint = "sip:a",
                             .transport = {}};
  const LiveDirection after{.auth_mode = "IP",
                            .port = Observed<std::uint16_t>{5061, false},
                            .secure_media = Observed<bool>{true, true},
                            .sip_endpoint = "sip:b",
                            .transport = "udp"};
  const auto found = changes(before, after);
  EXPECT_THAT(told(found),
              testing::ElementsAre("outbound.auth_mode changed", "outbound.port changed",
                                   "outbound.secure_media changed", "outbound.sip_endpoint changed",
                                   "outbound.transport changed"));
  EXPECT_EQ(found[0].after, text("IP"));
  EXPECT_EQ(found[1].before, text("5060"));
  EXPECT_EQ(found[1].after, integer(5061));
  EXPECT_EQ(found[2].after, text("true"));
  EXPECT_EQ(found[4].before, nothing);
}

TEST(LiveChanges, AreTheSameToTheLetterWhereTheValuesDiffer) {
  const Change change = only_change(with("sip:h", 5060), with("sip:h", 5061), MatchMode::exact);
  EXPECT_EQ(change.state, ChangeState::changed);
  EXPECT_EQ(change.rule, Rule::none);
}

TEST(LiveChanges, HaveADirectionBesideItsFields) {
  const auto appeared = changes(std::nullopt, with("sip:h", 5060));
  ASSERT_THAT(appeared, SizeIs(3));
  EXPECT_EQ(appeared[0].path, the_direction);
  EXPECT_EQ(appeared[0].before, nothing);
  EXPECT_EQ(appeared[0].after, text("configured"));
  EXPECT_EQ(appeared[2].after, text("sip:h"));
  const auto went = changes(LiveDirection(), std::nullopt);
  ASSERT_THAT(went, SizeIs(1));
  EXPECT_EQ(went[0].after, nothing);
}

struct Respelling {
  LiveDirection before;
  LiveDirection after;
  Rule rule;
};

TEST(LiveChanges, AreNoneWhereItMeansTheSame) {
  LiveDirection string_port = with("sip:h", 5061);
  string_port.port->in_string = true;
  LiveDirection flag;
  flag.secure_media = Observed<bool>{true, false};
  LiveDirection string_flag;
  string_flag.secure_media = Observed<bool>{true, true};
  const std::vector<Respelling> respellings = {
      {with("sip:a@h;lr;x=1", {}), with("SIP:a@H;X=1;lr", {}), Rule::sip_uri_comparison},
      {with("sip:h;transport=TLS", {}), with("sip:h;transport=tls", {}), Rule::sip_uri_comparison},
      {string_port, with("sip:h", 5061), Rule::integer_in_string},
      {flag, string_flag, Rule::boolean_in_string},
      {with("sip:h", {}, "TLS"), with("sip:h", {}, "tls"), Rule::letter_case},
      {with("sip:h:5061", 5061), with("sip:h:5061", {}), Rule::effective_port_and_transport},
      {with("sip:h;transport=tls", {}), with("sip:h;transport=tls", {}, "tls"),
       Rule::effective_port_and_transport},
      {with("sip:h:5060", 5061), with("sip:h:5062", 5061), Rule::effective_port_and_transport},
  };
  for (const auto& [before, after, rule] : respellings) {
    for (const auto& change : {only_change(before, after), only_change(after, before)}) {
      EXPECT_EQ(change.state, ChangeState::respelled) << change.path.text();
      EXPECT_EQ(change.rule, rule) << change.path.text();
      EXPECT_EQ(change.severity, Severity::major);
    }
    const Change exact = only_change(before, after, MatchMode::exact);
    EXPECT_EQ(exact.state, ChangeState::changed);
    EXPECT_EQ(exact.rule, Rule::exact_match);
  }
}

TEST(LiveChanges, AreNoneWherePortAndTransportMove) {
  for (const auto& [before, after] :
       {std::pair(with("sip:h", 5061, "tls"), with("sip:h:5061;transport=tls", {})),
        std::pair(with("sip:h:5061;transport=tls", {}), with("sip:h", 5061, "TLS"))}) {
    EXPECT_THAT(told(changes(before, after)),
                testing::ElementsAre("outbound.port respelled", "outbound.sip_endpoint respelled",
                                     "outbound.transport respelled"));
  }
}

TEST(LiveChanges, AreOfWhateverHoldsThePort) {
  EXPECT_THAT(told(changes(with("sip:h:5060", {}), with("sip:h:5061", {}))),
              testing::ElementsAre("outbound.sip_endpoint changed"));
  EXPECT_THAT(told(changes(with("sip:h", 5060), with("sip:h:5061", {}))),
              testing::ElementsAre("outbound.port changed", "outbound.sip_endpoint changed"));
  EXPECT_THAT(told(changes(with("sip:h:5060", 5060), with("sip:h:5060", 5061))),
              testing::ElementsAre("outbound.port changed"));
  EXPECT_THAT(told(changes(with("SIP:h:5060", 5060), with("sip:h:5060", 5061))),
              testing::ElementsAre("outbound.port changed", "outbound.sip_endpoint respelled"));
  // No port is no port, and not 5060.
  EXPECT_THAT(told(changes(with("sip:h", {}), with("sip:h:5060", {}))),
              testing::ElementsAre("outbound.sip_endpoint changed"));
}

TEST(LiveChanges, TellWhichPartsOfAnEndpointTheyAreOf) {
  const auto parts = [](const char* before, const char* after) {
    const EndpointParts found = only_change(with(before, {}), with(after, {})).parts;
    return std::vector{found.port, found.transport, found.rest};
  };
  EXPECT_EQ(parts("sip:h:1", "sip:h:2"), (std::vector{true, false, false}));
  EXPECT_EQ(parts("sip:h", "sip:H;transport=tls"), (std::vector{false, true, false}));
  EXPECT_EQ(parts("sip:h:1", "sip:g:2"), (std::vector{true, false, true}));
  EXPECT_EQ(parts("sip:h", "sips:h"), (std::vector{false, false, true}));
  EXPECT_EQ(parts("sip:h", "no URI"), (std::vector{false, false, true}));
}

TEST(LiveChanges, AreCriticalWhereEncryptionIsLost) {
  LiveDirection secure;
  secure.secure_media = Observed<bool>{true, true};
  LiveDirection insecure;
  insecure.secure_media = Observed<bool>{false, true};
  const std::vector<std::pair<LiveDirection, LiveDirection>> losses = {
      {secure, insecure},
      {with("sip:h", {}, "TLS"), with("sip:h", {}, "Udp")},
      {with("sip:h;transport=tls", {}), with("sip:h;transport=tcp", {})},
      {with("sips:h", {}), with("sip:h", {})},
      {with("sips:h", {}), with("sips:h", {}, "udp")},
      {with("sips:h", {}, "tcp"), with("sips:h", {}, "udp")},
  };
  for (const auto& [before, after] : losses) {
    EXPECT_EQ(only_change(before, after).severity, Severity::critical);
    EXPECT_EQ(only_change(after, before).severity, Severity::major);
  }
  EXPECT_EQ(only_change(with("sips:h", {}), with("sips:g", {})).severity, Severity::major);
  EXPECT_EQ(only_change(with("sips:h", {}, "udp"), with("sips:g", {}, "udp")).severity,
            Severity::major);
  EXPECT_EQ(only_change(secure, LiveDirection()).severity, Severity::major);
  EXPECT_EQ(only_change(with("sip:h", {}, "tls"), with("sip:h", {})).severity, Severity::major);
}

TEST(LiveChanges, AreCriticalWhereverTheTransportStands) {
  EXPECT_THAT(told(changes(with("sip:h", {}, "tls"), with("sip:h;transport=udp", {}))),
              testing::ElementsAre("outbound.sip_endpoint changed critical",
                                   "outbound.transport changed critical"));
}

TEST(LiveChanges, LookAtEndpointsAsFarAsTheyAreShown) {
  const char* const hidden = "sip:a:[redacted]@h:5060;transport=tls";
  EXPECT_EQ(only_change(with(hidden, {}), with("sip:a:[redacted]@H:5060;transport=TLS", {})).state,
            ChangeState::respelled);
  const Change change =
      only_change(with(hidden, {}), with("sip:a:[redacted]@h:5061;transport=tls", {}));
  EXPECT_EQ(change.state, ChangeState::changed);
  EXPECT_TRUE(change.parts.port && !change.parts.rest);
  EXPECT_EQ(change.before, text(hidden));  // and not with the word that it was read with
  // A password that was not there before is a change, whatever it is.
  EXPECT_TRUE(only_change(with("sip:a@h", {}), with("sip:a:[redacted]@h", {})).parts.rest);
}

TEST(LiveChanges, TakeNoTwoEndpointsForTheSameThatCannotBeRead) {
  const Change change = only_change(with("no URI", {}), with("no  URI", {}));
  EXPECT_EQ(change.state, ChangeState::changed);
  EXPECT_EQ(change.rule, Rule::not_a_sip_uri);
  // Nor is a port known to be the same that stands in one of them.
  EXPECT_THAT(told(changes(with("h :5061", 5061), with("h :5061", {}))),
              testing::ElementsAre("outbound.port changed"));
}

TEST(AsFarAsShown, KnowsWhatIsNot) {
  EXPECT_TRUE(is_partly_hidden("sip:a:[redacted]@h"));
  EXPECT_FALSE(is_partly_hidden("sip:a@h"));
  EXPECT_FALSE(is_partly_hidden(std::nullopt));
}

TEST(AsFarAsShown, HasAWordForWhatIsNotShownOnBothSides) {
  Expectation declared;
  declared.outbound = with_endpoint("sip:a:secret@h;password=x");
  declared.inbound.sip_endpoint = unset<SipUri>();
  const Expectation shown = as_far_as_shown(declared);
  EXPECT_EQ(shown.outbound.sip_endpoint->value->text(), "sip:a:redacted@h;password=redacted");
  EXPECT_TRUE(shown.inbound.sip_endpoint->is_unset());
  declared.outbound = with_endpoint("tokensips:5060");  // "tokensips:[redacted]" has no port
  EXPECT_EQ(as_far_as_shown(declared).outbound.sip_endpoint->value->text(), "tokensips:5060");
  EXPECT_FALSE(as_far_as_shown(Expectation()).outbound.sip_endpoint);
  const LiveRecord live = as_far_as_shown(LiveRecord{
      some_number, LiveDirection(), live_endpoint("sip:a:[redacted]@h;password=[redacted]")});
  EXPECT_EQ(live.outbound->sip_endpoint, "sip:a:redacted@h;password=redacted");
}

}  // namespace
}  // namespace sipdrift
