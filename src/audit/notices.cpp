// Words that an audit writes, and by which a merge knows what was said of one part alone.

#include "audit/notices.hpp"

#include <fmt/format.h>

#include "model/counted.hpp"
#include "sipdrift/exit_status.hpp"

namespace sipdrift {

Notice selection_notice(std::size_t selected, std::size_t declared) {
  if (selected == 0) {
    return {"no number was selected: --only and --exclude leave nothing to audit"};
  }
  return {
      fmt::format("{} of {} numbers were selected by --only and --exclude", selected, declared)};
}

std::optional<Notice> part_notice(const Report& report) {
  if (!report.run.shard) return std::nullopt;
  return Notice{fmt::format("part {} of {}: {} of {}", report.run.shard->index,
                            report.run.shard->count, report.declared,
                            counted(report.run.whole.selected, "number"))};
}

Notice exit_notice(int earned, std::string_view option) {
  return {fmt::format("the exit status would be {} ({}) without {}", earned, exit_meaning(earned),
                      option)};
}

}  // namespace sipdrift
