// What a manifest declares of a number so that what is live now is in sync with it.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sipdrift/expectation.hpp"
#include "sipdrift/live_record.hpp"

namespace sipdrift {

/// What can be declared of a live record, and what cannot.
struct LiveDeclaration {
  Expectation expectation;

  /// What is left out, or declared otherwise than it stands at the provider, and why: a sentence
  /// each, the same for the same reason, fit to be shown and without secrets.
  std::vector<std::string> notes;
};

/// Declares every field that live has, a direction that is not configured as absent, and nothing
/// else. By MatchMode::sip the record is then in sync; where the provider documents other spellings
/// than it has, to the letter it may not be.
///
/// No credential gets into it: an endpoint that holds one, or that `redact`, if it is not empty,
/// would change, is left out.
[[nodiscard]] LiveDeclaration declare_live(const LiveRecord& live,
                                           const std::function<std::string(std::string)>& redact);

}  // namespace sipdrift
