// Options of one request. Everything that keeps the key safe stands here.

#include "http/transfer.hpp"

#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "http/alpn.hpp"
#include "http/asked_wait.hpp"
#include "http/framing.hpp"
#include "model/characters.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

bool is_plain_http(const HttpOptions& options) { return options.api_url.starts_with("http:"); }

/// What libcurl knows of the transfer that a handle did last, of the type that it documents.
template <class T>
T info(CURL* handle, CURLINFO what) {
  T value{};
  curl_easy_getinfo(handle, what, &value);
  return value;
}

/// Whether one of the reply's links has the relation "next".
bool leads_on(CURL* handle) {
  const std::size_t links = find_header(handle, "Link").times;
  for (std::size_t i = 0; i < links; ++i) {
    const std::string link = to_lower(find_header(handle, "Link", i).value);
    for (std::size_t at = link.find("rel="); at != std::string::npos;
         at = link.find("rel=", at + 1)) {
      const std::string_view relations = std::string_view(link).substr(at);
      if (relations.substr(0, relations.find_first_of(";,")).find("next") != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

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
  if (!is_plain_http(options)) trust_store = make_trust_store(options.ca_file, options.ca_path);
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
  has_whole_header_ = false;
  is_http2_ = false;
  is_under_way_ = true;
  begun_ = std::chrono::steady_clock::now();
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
  set_option(handle, CURLOPT_ERRORBUFFER, error_.data());
  set_option(handle, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set_option(handle, CURLOPT_HEADERDATA, this);
  set_option(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set_option(handle, CURLOPT_WRITEDATA, this);
  set_option(handle, CURLOPT_NOSIGNAL, 1L);
  set_option(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  set_option(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  // In HTTP/2 no reply can be another's, and a new connection would have to wait for a place.
  const bool is_alone = job.is_alone && !settings_.is_multiplexed;
  if (is_fresh || is_alone) set_option(handle, CURLOPT_FRESH_CONNECT, 1L);
  if (is_alone) set_option(handle, CURLOPT_FORBID_REUSE, 1L);
  // Else a name server that does not answer keeps the program from ending.
  set_option(handle, CURLOPT_QUICK_EXIT, 1L);

  // The key goes to the API alone: no redirects, no other protocols, no proxy where TLS does not
  // hide it, certificates and host names verified.
  set_option(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(handle, CURLOPT_PROTOCOLS_STR, is_plain_http(options) ? "http" : "https");
  set_option(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (settings_.is_multiplexed) set_option(handle, CURLOPT_PIPEWAIT, 1L);
  set_option(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
  set_option(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  if (is_plain_http(options)) {
    set_option(handle, CURLOPT_NOPROXY, "*");
  } else if (!options.proxy.empty()) {
    set_option(handle, CURLOPT_PROXY, options.proxy.c_str());
  }

  // With a CA path beside the bundle, as Debian has it, libcurl would parse the bundle again for
  // each connection (22 ms of CPU).
  set_option(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  set_option(handle, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  if (settings_.trust_store) {
    set_option(handle, CURLOPT_SSL_CTX_FUNCTION, &trust);
    set_option(handle, CURLOPT_SSL_CTX_DATA, settings_.trust_store.get());
    set_option(handle, CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
    set_option(handle, CURLOPT_PREREQDATA, this);
  }
}

Attempt Transfer::take_attempt(CURLcode code) {
  is_under_way_ = false;
  CURL* const handle = handle_.get();
  Attempt attempt;
  attempt.code = verdict(code);
  attempt.is_too_long = is_too_long_;
  attempt.detail = error_.data();
  attempt.begun = begun_;
  attempt.duration = std::chrono::microseconds(info<curl_off_t>(handle, CURLINFO_TOTAL_TIME_T));
  attempt.connections = static_cast<std::size_t>(info<long>(handle, CURLINFO_NUM_CONNECTS));
  attempt.is_multiplexed = is_http2_;
  attempt.http_version = info<long>(handle, CURLINFO_HTTP_VERSION);
  if (attempt.http_version >= CURL_HTTP_VERSION_2_0 && !is_http2_) {
    attempt.http_version = CURL_HTTP_VERSION_1_1;  // whatever the status line says
  }
  attempt.bytes = static_cast<std::uint64_t>(info<curl_off_t>(handle, CURLINFO_SIZE_DOWNLOAD_T)) +
                  static_cast<std::uint64_t>(info<long>(handle, CURLINFO_HEADER_SIZE));
  attempt.is_connected = info<curl_off_t>(handle, CURLINFO_PRETRANSFER_TIME_T) > 0;
  attempt.proxy_status = static_cast<int>(info<long>(handle, CURLINFO_HTTP_CONNECTCODE));
  const long status = info<long>(handle, CURLINFO_RESPONSE_CODE);
  // With other replies the headers tell of a quota, and ask for nothing.
  const bool is_refusal = code == CURLE_OK && (status == 429 || status == 503);
  if (is_refusal) {
    attempt.wait =
        asked_wait({.retry_after = find_header(handle, "Retry-After").value,
                    .ratelimit_reset = find_header(handle, "RateLimit-Reset").value,
                    .x_ratelimit_reset = find_header(handle, "X-RateLimit-Reset").value},
                   std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  }

  HttpReply& reply = attempt.reply;
  reply.body = std::move(body_);
  reply.status = static_cast<int>(status);
  const char* const content_type = info<const char*>(handle, CURLINFO_CONTENT_TYPE);
  if (content_type != nullptr) reply.content_type = content_type;
  reply.has_next_page = leads_on(handle);
  reply.may_be_stray = attempt.http_version < CURL_HTTP_VERSION_2_0 && attempt.connections == 0;
  return attempt;
}

/// What to make of a reply that libcurl is content with.
CURLcode Transfer::verdict(CURLcode code) const {
  if (code != CURLE_OK) return code;
  CURL* const handle = handle_.get();
  // One over HTTP/1.1 that calls itself HTTP/2 is believed, and so is a status that RFC 9110
  // section 15 does not know.
  constexpr long least_status = 100;
  constexpr long largest_status = 599;
  const long version = info<long>(handle, CURLINFO_HTTP_VERSION);
  const long status = info<long>(handle, CURLINFO_RESPONSE_CODE);
  if ((version >= CURL_HTTP_VERSION_2_0 && !is_http2_) || status < least_status ||
      status > largest_status) {
    return CURLE_UNSUPPORTED_PROTOCOL;
  }
  // Where the connection ends within the header, the body passes for empty.
  if (!has_whole_header_) return CURLE_PARTIAL_FILE;
  // These have no body, whatever length they tell (RFC 9110 sections 15.3.5 and 15.4.5).
  const bool has_no_body = status == 204 || status == 304;
  if (!has_no_body && !is_framed_plainly(handle, body_.size())) return CURLE_WEIRD_SERVER_REPLY;
  // None was asked for: libcurl would not notice one whose end is missing.
  const std::string_view encoding = find_header(handle, "Content-Encoding").value;
  const bool is_plain = encoding.empty() || same_but_for_case(encoding, "identity");
  return is_plain ? CURLE_OK : CURLE_BAD_CONTENT_ENCODING;
}

Transfer& Transfer::of(CURL* handle) {
  return *static_cast<Transfer*>(info<void*>(handle, CURLINFO_PRIVATE));
}

/// Called by libcurl when the connection stands and nothing has been sent.
int Transfer::on_connected(void* self, char* /*address*/, char* /*local_address*/, int /*port*/,
                           int /*local_port*/) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.is_http2_ = has_agreed_on_http2(transfer.handle());
  return CURL_PREREQFUNC_OK;
}

/// Called with each line of a header and the empty one behind it; and with those of a trailer,
/// which the empty line does not follow.
std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count,
                                void* self) noexcept {
  const std::string_view line(data, size * count);
  bool& is_whole = static_cast<Transfer*>(self)->has_whole_header_;
  if (line.starts_with("HTTP/")) is_whole = false;  // there may have been an interim reply
  if (line == "\r\n" || line == "\n") is_whole = true;
  return line.size();
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  if (transfer.body_.size() + bytes > transfer.job_.most_bytes) {
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
