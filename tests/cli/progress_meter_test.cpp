// Runs of every kind, played through in no time.

#include "cli/progress_meter.hpp"

#include <chrono>
#include <cmath>
#include <functional>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;
using Time = ProgressMeter::Time;

Time at(double time) {
  return Time{} + std::chrono::duration_cast<Time::duration>(MeanRate::Seconds(time));
}

/// A run, looked at five times a second: `rate` numbers a second at each moment.
class PlayedRun {
 public:
  PlayedRun(std::size_t total, std::function<double(double)> rate)
      : rate_(std::move(rate)), meter_(total, at(0)) {}

  /// Goes on to that moment, and says what there is to say then.
  const ProgressView& look_at(double moment) {
    while (ticks_ < std::lround(moment * ticks_a_second)) {
      due_ += rate_(now()) / ticks_a_second;
      ++ticks_;
      for (; due_ >= 1; due_ -= 1) meter_.note(Status::in_sync, 1);
      view_ = meter_.look(at(now()));
    }
    return view_;
  }

  ProgressMeter& meter() { return meter_; }

 private:
  static constexpr int ticks_a_second = 5;

  [[nodiscard]] double now() const { return static_cast<double>(ticks_) / ticks_a_second; }

  std::function<double(double)> rate_;
  ProgressMeter meter_;
  ProgressView view_;
  long ticks_ = 0;
  double due_ = 0;
};

double left_of(const ProgressView& view) {
  return view.left ? static_cast<double>(view.left->count()) : -1;
}

TEST(ProgressMeter, CountsWhatItIsTold) {
  ProgressMeter meter(5, at(0));
  meter.note(Status::in_sync, 1);
  meter.note(Status::drifted, 2);
  meter.note(Status::waived, 1);
  meter.note(Status::not_compared, 0);
  const ProgressView view = meter.look(at(7.9));
  EXPECT_EQ(view.total, 5U);
  EXPECT_EQ(view.done, 4U);
  EXPECT_EQ(view.drifted, 1U);
  EXPECT_EQ(view.not_compared, 1U);
  EXPECT_EQ(view.elapsed, seconds(7));
  EXPECT_NEAR(view.rate.value(), 4 / 7.9, 0.01);  // four requests
}

