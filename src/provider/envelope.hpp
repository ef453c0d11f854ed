// What all replies of the API have around what was asked for.

#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "json/strict_json.hpp"

#include "sipdrift/fetch.hpp"
#include "sipdrift/not_compared.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// A reply with status 200 that is JSON, understood whole, in which no word of failure stands, and
/// whose `data` is an object.
class Envelope {
 public:
  /// The error is that of the status (`unauthorized`, `rate_limited`, `http_status`), or
  /// `bad_reply`: also where the body has more than `most_bytes`.
  [[nodiscard]] static Result<Envelope, NotCompared> open(const HttpReply& reply,
                                                          std::size_t most_bytes);

  // Valid as long as this is, and stays where it is.
  [[nodiscard]] JsonObject body() const;
  [[nodiscard]] JsonObject data() const;

 private:
  explicit Envelope(JsonDocument document) : document_(std::move(document)) {}

  JsonDocument document_;
};

/// A reply that was not understood whole, and why.
[[nodiscard]] Unexpected<NotCompared> misunderstood(std::string why);

}  // namespace sipdrift
