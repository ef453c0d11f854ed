// The pace, against servers that are played through in no time.

#include "http/pace.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using std::chrono::milliseconds;
using Time = Pace::Time;
using Seconds = std::chrono::duration<double>;

constexpr milliseconds round_trip{50};

Time at(double seconds) {
  return Time{} + std::chrono::duration_cast<Time::duration>(Seconds(seconds));
}

/// What a server says to a request that reaches it: nothing to one that it takes, else how long to
/// wait (0 where it does not say).
using Server = std::function<std::optional<milliseconds>(double)>;

/// `rate` a second, and `burst` at once; refuses what is beyond.
Server token_bucket(double rate, double burst, milliseconds wait) {
  return [=, tokens = burst, last = 0.0](double now) mutable -> std::optional<milliseconds> {
    tokens = std::min(burst, tokens + (now - last) * rate);
    last = now;
    if (tokens < 1) return wait;
    tokens -= 1;
    return std::nullopt;
  };
}

/// `rate` in each whole second.
Server fixed_window(double rate) {
  return [=, window = -1L, taken = 0.0](double now) mutable -> std::optional<milliseconds> {
    const auto current = static_cast<long>(now + 0.37);
    if (current != window) taken = 0;
    window = current;
    if (taken >= rate) return milliseconds(0);
    taken += 1;
    return std::nullopt;
  };
}

Server tireless() {
  return [](double) { return std::nullopt; };
}

struct Outcome {
  double seconds = 0;
  std::size_t refused = 0;
  std::size_t most_under_way = 0;
};

/// Sends `count` requests, and those that were refused again until they are taken.
Outcome play(Pace& pace, const Server& server, std::size_t count) {
  struct Answer {
    Time begun;
    std::optional<milliseconds> refusal;
  };
  std::multimap<Time, Answer> under_way;
  Outcome outcome;
  Time now{};
  std::size_t taken = 0;
  std::size_t to_send = count;
  while (taken < count) {
    Time next = Time::max();
    while (to_send > 0 && under_way.size() < pace.window()) {
      const Time start = pace.next_start(now);
      if (start > now) {
        next = start;
        break;
      }
      pace.begin(now);
      --to_send;
      const double arrival = Seconds(now + round_trip / 2 - Time{}).count();
      under_way.emplace(now + round_trip, Answer{now, server(arrival)});
    }
    outcome.most_under_way = std::max(outcome.most_under_way, under_way.size());
    if (!under_way.empty()) next = std::min(next, under_way.begin()->first);
    now = next;
    while (!under_way.empty() && under_way.begin()->first <= now) {
      const Answer answer = under_way.begin()->second;
      under_way.erase(under_way.begin());
      if (answer.refusal) {
        pace.refuse(now, {.begun = answer.begun, .wait = *answer.refusal, .is_for_rate = true});
        ++outcome.refused;
        ++to_send;
      } else {
        pace.accept(now);
        ++taken;
      }
    }
  }
  outcome.seconds = Seconds(now - Time{}).count();
  return outcome;
}

// ---- An API that takes all -------------------------------------------------------------------

