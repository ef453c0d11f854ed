// Outages, played through in no time.

#include "http/breaker.hpp"

#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Time = Breaker::Time;

TEST(Breaker, BeginsWithOneRequest) {
  Breaker breaker{Time{}};
  EXPECT_TRUE(breaker.is_probing());
  breaker.note_answer(Time{} + seconds(1));
  EXPECT_FALSE(breaker.is_probing());
}

TEST(Breaker, GivesUpInSecondsWhereNobodyEverAnswers) {
  Time now{};
  Breaker breaker(now);
  int probes = 0;
  for (; !breaker.is_open(); ++probes) {
    now = std::max(now, breaker.next_probe());
    breaker.note_failure(now, now, 16);
  }
  EXPECT_EQ(probes, 6);
  EXPECT_GT(now - Time{}, seconds(2));
  EXPECT_LT(now - Time{}, seconds(15));
}

TEST(Breaker, TakesFewerProbesWhereEachTakesItsTime) {
  Time now{};
  Breaker breaker(now);
  int probes = 0;
  for (; !breaker.is_open(); ++probes) {
    const Time begun = std::max(now, breaker.next_probe());
    now = begun + seconds(10);
    breaker.note_failure(now, begun, 16);
  }
  EXPECT_EQ(probes, 3);
}

TEST(Breaker, ProbesWhenAWindowfulFailsInARow) {
  Breaker breaker{Time{}};
  breaker.note_answer(Time{});
  for (int i = 0; i < 15; ++i) breaker.note_failure(Time{} + seconds(1), Time{}, 16);
  EXPECT_FALSE(breaker.is_probing());
  breaker.note_answer(Time{} + seconds(1));
  for (int i = 0; i < 15; ++i) breaker.note_failure(Time{} + seconds(2), Time{}, 16);
  EXPECT_FALSE(breaker.is_probing());
  breaker.note_failure(Time{} + seconds(2), Time{}, 16);
  EXPECT_TRUE(breaker.is_probing());
  EXPECT_GT(breaker.next_probe(), Time{} + seconds(2));
}

TEST(Breaker, DoesNotCountWhatWasUnderWayAsProbes) {
  Breaker breaker{Time{}};
  breaker.note_answer(Time{});
  for (int i = 0; i < 100; ++i) breaker.note_failure(Time{} + seconds(2), Time{} + seconds(1), 16);
  EXPECT_TRUE(breaker.is_probing());
  EXPECT_FALSE(breaker.is_open());
  breaker.note_answer(Time{} + seconds(3));
  EXPECT_FALSE(breaker.is_probing());
}

}  // namespace
}  // namespace sipdrift