TEST(ProgressMeter, SaysNothingBeforeThereIsEnoughToGoBy) {
  PlayedRun run(100'000, [](double) { return 100; });
  EXPECT_FALSE(run.look_at(0.8).rate);
  EXPECT_TRUE(run.look_at(1).rate);
  EXPECT_FALSE(run.look_at(2.8).left);
  EXPECT_TRUE(run.look_at(3).left);

  PlayedRun slow(100'000, [](double) { return 0.5; });
  EXPECT_FALSE(slow.look_at(19).left);
  EXPECT_TRUE(slow.look_at(21).left);
}

TEST(ProgressMeter, KnowsTheEndOfASteadyRun) {
  PlayedRun run(10'000, [](double) { return 100; });
  for (const double moment : {3.0, 10.0, 50.0, 90.0, 99.0}) {
    EXPECT_NEAR(left_of(run.look_at(moment)), 100 - moment, 2) << moment;
    EXPECT_NEAR(run.look_at(moment).rate.value(), 100, 1) << moment;
  }
}

TEST(ProgressMeter, RunsDownEvenly) {
  // Around 100 a second, now more and now less.
  PlayedRun run(60'000, [](double now) { return static_cast<long>(now) % 2 == 0 ? 80 : 120; });
  run.look_at(30);
  int leaps = 0;
  double before = left_of(run.look_at(30));
  for (double now = 31; now < 130; ++now) {
    const double left = left_of(run.look_at(now));
    leaps += left != before - 1 ? 1 : 0;
    before = left;
  }
  EXPECT_LE(leaps, 2);
}

TEST(ProgressMeter, FollowsAnApiThatBecomesSlow) {
  PlayedRun run(100'000, [](double now) { return now < 200 ? 100 : 20; });
  EXPECT_NEAR(left_of(run.look_at(200)), 800, 20);
  // 80,000 are left, for 4,000 s.
  EXPECT_NEAR(left_of(run.look_at(300)), 3900, 600);
  EXPECT_NEAR(left_of(run.look_at(400)), 3800, 300);
  EXPECT_NEAR(run.look_at(400).rate.value(), 20, 1);
}

TEST(ProgressMeter, HasThePausesToComeInItsEstimate) {
  // A thousand a minute, taken in ten seconds: 20,000 take 20 minutes.
  PlayedRun run(20'000, [](double now) { return static_cast<long>(now) % 60 < 10 ? 100 : 0; });
  for (int minute = 0; minute < 10; ++minute) {
    run.look_at(minute * 60 + 10);
    run.meter().note_pause(at(minute * 60 + 10), at(minute * 60 + 60), 429);
    for (const double second : {10.2, 30.0, 59.0}) {
      const double moment = minute * 60 + second;
      EXPECT_NEAR(left_of(run.look_at(moment)), 1200 - moment, 1200 * 0.05) << moment;
    }
  }
}

TEST(ProgressMeter, CountsAPauseDownFromItsBeginning) {
  PlayedRun run(10'000, [](double now) { return now < 20 || now >= 32 ? 100 : 0; });
  const double before = left_of(run.look_at(20));
  run.meter().note_pause(at(20), at(32), 429);
  const ProgressView first = run.look_at(20.2);
  EXPECT_EQ(first.pause.value().left, seconds(12));
  EXPECT_EQ(first.pause.value().http_status, 429);
  EXPECT_GT(left_of(first), before + 12);
  double left = left_of(first);
  for (double now = 21.2; now < 32; ++now) {
    const ProgressView& view = run.look_at(now);
    EXPECT_EQ(view.pause.value().left.count(), std::ceil(32 - now)) << now;
    EXPECT_NEAR(left_of(view), left - 1, 1) << now;
    left = left_of(view);
  }
  EXPECT_FALSE(run.look_at(32).pause);
}

TEST(ProgressMeter, KeepsTheRateThroughAPauseThatIsShown) {
  PlayedRun run(10'000, [](double now) { return now < 20 || now >= 32 ? 100 : 0; });
  run.look_at(20);
  run.meter().note_pause(at(20), at(32), 429);
  EXPECT_NEAR(run.look_at(34).rate.value(), 100, 1);
}

TEST(ProgressMeter, CountsPausesOfAMomentAsTimeLikeAnyOther) {
  // A hundred in half a second, and then half a second's pause.
  PlayedRun run(10'000, [](double now) { return std::fmod(now, 1) < 0.5 ? 200 : 0; });
  for (int second = 0; second < 20; ++second) {
    run.look_at(second + 0.6);
    run.meter().note_pause(at(second + 0.6), at(second + 1), 503);
  }
  EXPECT_NEAR(run.look_at(20).rate.value(), 120, 15);
  EXPECT_NEAR(left_of(run.look_at(20)), (10'000 - 20 * 120) / 120.0, 5);
}

TEST(ProgressMeter, MakesAPauseLongerAndNeverShorter) {
  ProgressMeter meter(100, at(0));
  meter.note_pause(at(1), at(3), 429);
  meter.note_pause(at(2), at(9), 503);
  meter.note_pause(at(2), at(4), 503);
  EXPECT_EQ(meter.look(at(2)).pause.value().left, seconds(7));
  EXPECT_EQ(meter.look(at(2)).pause.value().http_status, 503);
}

TEST(ProgressMeter, CountsAPauseOnceThatBecomesLonger) {
  const auto left_at_21 = [](bool in_two_steps) {
    PlayedRun run(10'000, [](double) { return 100; });
    run.look_at(20);
    if (in_two_steps) run.meter().note_pause(at(20), at(28), 429);
    run.look_at(20.6);
    run.meter().note_pause(at(in_two_steps ? 20.6 : 20), at(32), 429);
    return left_of(run.look_at(21));
  };
  EXPECT_EQ(left_at_21(true), left_at_21(false));
}

TEST(ProgressMeter, DoesNotFlickerWithPausesOfAMoment) {
  ProgressMeter meter(100, at(0));
  meter.note_pause(at(1), at(1.4), 429);
  EXPECT_FALSE(meter.look(at(1.1)).pause);
  meter.note_pause(at(1.5), at(2.3), 429);
  EXPECT_FALSE(meter.look(at(1.6)).pause);
}

TEST(ProgressMeter, IsNeverNegative) {
  // Fast, and then the last of them take their time.
  PlayedRun run(1030, [](double now) { return now < 10 ? 100 : 0.1; });
  for (double now = 3; now < 300; now += 0.6) {
    const ProgressView& view = run.look_at(now);
    EXPECT_GE(left_of(view), 0) << now;
    EXPECT_GE(view.rate.value(), 0) << now;
    EXPECT_THAT(progress_text(view), Not(HasSubstr("-"))) << now;
  }
}

TEST(ProgressMeter, SaysNothingOfAnEndThatIsNowhere) {
  PlayedRun run(1'000'000, [](double now) { return now < 1 ? 20 : 0; });
  EXPECT_TRUE(run.look_at(4).left);
  EXPECT_FALSE(run.look_at(3000).left);
}

TEST(ProgressMeter, LooksAtTheSameMomentTwice) {
  ProgressMeter meter(100, at(0));
  meter.note(Status::in_sync, 1);
  EXPECT_EQ(meter.look(at(0)).done, 1U);
  EXPECT_FALSE(meter.look(at(0)).rate);
  EXPECT_EQ(progress_text(meter.look(at(0))), progress_text(meter.look(at(0))));
}

TEST(ProgressMeter, HasTheSameRateHoweverSeldomItIsLookedAt) {
  ProgressMeter meter(1000, at(0));
  for (double now = 5; now < 60; now += 5) {
    for (int i = 0; i < 50; ++i) meter.note(Status::in_sync, 1);
    EXPECT_NEAR(meter.look(at(now)).rate.value(), 10, 0.01);
  }
}

TEST(ProgressMeter, GivesTheWholeRunsRateInTheEnd) {
  PlayedRun run(1000, [](double now) { return now < 5 ? 180 : 20; });
  run.look_at(10);
  run.meter().note_pause(at(9.9), at(20), 429);
  const ProgressView last = run.meter().last_look(at(10));
  EXPECT_TRUE(last.is_over);
  EXPECT_EQ(last.elapsed, seconds(10));
  EXPECT_NEAR(last.rate.value(), 100, 1);
  EXPECT_FALSE(last.pause || last.left);
  EXPECT_FALSE(ProgressMeter(1, at(0)).last_look(at(0.5)).rate);
}

}  // namespace
}  // namespace sipdrift
