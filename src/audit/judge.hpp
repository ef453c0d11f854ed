// From what came of a number's request to its result.

#pragma once

#include "sipdrift/audit.hpp"

namespace sipdrift {

/// Decodes the reply, if there is one, compares it, and keeps what the verdict rests on. `result`
/// comes with everything that the manifest says of the number, and gets its outcome and evidence.
/// A reply that could be about another number, as it may be stray and does not say which it is
/// about, is not compared.
void judge(const Expectation& expectation, const FetchOutcome& fetched, const AuditOptions& options,
           NumberResult& result);

}  // namespace sipdrift
