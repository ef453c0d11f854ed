// How far a run has come, in one line of words.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace sipdrift {

/// What a run does with its numbers, and so what is told of them.
enum class ProgressTask : std::uint8_t { audit, import };

/// What there is to say of a run at one moment.
struct ProgressView {
  /// The API has all requests wait.
  struct Pause {
    std::chrono::seconds left{};
    int http_status = 0;
  };

  ProgressTask task = ProgressTask::audit;
  std::size_t total = 0;
  std::size_t done = 0;
  std::size_t drifted = 0;
  std::size_t not_compared = 0;  ///< or not read
  std::chrono::seconds elapsed{};
  std::optional<std::chrono::seconds> left;  ///< nothing while there is too little to go by
  std::optional<double> rate;                ///< requests a second; likewise
  std::optional<Pause> pause;
  bool is_over = false;
};

/// "1234 of 10000 numbers, 3 drifted, 0 not compared, 1:15 left, 118 requests/s", in at most
/// `width` characters, all of them ASCII: shorter words where these do not fit, and then the less
/// important things left out.
///
/// What changes its length stands behind what does not, so that nothing moves to and fro.
[[nodiscard]] std::string progress_text(const ProgressView& view,
                                        std::size_t width = std::string::npos);

/// "1:05", "1:02:05", and from a hundred hours on "5 days". `time` is not negative.
[[nodiscard]] std::string clock_text(std::chrono::seconds time);

}  // namespace sipdrift
