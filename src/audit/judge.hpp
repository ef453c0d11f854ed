// From what came of a number's request to its result.

#pragma once

#include "sipdrift/audit.hpp"

namespace sipdrift {

/// Decodes the reply, if there is one, compares it, and keeps what the verdict rests on. `result`
/// comes with everything that the manifest says of the number, and gets its outcome and evidence.
///
/// In doubt is a reply about another number, and one that could be: it does not say which number it
/// is about, and may be stray. Neither is compared.
Reception judge(const Expectation& expectation, const FetchOutcome& fetched,
                const AuditOptions& options, NumberResult& result);

}  // namespace sipdrift
