// The provider's API: which request asks for a number, and what a reply says of it.
//
// The API is documented at https://docs.bland.ai/api-v1/get/sip-config. It is read leniently where
// its documentation leaves things open, and judged strictly: what was not understood whole, or is
// not about the very number, is not compared.

#pragma once

#include <string>
#include <string_view>

#include "sipdrift/e164.hpp"
#include "sipdrift/fetch.hpp"
#include "sipdrift/live_record.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// The provider's own API.
inline constexpr std::string_view default_api_url = "https://api.bland.ai";

/// Path and query of the GET request for a number's SIP configuration:
/// "/v1/sip?phone_number=%2B14150000000".
[[nodiscard]] std::string sip_config_target(const E164& number);

/// Reads the reply to that request.
///
/// A record is given for status 200 with a reply that was understood whole, and for a status 404 in
/// the API's own words, which says that neither direction is configured. Everything else is an
/// error: `unauthorized` (401, 403), `rate_limited` (429), `http_status` (any other status),
/// `wrong_number`, or `bad_reply`: not JSON by content type or by content, a duplicate key, a NUL,
/// more than 32 levels, a word of failure beside the data, a value of the wrong type or range or
/// beyond any sensible length, another direction.
///
/// What a message quotes of the reply is short, fit to be shown, and without passwords.
[[nodiscard]] Result<LiveRecord, NotCompared> decode_sip_config(const E164& asked,
                                                                const HttpReply& reply);

}  // namespace sipdrift
