// Signals by sigwait(3), in a thread: no handler, and so none of its restrictions.

#include "cli/signals.hpp"

#include <chrono>
#include <csignal>

#include <pthread.h>
#include <unistd.h>

#include "cli/terminal.hpp"

namespace sipdrift {

namespace {

constexpr int status_of_signals = 128;  // what a shell adds to a signal's number

constexpr std::chrono::milliseconds same_signal{500};

sigset_t watched_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGUSR1);  // the destructor's own, which wakes the thread
  return set;
}

}  // namespace

SignalWatch::SignalWatch() {
  // A closed pipe is an error of write(2), told like any other.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  const sigset_t set = watched_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  is_over_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
}

void SignalWatch::watch() {
  const sigset_t set = watched_signals();
  std::chrono::steady_clock::time_point received_at;
  while (true) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0) continue;
    if (is_over_) return;
    if (signal == SIGUSR1) continue;
    const auto now = std::chrono::steady_clock::now();
    if (received_ == 0) {
      received_ = signal;
      received_at = now;
      source_.request_stop();
    } else if (now - received_at > same_signal) {
      _exit(status_of_signals + signal);
    }
  }
}

}  // namespace sipdrift
