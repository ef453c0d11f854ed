// The provider's API: which requests ask for the list of numbers and for a number, and what a reply
// says of them.
//
// The API is documented at https://docs.bland.ai/api-v1/get/sip-config. It is read leniently where
// its documentation leaves things open, and judged strictly: what was not understood whole, or is
// not about the very number, is not compared.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// A number as the list of all numbers has it.
struct ListedNumber {
  E164 number;
  bool is_inbound = false;                  ///< it is listed with the direction inbound
  bool is_outbound = false;                 ///< likewise
  std::optional<std::string> sip_endpoint;  ///< as a live record's: not necessarily fit to be shown
};

/// All numbers that are live at the provider.
struct NumberList {
  std::vector<ListedNumber> numbers;  ///< sorted by number, each once

  /// What is listed beside them and is no E.164 number, such as "2001" and "bland-001", which are
  /// bound to a trunk: sorted, each once. No configuration can be asked for with these. Valid
  /// UTF-8, and otherwise as they came: escape them.
  std::vector<std::string> other_identifiers;
};

/// Path and query of the GET request for the list of numbers: "/v1/sip/numbers". Its reply may have
/// max_list_bytes.
[[nodiscard]] std::string number_list_target();

/// Reads the reply to that request, as strictly as decode_sip_config() does. The errors are the
/// same but for `wrong_number`.
///
/// A list that could go on elsewhere is `bad_reply`: no paging is documented, and what does not
/// stand in half a list may stand in the other. What is not understood of one entry is, too.
[[nodiscard]] Result<NumberList, NotCompared> decode_number_list(const HttpReply& reply);

}  // namespace sipdrift
