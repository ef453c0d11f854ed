// Numbers that are live at the provider, and stand in no manifest.

#pragma once

#include "sipdrift/audit.hpp"

namespace sipdrift {

/// Asks for the provider's list, once the numbers have been asked for, and adds to the report what
/// it has that the whole manifest has not, whatever was selected. Where a part of a fleet is
/// audited, each part tells of its own numbers.
///
/// `fetched` is how the fetch of the numbers went: one that ended early leaves the list unasked
/// for, and a failure of the list never ends a run. It gets the statistics of both.
void discover(const Manifest& manifest, const AuditOptions& options, Fetcher& fetcher,
              FetchSummary& fetched, Report& report);

}  // namespace sipdrift
