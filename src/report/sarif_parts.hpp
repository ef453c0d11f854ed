// Parts of the SARIF report: texts, and how the run went. Section numbers are those of OASIS SARIF
// 2.1.0.

#pragma once

#include <cstddef>
#include <string_view>

#include "json/json_writer.hpp"

#include "sipdrift/report.hpp"

namespace sipdrift {

/// A message in plain text (section 3.11). Braces would be a placeholder in it, and brackets before
/// parentheses a link, wherever the text comes from: a blank parts these.
void write_sarif_message(JsonWriter& json, std::string_view key, std::string_view text);

/// How many findings are results, and how many more there are.
struct SarifCounts {
  std::size_t told = 0;
  std::size_t left_out = 0;
};

/// Key and value of `invocations`: how the run ended, and as notifications what is no result: what
/// was not compared, what is waived, unmanaged or gone, and the notices.
void write_sarif_invocation(JsonWriter& json, const Report& report, SarifCounts counts);

}  // namespace sipdrift
