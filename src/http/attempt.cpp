// One table for libcurl's codes, one for HTTP's.

#include "http/attempt.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace sipdrift {

namespace {

struct CodeRule {
  CURLcode code;
  Next next;
  ErrorKind kind;
  const char* message;
};

/// Every other code is given up as ErrorKind::network, with libcurl's text for it.
constexpr std::array<CodeRule, 19> code_rules{{
    {CURLE_COULDNT_RESOLVE_PROXY, Next::retry, ErrorKind::resolve,
     "the proxy's host name could not be resolved"},
    {CURLE_COULDNT_RESOLVE_HOST, Next::retry, ErrorKind::resolve,
     "the API's host name could not be resolved"},
    {CURLE_COULDNT_CONNECT, Next::retry, ErrorKind::connect, "no connection to the API"},
    {CURLE_HTTP2, Next::retry, ErrorKind::network, "an error in HTTP/2 framing"},
    {CURLE_PARTIAL_FILE, Next::retry, ErrorKind::network, "the reply ended early"},
    {CURLE_OPERATION_TIMEDOUT, Next::retry, ErrorKind::timeout, "no whole reply"},
    {CURLE_SSL_CONNECT_ERROR, Next::retry_once, ErrorKind::tls, "TLS could not be agreed on"},
    {CURLE_GOT_NOTHING, Next::retry, ErrorKind::network, "the connection was closed unanswered"},
    {CURLE_SEND_ERROR, Next::retry, ErrorKind::network, "the request could not be sent"},
    {CURLE_RECV_ERROR, Next::retry, ErrorKind::network, "the connection broke"},
    {CURLE_HTTP2_STREAM, Next::retry, ErrorKind::network, "an error in an HTTP/2 stream"},
    {CURLE_PEER_FAILED_VERIFICATION, Next::give_up, ErrorKind::tls,
     "the API's certificate is not accepted"},
    {CURLE_SSL_CACERT_BADFILE, Next::give_up, ErrorKind::tls, "the CA file could not be read"},
    {CURLE_SSL_CERTPROBLEM, Next::give_up, ErrorKind::tls, "a problem with a certificate"},
    {CURLE_BAD_CONTENT_ENCODING, Next::give_up, ErrorKind::bad_reply,
     "the reply has a content encoding, and none was asked for"},
    {CURLE_WRITE_ERROR, Next::give_up, ErrorKind::bad_reply, "the reply could not be taken in"},
    {CURLE_WEIRD_SERVER_REPLY, Next::give_up, ErrorKind::bad_reply,
     "the reply is not HTTP, or its header does not say plainly what is in it"},
    // What libcurl says of HTTP/0.9, as which it takes anything without a status line.
    {CURLE_UNSUPPORTED_PROTOCOL, Next::give_up, ErrorKind::bad_reply, "the reply is not HTTP"},
    {CURLE_OUT_OF_MEMORY, Next::give_up, ErrorKind::bad_reply,
     "the reply's header is too large, or memory has run out"},
}};

struct StatusRule {
  int status;
  Next next;
};

/// Every other status is the answer.
constexpr std::array<StatusRule, 9> status_rules{{
    {401, Next::suspect_key},
    {403, Next::suspect_key},
    {408, Next::retry},
    {425, Next::retry},
    {429, Next::slow_down},
    {500, Next::retry},
    {502, Next::retry},
    {503, Next::slow_down},
    {504, Next::retry},
}};

double in_seconds(std::chrono::milliseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

const CodeRule* rule_for(CURLcode code) {
  const auto* const found = std::find_if(code_rules.begin(), code_rules.end(),
                                         [&](const CodeRule& rule) { return rule.code == code; });
  return found == code_rules.end() ? nullptr : found;
}

/// Of an attempt that failed; one that was answered was not refused.
bool is_refused_by_proxy(const Attempt& attempt) { return attempt.proxy_status >= 300; }

}  // namespace

Next next_after(const Attempt& attempt) {
  if (attempt.is_too_long) return Next::give_up;
  if (attempt.code == CURLE_OK) {
    const auto* const rule = std::find_if(
        status_rules.begin(), status_rules.end(),
        [&](const StatusRule& candidate) { return candidate.status == attempt.reply.status; });
    return rule == status_rules.end() ? Next::answer : rule->next;
  }
  const CodeRule* const rule = rule_for(attempt.code);
  if (rule == nullptr) return Next::give_up;
  if (is_refused_by_proxy(attempt) && attempt.proxy_status < 500) return Next::give_up;
  // A GOAWAY leaves over what came after the last request that it answers for (RFC 9113 section
  // 6.8). Libcurl sends that again over the next connection, five times in a row, and then says so.
  if (attempt.code == CURLE_SEND_ERROR && attempt.is_multiplexed) return Next::send_again;
  // Something that is no reply may have been left behind by the one before.
  const bool is_left_over =
      rule->kind == ErrorKind::bad_reply && attempt.reply.status == 0 && attempt.connections == 0;
  return is_left_over ? Next::retry_once : rule->next;
}

bool was_answered(const Attempt& attempt) {
  return attempt.reply.status != 0 || kind_of(attempt) == ErrorKind::bad_reply;
}

ErrorKind kind_of(const Attempt& attempt) {
  if (attempt.is_too_long) return ErrorKind::bad_reply;
  if (attempt.code == CURLE_OK) {
    return attempt.reply.status == 429 ? ErrorKind::rate_limited : ErrorKind::http_status;
  }
  if (is_refused_by_proxy(attempt)) return ErrorKind::connect;
  const CodeRule* const rule = rule_for(attempt.code);
  return rule == nullptr ? ErrorKind::network : rule->kind;
}

NotCompared failure_of(const Attempt& attempt, const AttemptLimits& limits) {
  if (attempt.is_too_long) {
    return {ErrorKind::bad_reply, too_long(limits.bytes)};
  }
  const CodeRule* const rule = rule_for(attempt.code);
  if (rule == nullptr) return {ErrorKind::network, curl_easy_strerror(attempt.code)};
  if (is_refused_by_proxy(attempt)) {
    return {ErrorKind::connect,
            fmt::format("the proxy answered HTTP {} to CONNECT", attempt.proxy_status)};
  }
  if (rule->kind == ErrorKind::timeout) {
    return attempt.is_connected
               ? NotCompared{rule->kind,
                             fmt::format("{} within {} s", rule->message, in_seconds(limits.whole))}
               : NotCompared{rule->kind,
                             fmt::format("no connection within {} s", in_seconds(limits.connect))};
  }
  // What exactly is wrong with a certificate only libcurl's words tell.
  if (rule->kind == ErrorKind::tls && !attempt.detail.empty()) {
    return {rule->kind, fmt::format("{}: {}", rule->message, attempt.detail)};
  }
  return {rule->kind, rule->message};
}

}  // namespace sipdrift
