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

bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

SignalWatch::SignalWatch() {
  sigemptyset(&watched_);
  sigaddset(&watched_, SIGUSR1);
  for (const int signal : {SIGHUP, SIGINT, SIGTERM}) {
    if (!is_ignored(signal)) sigaddset(&watched_, signal);
  }
  pthread_sigmask(SIG_BLOCK, &watched_, nullptr);
  thread_ = std::thread([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  is_over_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
  pthread_sigmask(SIG_UNBLOCK, &watched_, nullptr);
}

int SignalWatch::exit_status() const { return status_of_signals + received_; }

void SignalWatch::watch() {
  std::chrono::steady_clock::time_point received_at;
  while (true) {
    int signal = 0;
    if (sigwait(&watched_, &signal) != 0) continue;
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
