// The transfers of a fetch: a multi handle, and easy handles that are used again and again.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/attempt.hpp"
#include "http/curl_handles.hpp"
#include "http/socket_loop.hpp"
#include "http/transfer.hpp"

namespace sipdrift {

/// Sends what it is told to, and says what came of it. Throws CurlError where libcurl refuses what
/// must not fail.
class TransferPool {
 public:
  /// What came of an attempt at a job.
  using Done = std::function<void(const Job&, Attempt&&)>;

  /// At most `most` transfers are ever under way. `settings` must outlive this.
  TransferPool(TransferSettings& settings, std::size_t most);
  TransferPool(const TransferPool&) = delete;
  TransferPool& operator=(const TransferPool&) = delete;
  TransferPool(TransferPool&&) = delete;
  TransferPool& operator=(TransferPool&&) = delete;
  ~TransferPool();

  [[nodiscard]] std::size_t under_way() const { return transfers_.size() - idle_.size(); }

  /// Sends a GET of `target`, over a new connection if `is_fresh`; over HTTP/2, where connections
  /// are few, only if nothing else is under way.
  void begin(const Job& job, const std::string& target, bool is_fresh);

  /// Waits until something happens, `until` at most.
  void wait(SocketLoop::Time until) { loop_.turn(until); }

  /// Ends a wait early. From any thread.
  void wake() const noexcept { loop_.wake(); }

  /// Calls `done` for each transfer that has ended.
  void collect(const Done& done);

  /// Calls `dropped` for each transfer under way; none of them will be collected.
  void drop_all(const Done& dropped);

  /// Tells which version of HTTP the API answers with: CURL_HTTP_VERSION_....
  void set_http_version(long version);

 private:
  Transfer& idle_transfer();

  TransferSettings& settings_;
  std::size_t most_;
  MultiHandle multi_;
  SocketLoop loop_;
  std::vector<std::unique_ptr<Transfer>> transfers_;
  std::vector<Transfer*> idle_;
};

}  // namespace sipdrift
