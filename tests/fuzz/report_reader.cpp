// Any text for a JSON report: it is refused with a place and a reason, or it is a report that every
// format can be made of, and that reads the same once it is written again.

#include "sipdrift/report_reader.hpp"

#include "fuzz/fuzz.hpp"
#include <utf8.h>

#include "model/visible_text.hpp"
#include "sipdrift/formats.hpp"

namespace {

using namespace sipdrift;

std::string written(const Format& format, const Report& report) {
  Collected collected;
  format.write(report, collected.out(), {});
  return collected.text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Format& json = *find_format("json");
  const auto report = read_report(as_text(data, size));
  if (!report) {
    const ReportFault& fault = report.error();
    require(!fault.message.empty(), "what is refused is refused for a reason");
    require(visible(fault.path + fault.message) == fault.path + fault.message,
            "a fault is fit to be shown");
    return 0;
  }
  for (const Format& format : formats()) {
    const std::string text = written(format, *report);
    require(!text.empty() && utf8::is_valid(text), "every format can be written");
  }
  const std::string text = written(json, *report);
  const auto again = read_report(text);
  require(again.has_value(), "what is written can be read");
  require(written(json, *again) == text, "what is read is what was written");
  return 0;
}
