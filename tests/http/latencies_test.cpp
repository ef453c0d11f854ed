// Percentiles to within 3 %.

#include "http/latencies.hpp"

#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using std::chrono::microseconds;

TEST(Latencies, OfNothingAreNothing) { EXPECT_FALSE(Latencies().percentiles()); }

TEST(Latencies, AreKnownToWithinThreePercent) {
  for (const std::int64_t scale : {1, 7, 50, 1000, 33'333, 1'000'000}) {
    Latencies latencies;
    for (std::int64_t i = 1; i <= 1000; ++i) latencies.add(microseconds(i * scale));
    const Latency found = latencies.percentiles().value();
    const auto near = [&](microseconds value, std::int64_t exact) {
      EXPECT_LE(value.count(), exact * scale);
      EXPECT_GE(static_cast<double>(value.count()), static_cast<double>(exact * scale) * 0.968);
    };
    near(found.p50, 500);
    near(found.p95, 950);
    near(found.p99, 990);
  }
}

TEST(Latencies, TakeWhatCannotBe) {
  Latencies latencies;
  latencies.add(microseconds(-1));
  EXPECT_EQ(latencies.percentiles()->p99.count(), 0);
  latencies.add(microseconds::max());
  EXPECT_GT(latencies.percentiles()->p99.count(), 3'600'000'000);
}

}  // namespace
}  // namespace sipdrift
