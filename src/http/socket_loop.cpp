// epoll in front of libcurl.

#include "http/socket_loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "http/curl_handles.hpp"

namespace sipdrift {

namespace {

int opened(int descriptor) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "epoll");
  return descriptor;
}

void check(CURLMcode code) {
  if (code != CURLM_OK) throw CurlError(curl_multi_strerror(code));
}

std::uint32_t events_for(int what) {
  const std::uint32_t in = (what & CURL_POLL_IN) != 0 ? std::uint32_t{EPOLLIN} : 0U;
  const std::uint32_t out = (what & CURL_POLL_OUT) != 0 ? std::uint32_t{EPOLLOUT} : 0U;
  return in | out;
}

}  // namespace

SocketLoop::SocketLoop(CURLM* multi)
    : multi_(multi),
      epoll_(opened(epoll_create1(EPOLL_CLOEXEC))),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = wake_;
  if (wake_ < 0 || epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event) != 0) {
    const int error = errno;
    close(epoll_);
    throw std::system_error(error, std::generic_category(), "eventfd");
  }
  check(curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &SocketLoop::on_socket));
  check(curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this));
  check(curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &SocketLoop::on_timer));
  check(curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this));
}

SocketLoop::~SocketLoop() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
  close(wake_);
  close(epoll_);
}

void SocketLoop::turn(Time until) {
  const Time wanted = timer_ ? std::min(until, *timer_) : until;
  const auto wait =
      std::chrono::ceil<std::chrono::milliseconds>(wanted - std::chrono::steady_clock::now());
  constexpr std::chrono::milliseconds longest{60'000};
  const auto timeout = std::clamp(wait, std::chrono::milliseconds(0), longest);

  std::array<epoll_event, 64> events{};
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                               static_cast<int>(timeout.count()));
  if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll");
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const auto happened = std::uint32_t{event.events};
    const int in = (happened & (EPOLLIN | EPOLLHUP)) != 0 ? CURL_CSELECT_IN : 0;
    const int out = (happened & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0;
    const int error = (happened & EPOLLERR) != 0 ? CURL_CSELECT_ERR : 0;
    act(event.data.fd, in | out | error);
  }
  act_on_timer();
}

void SocketLoop::act_on_timer() {
  if (!timer_ || *timer_ > std::chrono::steady_clock::now()) return;
  timer_.reset();  // libcurl sets it anew
  int running = 0;
  check(curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running));
}

void SocketLoop::act(curl_socket_t socket, int events) {
  if (socket == wake_) {
    eventfd_t count = 0;
    static_cast<void>(eventfd_read(wake_, &count));
    return;
  }
  if (interest_[static_cast<std::size_t>(socket)] != Interest::awake) {
    // Something on a connection that nothing uses: it was closed, most likely. Libcurl finds out
    // when it wants to use it.
    epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
    interest_[static_cast<std::size_t>(socket)] = Interest::none;
    return;
  }
  int running = 0;
  check(curl_multi_socket_action(multi_, socket, events, &running));
}

void SocketLoop::wake() const noexcept { static_cast<void>(eventfd_write(wake_, 1)); }

void SocketLoop::watch(curl_socket_t socket, int what) {
  const auto index = static_cast<std::size_t>(socket);
  if (interest_.size() <= index) interest_.resize(index + 1, Interest::none);
  Interest& interest = interest_[index];
  if (what == CURL_POLL_REMOVE) {
    if (interest == Interest::awake) interest = Interest::dormant;
    return;
  }
  epoll_event event{};
  event.events = events_for(what);
  event.data.fd = socket;
  // The kernel forgets a descriptor that is closed, and its number may come again.
  const bool is_known =
      interest != Interest::none && epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) == 0;
  if (!is_known && epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
  interest = Interest::awake;
}

int SocketLoop::on_socket(CURL* /*easy*/, curl_socket_t socket, int what, void* self,
                          void* /*data*/) noexcept {
  try {
    static_cast<SocketLoop*>(self)->watch(socket, what);
    return 0;
  } catch (const std::exception&) {
    return -1;  // libcurl gives up, and turn() throws
  }
}

int SocketLoop::on_timer(CURLM* /*multi*/, long timeout_ms, void* self) noexcept {
  auto& timer = static_cast<SocketLoop*>(self)->timer_;
  timer.reset();
  if (timeout_ms >= 0) {
    timer = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  }
  return 0;
}

}  // namespace sipdrift
