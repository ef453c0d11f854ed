// Easy handles in and out of a multi handle.

#include "http/transfer_pool.hpp"

#include <stdexcept>
#include <utility>

namespace sipdrift {

namespace {

void check(CURLMcode code) {
  if (code != CURLM_OK) throw CurlError(curl_multi_strerror(code));
}

MultiHandle make_multi() {
  MultiHandle multi(curl_multi_init());
  if (!multi) throw std::runtime_error("libcurl has no memory for a multi handle");
  return multi;
}

}  // namespace

TransferPool::TransferPool(TransferSettings& settings, std::size_t most)
    : settings_(settings), most_(most), multi_(make_multi()), loop_(multi_.get()) {
  // The cache of connections; libcurl's own choice would close them while they are still wanted.
  check(curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(most)));
  set_http_version(CURL_HTTP_VERSION_1_1);
}

TransferPool::~TransferPool() {
  for (const auto& transfer : transfers_) {
    curl_multi_remove_handle(multi_.get(), transfer->handle());  // no harm if it is not in there
  }
}

void TransferPool::begin(const Job& job, const std::string& target, bool is_fresh) {
  // The few connections of HTTP/2 leave no place for another one while they are in use.
  const bool has_place = !settings_.is_multiplexed || under_way() == 0;
  Transfer& transfer = idle_transfer();
  transfer.prepare(job, target, is_fresh && has_place);
  check(curl_multi_add_handle(multi_.get(), transfer.handle()));
}

Transfer& TransferPool::idle_transfer() {
  if (idle_.empty()) {
    transfers_.push_back(std::make_unique<Transfer>(settings_));
    idle_.push_back(transfers_.back().get());
  }
  Transfer& transfer = *idle_.back();
  idle_.pop_back();
  return transfer;
}

void TransferPool::collect(const Done& done) {
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // The message is gone once its handle is removed.
    CURL* const handle = message->easy_handle;
    const CURLcode code = message->data.result;
    check(curl_multi_remove_handle(multi_.get(), handle));
    Transfer& transfer = Transfer::of(handle);
    idle_.push_back(&transfer);
    done(transfer.job(), transfer.take_attempt(code));
  }
}

void TransferPool::drop_all(const Done& dropped) {
  for (const auto& transfer : transfers_) {
    if (!transfer->is_under_way()) continue;
    dropped(transfer->job(), transfer->take_attempt(CURLE_ABORTED_BY_CALLBACK));
  }
}

/// HTTP/2 carries a hundred requests over a connection, and libcurl is kept from opening one for
/// each; HTTP/1.1 needs a connection for each, and the same limit would be its ruin.
void TransferPool::set_http_version(long version) {
  settings_.is_multiplexed = version >= CURL_HTTP_VERSION_2_0;
  constexpr std::size_t streams = 100;  // libcurl's own limit, and what RFC 9113 asks for at least
  const auto connections = static_cast<long>((most_ + streams - 1) / streams);
  // Libcurl would send several requests at once over a connection of HTTP/1.1, too, if a reply over
  // it called itself HTTP/2.
  check(curl_multi_setopt(
      multi_.get(), CURLMOPT_PIPELINING,
      static_cast<long>(settings_.is_multiplexed ? CURLPIPE_MULTIPLEX : CURLPIPE_NOTHING)));
  check(curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS,
                          settings_.is_multiplexed ? connections : 0L));
}

}  // namespace sipdrift
