// One queue, one thread.

#include "audit/hand_over.hpp"

#include <exception>
#include <iterator>
#include <utility>

namespace sipdrift {

namespace {

/// A reply can have a megabyte.
constexpr std::size_t most_waiting = 256;

}  // namespace

HandOver::HandOver(Receive receive)
    : receive_(std::move(receive)), thread_([this] { receive_all(); }) {}

HandOver::~HandOver() { static_cast<void>(finish()); }

void HandOver::give(std::vector<FetchOutcome>&& outcomes) {
  std::unique_lock lock(mutex_);
  taken_.wait(lock, [this] { return waiting_.size() < most_waiting; });
  if (waiting_.empty()) {
    waiting_ = std::move(outcomes);
  } else {
    waiting_.insert(waiting_.end(), std::make_move_iterator(outcomes.begin()),
                    std::make_move_iterator(outcomes.end()));
  }
  given_.notify_one();
}

std::string HandOver::finish() {
  {
    const std::lock_guard lock(mutex_);
    is_finished_ = true;
    given_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  return fault_;
}

void HandOver::receive_all() {
  for (;;) {
    std::vector<FetchOutcome> outcomes;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [this] { return is_finished_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      outcomes = std::exchange(waiting_, {});
      taken_.notify_one();
    }
    try {
      for (FetchOutcome& outcome : outcomes) {
        if (fault_.empty()) receive_(std::move(outcome));
      }
    } catch (const std::exception& error) {
      fault_ = error.what();  // what comes after it is let pass, and stays as it was
    }
  }
}

}  // namespace sipdrift
