// Options of one request. Everything that keeps the key safe stands here.

#include "http/transfer.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

#include "http/ca_file.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

bool is_plain_http(const HttpOptions& options) { return options.api_url.starts_with("http:"); }

}  // namespace

TransferSettings::TransferSettings(const HttpOptions& http_options)
    : options(http_options), user_agent(std::string(tool_name) + "/" + std::string(version())) {
  const std::string prefix = options.auth_scheme == AuthScheme::bearer ? "Bearer " : "";
  for (const std::string& header :
       {"Authorization: " + prefix + options.api_key, std::string("Accept: application/json")}) {
    curl_slist* const longer = curl_slist_append(headers.get(), header.c_str());
    if (longer == nullptr) throw std::runtime_error("libcurl has no memory for a header");
    static_cast<void>(headers.release());
    headers.reset(longer);
  }
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  if (info->cainfo != nullptr) ca_file = info->cainfo;
}

Transfer::Transfer(const TransferSettings& settings)
    : settings_(settings), handle_(curl_easy_init()) {
  if (!handle_) throw std::runtime_error("libcurl has no memory for a handle");
}

void Transfer::prepare(const Job& job, const std::string& target, bool is_fresh) {
  const HttpOptions& options = settings_.options;
  job_ = job;
  url_ = options.api_url + target;
  body_.clear();
  is_too_long_ = false;
  is_under_way_ = true;
  error_[0] = '\0';

  CURL* const handle = handle_.get();
  // libcurl 7.88 counts retries after GOAWAY over a handle's whole life, and fails on the sixth; a
  // reset starts the count anew, and keeps connections and caches.
  curl_easy_reset(handle);
  set_option(handle, CURLOPT_PRIVATE, this);
  set_option(handle, CURLOPT_URL, url_.c_str());
  set_option(handle, CURLOPT_HTTPGET, 1L);
  set_option(handle, CURLOPT_HTTPHEADER, settings_.headers.get());
  set_option(handle, CURLOPT_USERAGENT, settings_.user_agent.c_str());
  set_option(handle, CURLOPT_ACCEPT_ENCODING, "");
  set_option(handle, CURLOPT_ERRORBUFFER, error_.data());
  set_option(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set_option(handle, CURLOPT_WRITEDATA, this);
  set_option(handle, CURLOPT_NOSIGNAL, 1L);
  set_option(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  set_option(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  if (is_fresh || job.is_alone) set_option(handle, CURLOPT_FRESH_CONNECT, 1L);
  if (job.is_alone) set_option(handle, CURLOPT_FORBID_REUSE, 1L);
  // Else a name server that does not answer keeps the program from ending.
  set_option(handle, CURLOPT_QUICK_EXIT, 1L);

  // The key goes to the API alone: no redirects, no other protocols, no proxy where TLS does not
  // hide it, certificates and host names verified.
  set_option(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(handle, CURLOPT_PROTOCOLS_STR, is_plain_http(options) ? "http" : "https");
  set_option(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  set_option(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
  set_option(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  if (is_plain_http(options)) {
    set_option(handle, CURLOPT_NOPROXY, "*");
  } else if (!options.proxy.empty()) {
    set_option(handle, CURLOPT_PROXY, options.proxy.c_str());
  }

  // With a CA path beside the bundle, as Debian has it, libcurl would parse the bundle again for
  // each connection (22 ms of CPU); without, it keeps what it has parsed.
  if (!settings_.ca_file.empty()) {
    set_option(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set_option(handle, CURLOPT_CAINFO, settings_.ca_file.c_str());
  }
  if (!options.ca_file.empty()) {
    set_option(handle, CURLOPT_SSL_CTX_FUNCTION, &add_ca_file);
    set_option(handle, CURLOPT_SSL_CTX_DATA, options.ca_file.c_str());
  }
}

Attempt Transfer::take_attempt(CURLcode code) {
  is_under_way_ = false;
  Attempt attempt;
  attempt.code = code;
  attempt.is_too_long = is_too_long_;
  attempt.detail = error_.data();
  attempt.reply.body = std::move(body_);

  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  attempt.reply.status = static_cast<int>(status);
  const char* content_type = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &content_type);
  if (content_type != nullptr) attempt.reply.content_type = content_type;
  curl_off_t retry_after = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &retry_after);
  // A date that has passed comes out as a negative number: nothing to wait for. Beyond a day it is
  // all the same.
  constexpr curl_off_t longest_wait = 86'400;
  if (retry_after > 0) {
    attempt.retry_after = std::chrono::seconds(std::min(retry_after, longest_wait));
  }
  long http_version = 0;
  long new_connections = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_VERSION, &http_version);
  curl_easy_getinfo(handle_.get(), CURLINFO_NUM_CONNECTS, &new_connections);
  attempt.reply.may_be_stray = http_version < CURL_HTTP_VERSION_2_0 && new_connections == 0;
  curl_off_t connected_after = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected_after);
  attempt.is_connected = connected_after > 0;
  long proxy_status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  attempt.proxy_status = static_cast<int>(proxy_status);
  return attempt;
}

Transfer& Transfer::of(CURL* handle) {
  void* self = nullptr;
  curl_easy_getinfo(handle, CURLINFO_PRIVATE, &self);
  return *static_cast<Transfer*>(self);
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  if (transfer.body_.size() + bytes > max_reply_bytes) {
    transfer.is_too_long_ = true;
    return 0;  // libcurl ends the transfer
  }
  try {
    transfer.body_.append(data, bytes);
  } catch (const std::bad_alloc&) {
    return 0;  // nothing may be thrown through libcurl
  }
  return bytes;
}

}  // namespace sipdrift
