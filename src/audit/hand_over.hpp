// From the thread that fetches to the one that judges.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sipdrift/fetch.hpp"

namespace sipdrift {

/// Hands what is fetched to a thread of its own, so that the API is never kept waiting by work on
/// what it has answered. Everything flows one way.
class HandOver {
 public:
  using Receive = std::function<void(FetchOutcome&&)>;

  /// `receive` is called on the other thread, for one outcome after another, in their order.
  explicit HandOver(Receive receive);
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;
  HandOver(HandOver&&) = delete;
  HandOver& operator=(HandOver&&) = delete;
  ~HandOver();

  /// Waits while much is still to be received: what has been fetched takes a bounded space.
  void give(std::vector<FetchOutcome>&& outcomes);

  /// Waits until all that was given has been received. Nothing may be given afterwards. Returns why
  /// the rest was not, where `receive` threw; else an empty text.
  [[nodiscard]] std::string finish();

 private:
  void receive_all();

  Receive receive_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::condition_variable taken_;
  std::vector<FetchOutcome> waiting_;
  bool is_finished_ = false;
  std::string fault_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace sipdrift
