// The provider's own list of numbers, asked for.

#pragma once

#include "audit/live_reply.hpp"
#include "sipdrift/fetch.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/provider.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

struct FetchedList {
  FetchOutcome outcome;                  ///< of the one request
  FetchSummary fetched;                  ///< how the fetch went
  Result<NumberList, NotCompared> list;  ///< the error is without secrets
};

/// Asks for the list. Whatever is thrown meanwhile is why there is none.
[[nodiscard]] FetchedList fetch_list(Fetcher& fetcher, const Redact& redact);

}  // namespace sipdrift
