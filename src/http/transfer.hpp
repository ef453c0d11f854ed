// One libcurl easy handle at work: set up, sent, answered, and set up again.

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include "http/attempt.hpp"
#include "http/curl_handles.hpp"
#include "http/trust_store.hpp"
#include "sipdrift/http_fetcher.hpp"

namespace sipdrift {

/// What all transfers of a fetcher have in common. Made once; outlives the transfers.
struct TransferSettings {
  const HttpOptions& options;
  HeaderList headers;      ///< with the key
  TrustStore trust_store;  ///< nothing where there is no TLS
  std::string user_agent;
  bool is_multiplexed = false;  ///< the API speaks HTTP/2: a request waits for a stream of a
                                ///< connection, and opens no new one

  explicit TransferSettings(const HttpOptions& options);
};

/// Which number a transfer is for, and what has been tried.
struct Job {
  std::size_t position = 0;
  int attempts = 0;   ///< begun, this one included; not those that the API left over
  int left_over = 0;  ///< attempts that the API did not take up (GOAWAY)
  std::size_t most_bytes = max_reply_bytes;  ///< of the reply's body
  bool is_alone = false;  ///< it gets a connection that nothing else is sent over
  std::chrono::steady_clock::time_point began;
};

class Transfer {
 public:
  explicit Transfer(const TransferSettings& settings);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  Transfer(Transfer&&) = delete;
  Transfer& operator=(Transfer&&) = delete;
  ~Transfer() = default;

  /// Sets the handle up for a GET of `target`, on a new connection if `is_fresh`. The caller adds
  /// it to the multi handle, and removes it from there before the next call.
  void prepare(const Job& job, const std::string& target, bool is_fresh);

  /// What came of it, after libcurl said that it is done with `code`, or it was dropped.
  [[nodiscard]] Attempt take_attempt(CURLcode code);

  [[nodiscard]] CURL* handle() const { return handle_.get(); }
  [[nodiscard]] const Job& job() const { return job_; }

  /// Between prepare() and take_attempt().
  [[nodiscard]] bool is_under_way() const { return is_under_way_; }

  /// The transfer that a handle belongs to.
  [[nodiscard]] static Transfer& of(CURL* handle);

 private:
  [[nodiscard]] CURLcode verdict(CURLcode code) const;

  static std::size_t on_header(char* data, std::size_t size, std::size_t count,
                               void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_connected(void* self, char* address, char* local_address, int port,
                          int local_port) noexcept;

  const TransferSettings& settings_;
  EasyHandle handle_;
  Job job_;
  std::string url_;
  std::string body_;
  bool is_too_long_ = false;
  bool has_whole_header_ = false;
  bool is_http2_ = false;  // agreed on with the server (ALPN), which a status line is not
  bool is_under_way_ = false;
  std::chrono::steady_clock::time_point begun_;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace sipdrift
