// All that a run gives: its reports, and the summary.

#pragma once

#include "cli/options.hpp"
#include "cli/secret_filter.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// Writes the reports and, unless it is to be quiet, the summary, each whether or not the others
/// could be written. What could not be written has been told, makes the exit status another, and
/// stands in the report as a notice: then the reports that can be written again are, so that all
/// tell the same; what cannot be, a pipe or stdout, comes last.
void write_outputs(const Reports& reports, bool quiet, const CommonOptions& common,
                   const SecretFilter& secrets, Report& report);

}  // namespace sipdrift
