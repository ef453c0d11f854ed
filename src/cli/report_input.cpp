// A report is input like any other.

#include "cli/report_input.hpp"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "cli/input_files.hpp"
#include "cli/terminal.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/report_reader.hpp"

namespace sipdrift {

std::optional<Report> load_report(const std::string& path) {
  constexpr std::size_t largest = std::size_t{2} * 1024 * 1024 * 1024;
  const auto text = read_file(path, largest);
  if (!text) {
    say(fmt::format("{}: cannot be read: {}", visible(path), text.error()));
    return std::nullopt;
  }
  auto report = read_report(*text);
  if (report) return *std::move(report);
  const ReportFault& fault = report.error();
  say(fmt::format("{}:{}{} {}", visible(path), fault.path.empty() ? "" : " ", fault.path,
                  fault.message));
  return std::nullopt;
}

}  // namespace sipdrift
