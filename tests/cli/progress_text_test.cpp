// What progress says, in however little room.

#include "cli/progress_text.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

ProgressView view_of_a_run() {
  return {.task = ProgressTask::audit,
          .total = 10'000,
          .done = 1234,
          .drifted = 3,
          .not_compared = 0,
          .elapsed = seconds(10),
          .left = seconds(75),
          .rate = 118.4,
          .pause = {},
          .is_over = false};
}

ProgressView paused_view() {
  ProgressView view = view_of_a_run();
  view.pause = {seconds(12), 429};
  return view;
}

TEST(ClockText, IsReadAsAClockIs) {
  EXPECT_EQ(clock_text(seconds(0)), "0:00");
  EXPECT_EQ(clock_text(seconds(9)), "0:09");
  EXPECT_EQ(clock_text(seconds(65)), "1:05");
  EXPECT_EQ(clock_text(seconds(3599)), "59:59");
  EXPECT_EQ(clock_text(seconds(3725)), "1:02:05");
  EXPECT_EQ(clock_text(seconds(359'999)), "99:59:59");
  EXPECT_EQ(clock_text(seconds(86'400 * 5 + 7)), "5 days");
}

TEST(ProgressText, SaysAllThatIsKnown) {
  EXPECT_EQ(progress_text(view_of_a_run()),
            "1234 of 10000 numbers, 3 drifted, 0 not compared, 1:15 left, 118 requests/s");
}

TEST(ProgressText, SaysOfAnImportWhatWasNotRead) {
  ProgressView view = view_of_a_run();
  view.task = ProgressTask::import;
  view.not_compared = 2;
  EXPECT_EQ(progress_text(view), "1234 of 10000 numbers, 2 not read, 1:15 left, 118 requests/s");
}

TEST(ProgressText, SaysNothingThatIsNotKnown) {
  ProgressView view;
  view.total = 7;
  view.elapsed = seconds(2);
  EXPECT_EQ(progress_text(view), "0 of 7 numbers, 0 drifted, 0 not compared, 0:02 so far");
}

TEST(ProgressText, SaysInTheEndHowLongItTook) {
  ProgressView view = view_of_a_run();
  view.left.reset();
  view.is_over = true;
  EXPECT_EQ(progress_text(view),
            "1234 of 10000 numbers, 3 drifted, 0 not compared, in 0:10, 118 requests/s");
}

TEST(ProgressText, SaysWhyNothingMoves) {
  EXPECT_EQ(
      progress_text(paused_view()),
      "1234 of 10000 numbers, 3 drifted, 0 not compared, 1:15 left, paused 12 s: rate limited "
      "(HTTP 429)");
  ProgressView view = paused_view();
  view.pause = {seconds(1), 503};
  EXPECT_THAT(progress_text(view), HasSubstr(", paused 1 s: unavailable (HTTP 503)"));
}

TEST(ProgressText, HasADecimalForAnApiThatIsSlow) {
  ProgressView view = view_of_a_run();
  for (const auto& [rate, text] :
       {std::pair{0.0, "0.0 "}, {9.94, "9.9 "}, {9.96, "10 "}, {4330.4, "4330 "}}) {
    view.rate = rate;
    EXPECT_THAT(progress_text(view), HasSubstr(std::string(", ") + text + "requests/s"));
  }
}

TEST(ProgressText, LeavesOutTheLeastImportantFirst) {
  EXPECT_EQ(progress_text(view_of_a_run(), 74),
            "1234/10000, 3 drifted, 0 not compared, 1:15 left, 118/s");
  EXPECT_EQ(progress_text(view_of_a_run(), 50), "1234/10000, 3 drifted, 0 not compared, 1:15 left");
  EXPECT_EQ(progress_text(view_of_a_run(), 39), "1234/10000, 3 drifted, 1:15 left");
  EXPECT_EQ(progress_text(view_of_a_run(), 30), "1234/10000, 1:15 left");
  EXPECT_EQ(progress_text(view_of_a_run(), 19), "1234/10000");
  EXPECT_EQ(progress_text(view_of_a_run(), 4), "1234");
  EXPECT_EQ(progress_text(paused_view(), 79),
            "1234/10000, 3 drifted, 0 not compared, 1:15 left, paused 12 s: rate limited");
  EXPECT_EQ(progress_text(paused_view(), 39), "1234/10000, paused 12 s: rate limited");
  EXPECT_EQ(progress_text(paused_view(), 25), "1234/10000, paused 12 s");
}

TEST(ProgressText, FitsWhateverThereIs) {
  for (const ProgressView& view : {view_of_a_run(), paused_view()}) {
    for (std::size_t width = 0; width < 120; ++width) {
      EXPECT_LE(progress_text(view, width).size(), width);
    }
  }
}

}  // namespace
}  // namespace sipdrift