TEST(Pace, OpensTheWindowInTwoRoundTrips) {
  Pace pace(256, std::nullopt, at(0));
  const Outcome outcome = play(pace, tireless(), 10'000);
  EXPECT_EQ(outcome.most_under_way, 256U);
  EXPECT_LT(outcome.seconds, 10'000.0 / 256 * 0.05 * 1.04);
}

TEST(Pace, NeverGoesBeyondTheCeiling) {
  for (const std::size_t ceiling : {1U, 16U, 64U, 100U}) {
    Pace pace(ceiling, std::nullopt, at(0));
    EXPECT_EQ(play(pace, tireless(), 1000).most_under_way, ceiling);
  }
}

TEST(Pace, KeepsToARateThatIsGiven) {
  Pace pace(64, 100.0, at(0));
  std::size_t begun = 0;
  Time now = at(0);
  for (; now < at(1); now += milliseconds(1)) {
    while (pace.next_start(now) <= now) {
      pace.begin(now);
      ++begun;
    }
  }
  EXPECT_GE(begun, 99U);
  EXPECT_LE(begun, 101U);
}

// ---- An API that refuses ---------------------------------------------------------------------

struct Limit {
  const char* name;
  Server server;
  double rate;
  std::size_t ceiling;
};

void PrintTo(const Limit& limit, std::ostream* out) { *out << limit.name; }

class RateLimits : public ::testing::TestWithParam<Limit> {};

TEST_P(RateLimits, CostATenthInTimeAndATwentiethInRefusals) {
  constexpr double seconds = 30;
  const auto count = static_cast<std::size_t>(GetParam().rate * seconds);
  Pace pace(GetParam().ceiling, std::nullopt, at(0));
  const Outcome outcome = play(pace, GetParam().server, count);
  RecordProperty("seconds", std::to_string(outcome.seconds));
  EXPECT_LT(outcome.seconds, seconds * 1.1);
  EXPECT_LT(static_cast<double>(outcome.refused), static_cast<double>(count) * 0.05);
}

INSTANTIATE_TEST_SUITE_P(
    , RateLimits,
    ::testing::Values(
        Limit{"a second's worth at once", token_bucket(200, 200, milliseconds(0)), 200, 64},
        Limit{"and a Retry-After", token_bucket(200, 200, milliseconds(1000)), 200, 64},
        Limit{"little at once", token_bucket(200, 10, milliseconds(0)), 200, 16},
        Limit{"little at once, wide open", token_bucket(500, 25, milliseconds(0)), 500, 256},
        Limit{"a slow API", token_bucket(50, 50, milliseconds(0)), 50, 16},
        Limit{"a fast API", token_bucket(1000, 1000, milliseconds(0)), 1000, 256},
        Limit{"by the second", fixed_window(200), 200, 16}));

TEST(Pace, HasAllRequestsWaitAsLongAsTheApiAsks) {
  Pace pace(16, std::nullopt, at(0));
  pace.begin(at(0));
  pace.refuse(at(1), {.begun = at(0.5), .wait = milliseconds(2000), .is_for_rate = true});
  EXPECT_GE(pace.next_start(at(1)), at(3));
  EXPECT_EQ(pace.pauses(), 1U);
  EXPECT_EQ(pace.paused(), milliseconds(2000));
  // One of the same crowd asks for more.
  pace.refuse(at(1.1), {.begun = at(0.6), .wait = milliseconds(3000), .is_for_rate = true});
  EXPECT_GE(pace.next_start(at(2)), at(4.1));
  EXPECT_EQ(pace.pauses(), 1U);
  EXPECT_EQ(pace.paused(), milliseconds(3100));
}

TEST(Pace, HalvesTheWindowOnceForACrowd) {
  Pace pace(16, std::nullopt, at(0));
  for (int i = 0; i < 16; ++i) pace.refuse(at(1), {.begun = at(0.9)});
  EXPECT_EQ(pace.window(), 8U);
  pace.refuse(at(2), {.begun = at(1.5)});
  EXPECT_EQ(pace.window(), 4U);
  for (int i = 0; i < 1000; ++i) pace.accept(at(3));
  EXPECT_EQ(pace.window(), 16U);
}

TEST(Pace, LearnsNoRateBeforeTheApiHasTakenAnything) {
  Pace pace(16, std::nullopt, at(0));
  for (const double seconds : {0.05, 1.1, 2.2}) {
    pace.begin(at(seconds - 0.02));
    pace.refuse(
        at(seconds),
        {.begun = at(seconds - 0.02), .wait = std::chrono::seconds(1), .is_for_rate = true});
  }
  EXPECT_FALSE(pace.learned_rate());
}

TEST(Pace, KeepsToARateThatIsGivenWhateverIsRefused) {
  Pace pace(16, 1.0, at(0));
  pace.begin(at(0));
  pace.accept(at(0.01));
  pace.begin(at(1));
  pace.refuse(at(1.01), {.begun = at(1), .wait = {}, .is_for_rate = true});
  EXPECT_GE(pace.next_start(at(1.02)), at(1.99));
}

TEST(Pace, LearnsNoRateFromAServerThatIsOutOfService) {
  Pace pace(16, std::nullopt, at(0));
  pace.refuse(at(1), {.begun = at(0.5), .wait = milliseconds(0), .is_for_rate = false});
  EXPECT_FALSE(pace.learned_rate());
}

}  // namespace
}  // namespace sipdrift
