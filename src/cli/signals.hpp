// SIGHUP, SIGINT and SIGTERM: the first asks the run to end well, a later one ends it at once.

#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace sipdrift {

/// While it lives, SIGHUP, SIGINT and SIGTERM are taken by a thread of its own. Make it before any
/// other thread, so that all of them leave the signals to it.
///
/// A signal that is ignored when it is made (as nohup(1) and shells have it) stays ignored.
///
/// A second signal within half a second counts as the first: timeout(1) sends its signal to the
/// program and then to the group that the program is in.
class SignalWatch {
 public:
  SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  SignalWatch(SignalWatch&&) = delete;
  SignalWatch& operator=(SignalWatch&&) = delete;
  ~SignalWatch();

  /// Requested by the first signal.
  [[nodiscard]] std::stop_token stop() const { return source_.get_token(); }

  /// The signal that came first, or 0.
  [[nodiscard]] int received() const { return received_; }

  /// The exit status that tells a shell of it: 129, 130 or 143. Needs one to have come.
  [[nodiscard]] int exit_status() const;

 private:
  void watch();

  sigset_t watched_{};  ///< with the destructor's own, which wakes the thread
  std::stop_source source_;
  std::atomic<int> received_ = 0;
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

}  // namespace sipdrift
