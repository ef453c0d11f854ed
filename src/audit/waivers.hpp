// The manifest's waivers, held against what was found.

#pragma once

#include <vector>

#include "sipdrift/manifest.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// Marks the findings that a waiver in force covers, the first of them where several do, and notes
/// in the report what each waiver came to. In force is what had not ended when the run finished,
/// which is a time of the report, so that the same report always comes to the same. Marks that are
/// there already are made anew.
///
/// `elsewhere` are declared numbers that are not in the report, with their tags: a waiver that
/// concerns one of them may be needed there.
void apply_waivers(const std::vector<Waiver>& waivers,
                   const std::vector<const DeclaredNumber*>& elsewhere, const Manifest& manifest,
                   Report& report);

/// The same for a report that has every number that its manifest declares.
void apply_waivers(const std::vector<Waiver>& waivers, Report& report);

/// Adds what whoever answers for the waivers has to do: renew what expires within 14 days, and
/// remove what is not needed or has expired.
void add_waiver_notices(Report& report);

}  // namespace sipdrift
