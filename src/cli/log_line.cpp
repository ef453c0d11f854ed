// Filtered before it is escaped, and looked at once more behind it.

#include "cli/log_line.hpp"

#include <sstream>

#include "json/json_writer.hpp"

#include "model/redaction.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

std::string written(Timestamp time, std::string_view level, std::string_view message) {
  std::ostringstream line;
  JsonWriter json(line);
  json.begin_object(JsonWriter::Layout::line);
  json.member("time", rfc3339(time));
  json.member("level", level);
  json.member("service", tool_name);
  json.member("message", message);
  json.end_object();
  json.finish();
  return line.str();
}

}  // namespace

std::string json_log_line(Timestamp time, std::string_view level, const std::string& text,
                          const SecretFilter& secrets) {
  std::string line = written(time, level, secrets.filter(text));
  // To take it out of the escaped text could take half an escape with it.
  return secrets.is_in(line) ? written(time, level, redacted_mark) : line;
}

}  // namespace sipdrift
