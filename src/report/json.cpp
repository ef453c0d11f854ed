// The JSON report: all that the report object knows.

#include "json/json_writer.hpp"

#include "report/format_writers.hpp"
#include "report/json_parts.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

void write_json(const Report& report, std::ostream& out, const FormatOptions& /*options*/) {
  using Layout = JsonWriter::Layout;
  const Summary summary = summarize(report);
  JsonWriter json(out);
  json.begin_object();
  json.member("format_version", report_format_version);
  json.key("tool");
  json.begin_object(Layout::line);
  json.member("name", tool_name);
  json.member("version", version());
  json.end_object();
  json.key("run");
  write_run(json, report.run);
  json.key("summary");
  write_summary(json, summary);
  json.key("discovery");
  report.discovery ? write_discovery(json, *report.discovery) : json.null();
  json.key("waivers");
  json.begin_array();
  for (const WaiverUse& use : report.waivers) write_waiver(json, use, report.run);
  json.end_array();
  json.key("previous");
  report.previous ? write_previous(json, *report.previous) : json.null();
  json.key("results");
  json.begin_array();
  for (const NumberResult& result : report.results) write_result(json, result, report);
  json.end_array();
  json.key("notices");
  write_notices(json, report.notices);
  json.end_object();
  json.finish();
}

}  // namespace sipdrift
