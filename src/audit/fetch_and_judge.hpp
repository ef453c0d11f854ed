// The middle of an audit: every selected number is asked for, and gets its verdict.

#pragma once

#include <vector>

#include "sipdrift/audit.hpp"

namespace sipdrift {

/// `results` has one for each of `selected`, in their order. Nothing is owned.
struct FetchAndJudgeWork {
  const Manifest& manifest;
  const std::vector<const DeclaredNumber*>& selected;
  const AuditOptions& options;
  std::vector<NumberResult>& results;
};

/// Fetches on the calling thread and judges on another. A reply about another number, or that could
/// be, is asked for once more, over a connection of its own. Whatever is thrown ends the fetch, and
/// nothing of what came before is lost; a number without a reply keeps the result that it has.
FetchSummary fetch_and_judge(const FetchAndJudgeWork& work, Fetcher& fetcher);

}  // namespace sipdrift
