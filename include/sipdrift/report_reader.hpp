// Back from a JSON report to the report object.

#pragma once

#include <string>
#include <string_view>

#include "sipdrift/report.hpp"
#include "sipdrift/result.hpp"

namespace sipdrift {

/// What is wrong with a JSON report.
struct ReportFault {
  std::string path;     ///< where: "results[3].evidence.attempts"; empty for the report as a whole
  std::string message;  ///< what, as the end of a sentence; fit to be shown, without passwords
};

/// Reads what the JSON format wrote, so that every format can be made of it again: writing the
/// result as JSON gives the same bytes, if this version wrote them.
///
/// It trusts nothing: what is not as the format has it is refused, and so is what does not add up
/// (a summary that the results do not bear out, a status that the findings do not, a fingerprint of
/// something else, numbers out of order). Keys that it does not know are ignored, as minor versions
/// of the format only add; another major version is refused.
[[nodiscard]] Result<Report, ReportFault> read_report(std::string_view json);

}  // namespace sipdrift
