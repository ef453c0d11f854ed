// libcurl's sockets and its timer, watched by epoll(7).

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include <curl/curl.h>

namespace sipdrift {

/// Drives a multi handle by curl_multi_socket_action(3): only the sockets on which something
/// happened are looked at, however many there are.
class SocketLoop {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `multi` must outlive this. Throws CurlError if libcurl refuses, std::system_error if the
  /// kernel does.
  explicit SocketLoop(CURLM* multi);
  SocketLoop(const SocketLoop&) = delete;
  SocketLoop& operator=(const SocketLoop&) = delete;
  SocketLoop(SocketLoop&&) = delete;
  SocketLoop& operator=(SocketLoop&&) = delete;
  ~SocketLoop();

  /// Waits until something happens, `until` at most, and lets libcurl act on it.
  void turn(Time until);

  /// Ends the turn under way, or the next one, early. From any thread.
  void wake() const noexcept;

 private:
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* data) noexcept;
  static int on_timer(CURLM* multi, long timeout_ms, void* self) noexcept;

  void watch(curl_socket_t socket, int what);
  void act(curl_socket_t socket, int events);
  void act_on_timer();

  /// Whether libcurl wants to hear of a socket. It says so anew for each transfer; in between the
  /// kernel goes on watching, which saves two calls to it for each request.
  enum class Interest : std::uint8_t { none, dormant, awake };

  CURLM* multi_;
  int epoll_;
  int wake_;
  std::vector<Interest> interest_;  // by descriptor
  std::optional<Time> timer_;       // when libcurl wants to be called
};

}  // namespace sipdrift
